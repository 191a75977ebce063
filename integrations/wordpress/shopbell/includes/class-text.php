<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** Text as Shopbell takes it. */
final class Text {
	/** Control and text-direction characters, which Shopbell refuses; joiners stay, for whole scripts need them. */
	const HIDDEN = '/[\s\p{Cc}\x{61c}\x{2028}-\x{202e}\x{2066}-\x{2069}\x{feff}\x{fff9}-\x{fffb}]+/u';

	/**
	 * One line without tags and entities.
	 *
	 * @param int $most_units Counted as browsers count, where a character beyond 16 bits is two.
	 */
	public static function line( string $html, int $most_units ): string {
		$text  = html_entity_decode( wp_strip_all_tags( wp_check_invalid_utf8( $html, true ) ), ENT_QUOTES, 'UTF-8' );
		$line  = trim( (string) preg_replace( self::HIDDEN, ' ', $text ) );
		$short = '';
		$units = 0;
		foreach ( preg_split( '//u', $line, -1, PREG_SPLIT_NO_EMPTY ) as $character ) {
			$units += strlen( $character ) > 3 ? 2 : 1;
			if ( $units > $most_units ) {
				break;
			}
			$short .= $character;
		}
		return trim( $short );
	}
}
