<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** The two components as blocks. Their editor is a plain script, so nothing has to be built. */
final class Blocks {
	const SCRIPT = 'shopbell-blocks';

	public static function register() {
		add_action( 'init', array( __CLASS__, 'add' ) );
	}

	public static function add() {
		$needs = array( 'wp-blocks', 'wp-element', 'wp-block-editor', 'wp-components', 'wp-i18n' );
		wp_register_script( self::SCRIPT, plugins_url( 'blocks/editor.js', FILE ), $needs, VERSION, true );
		wp_set_script_translations( self::SCRIPT, 'shopbell', dirname( FILE ) . '/languages' );
		$render = array(
			'start-chat' => array( Components::class, 'start_chat' ),
			'my-chats'   => array( Components::class, 'my_chats' ),
		);
		foreach ( $render as $name => $components ) {
			register_block_type(
				dirname( FILE ) . "/blocks/$name",
				array(
					'render_callback' => static function ( $attributes ) use ( $components ) {
						return self::wrap( call_user_func( $components, $attributes ) );
					},
				)
			);
		}
	}

	private static function wrap( string $html ): string {
		return '' === $html ? '' : '<div ' . get_block_wrapper_attributes() . ">$html</div>";
	}
}
