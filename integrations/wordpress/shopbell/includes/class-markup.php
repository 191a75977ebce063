<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** The two elements as HTML: the one place where values become markup. */
final class Markup {
	const ADDRESSES = array( 'url', 'picture' );

	/**
	 * The button.
	 *
	 * @param array $about `context`, `context-id`, `title`, `url`, `picture`, `price`: what the chat is about.
	 * @param array $own   `label`, `seller`: the button's own.
	 */
	public static function start_chat( array $about, array $own = array() ): string {
		$html = '<shopbell-start-chat';
		foreach ( $about as $name => $value ) {
			// As data-, for a title attribute would be shown as a tooltip.
			$html .= self::attribute( "data-$name", in_array( $name, self::ADDRESSES, true ) ? esc_url( $value ) : esc_attr( $value ) );
		}
		foreach ( $own as $name => $value ) {
			$html .= self::attribute( $name, esc_attr( $value ) );
		}
		return $html . '></shopbell-start-chat>';
	}

	/** @param string $context Shows only chats of this kind; empty shows all. */
	public static function my_chats( string $context = '' ): string {
		$kind = '' === $context ? '' : sprintf( ' context="%s"', esc_attr( $context ) );
		$note = esc_html__( 'Your chats need JavaScript.', 'shopbell' );
		return "<shopbell-my-chats$kind></shopbell-my-chats><noscript>$note</noscript>";
	}

	/** @param string $safe Escaped; nothing is made of an empty one. */
	private static function attribute( string $name, string $safe ): string {
		return '' === $safe ? '' : " $name=\"$safe\"";
	}
}
