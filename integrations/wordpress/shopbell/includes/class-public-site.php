<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/**
 * The public settings of the site, kept for five minutes. While Shopbell cannot be reached the last ones hold, and it is
 * asked once a minute, so that no page waits for it.
 */
final class Public_Site {
	const CACHE = 'shopbell_site';
	const LAST  = 'shopbell_site_last';

	/** @return array Of one context (`product`, `order`, `post`): empty while nothing is known of it. */
	public static function context( string $name ): array {
		$site = self::read();
		return isset( $site['contexts'][ $name ] ) && is_array( $site['contexts'][ $name ] ) ? $site['contexts'][ $name ] : array();
	}

	public static function is_enabled( string $context ): bool {
		return ! empty( self::context( $context )['enabled'] );
	}

	public static function read(): array {
		if ( ! Config::is_ready() ) {
			return array();
		}
		$kept = get_transient( self::CACHE );
		if ( is_array( $kept ) ) {
			return $kept;
		}
		// Held for others while one visitor's page asks.
		set_transient( self::CACHE, self::last(), MINUTE_IN_SECONDS );
		self::refresh();
		return self::last();
	}

	/** @return array The answer of Api, for whoever wants to say what is wrong. */
	public static function refresh(): array {
		$answer = Api::read_as_page( '/v1/sites/' . rawurlencode( Config::get( 'site' ) ) . '/public' );
		if ( 200 === $answer['status'] && isset( $answer['body']['contexts'] ) ) {
			set_transient( self::CACHE, $answer['body'], 5 * MINUTE_IN_SECONDS );
			update_option( self::LAST, $answer['body'], false );
		}
		return $answer;
	}

	public static function forget() {
		delete_transient( self::CACHE );
		delete_option( self::LAST );
	}

	private static function last(): array {
		$last = get_option( self::LAST, array() );
		return is_array( $last ) ? $last : array();
	}
}
