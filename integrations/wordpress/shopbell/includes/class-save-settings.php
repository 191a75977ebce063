<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/**
 * Saves the connection page. A field that does not look right keeps its old value, and a secret's empty field too: saved
 * secrets are never in the form.
 */
final class Save_Settings {
	const ACTION = 'shopbell_save';
	const FORMS  = array(
		'site'            => '/^site_[A-Za-z0-9_-]{10,40}$/',
		'identity_key'    => '/^key_[A-Za-z0-9_-]{10,40}$/',
		'admin_key'       => '/^key_[A-Za-z0-9_-]{10,40}$/',
		'desk'            => '/^[^\s\p{C}]{1,128}$/u',
		'identity_secret' => '/^[\x21-\x7e]{16,256}$/',
		'admin_secret'    => '/^[\x21-\x7e]{16,256}$/',
		'server_key'      => '/^sk_[A-Za-z0-9_-]{40,200}$/',
		// WooCommerce decodes entities in it before it signs.
		'webhook_secret'  => '/^[A-Za-z0-9_-]{16,256}$/',
	);

	public static function register() {
		add_action( 'admin_post_' . self::ACTION, array( __CLASS__, 'save' ) );
	}

	public static function save() {
		check_admin_referer( self::ACTION );
		if ( ! current_user_can( Settings_Page::CAPABILITY ) ) {
			wp_die( esc_html__( 'You may not change this.', 'shopbell' ), '', array( 'response' => 403 ) );
		}
		$wrong   = array();
		$plain   = self::read_all( Config::PLAIN_NAMES, (array) get_option( Config::OPTION, array() ), $wrong );
		$secrets = self::read_all( Config::SECRET_NAMES, (array) get_option( Config::SECRETS, array() ), $wrong );
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- Compared with known names only.
		$removed = isset( $_POST['remove'] ) ? array_intersect( Config::SECRET_NAMES, (array) wp_unslash( $_POST['remove'] ) ) : array();
		Config::save( $plain, array_diff_key( $secrets, array_flip( $removed ) ) );
		Public_Site::forget();
		if ( Webhooks::ids() && Webhooks::can_be_made() ) {
			Webhooks::put();
		}
		$wrong = $wrong ? array( 'wrong' => implode( ',', $wrong ) ) : array();
		wp_safe_redirect( Settings_Page::url( $wrong + array( 'saved' => '1' ) ) );
		exit;
	}

	private static function read_all( array $names, array $old, array &$wrong ): array {
		$new = array();
		foreach ( $names as $name ) {
			$kept         = isset( $old[ $name ] ) ? (string) $old[ $name ] : '';
			$read         = self::read( $name, $kept );
			$new[ $name ] = null === $read ? $kept : $read;
			if ( null === $read ) {
				$wrong[] = $name;
			}
		}
		return array_filter( $new, 'strlen' );
	}

	/** @return string|null Null for what does not look right. */
	private static function read( string $name, string $kept ): ?string {
		if ( Config::is_fixed( $name ) ) {
			return $kept;
		}
		// phpcs:ignore WordPress.Security -- The nonce is checked in save(); each is held against its form below.
		$typed = isset( $_POST[ $name ] ) ? trim( (string) wp_unslash( $_POST[ $name ] ) ) : '';
		if ( 'managers_answer' === $name ) {
			return '1' === $typed ? '1' : '';
		}
		if ( '' === $typed ) {
			return in_array( $name, Config::SECRET_NAMES, true ) ? $kept : '';
		}
		if ( 'url' === $name ) {
			return self::origin( $typed );
		}
		return preg_match( self::FORMS[ $name ], $typed ) ? $typed : null;
	}

	/** Keys travel to this address, so only a computer's own may do without https. */
	private static function origin( string $typed ): ?string {
		$parts = wp_parse_url( $typed );
		if ( empty( $parts['host'] ) || ! isset( $parts['scheme'] ) || isset( $parts['user'] ) ) {
			return null;
		}
		$is_local = in_array( $parts['host'], array( 'localhost', '127.0.0.1' ), true );
		if ( 'https' !== $parts['scheme'] && ! ( 'http' === $parts['scheme'] && $is_local ) ) {
			return null;
		}
		$origin = strtolower( $parts['scheme'] . '://' . $parts['host'] ) . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
		return '' === esc_url_raw( $origin ) ? null : $origin;
	}
}
