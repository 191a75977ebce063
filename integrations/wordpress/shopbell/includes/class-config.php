<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/**
 * What the merchant entered. Each value may be fixed in wp-config.php instead, as `SHOPBELL_` and its name in capitals.
 * Secrets are an option of their own, which WordPress does not load with every page.
 */
final class Config {
	const OPTION  = 'shopbell';
	const SECRETS = 'shopbell_secrets';

	const PLAIN_NAMES  = array( 'url', 'site', 'identity_key', 'admin_key', 'managers_answer', 'desk' );
	const SECRET_NAMES = array( 'identity_secret', 'admin_secret', 'server_key', 'webhook_secret' );

	public static function get( string $name ): string {
		return self::read( $name, self::OPTION );
	}

	/** Never to be printed. */
	public static function secret( string $name ): string {
		return self::read( $name, self::SECRETS );
	}

	public static function is_fixed( string $name ): bool {
		return defined( self::constant_of( $name ) );
	}

	public static function constant_of( string $name ): string {
		return 'SHOPBELL_' . strtoupper( $name );
	}

	/** The origin of the deployment, without a slash at its end. */
	public static function url(): string {
		return untrailingslashit( self::get( 'url' ) );
	}

	public static function is_ready(): bool {
		return '' !== self::url() && '' !== self::get( 'site' );
	}

	/** Origin of the shop's own pages, as browsers send it. */
	public static function shop_origin(): string {
		$home = wp_parse_url( home_url( '/' ) );
		$port = isset( $home['port'] ) ? ':' . $home['port'] : '';
		return strtolower( $home['scheme'] . '://' . $home['host'] ) . $port;
	}

	public static function save( array $plain, array $secrets ) {
		update_option( self::OPTION, $plain, true );
		update_option( self::SECRETS, $secrets, false );
	}

	private static function read( string $name, string $option ): string {
		if ( self::is_fixed( $name ) ) {
			return trim( (string) constant( self::constant_of( $name ) ) );
		}
		$values = get_option( $option, array() );
		return is_array( $values ) && isset( $values[ $name ] ) ? (string) $values[ $name ] : '';
	}
}
