<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/**
 * Answers `{assertion}` for whoever is signed in, 204 for a guest.
 *
 * On admin-ajax and not the REST API: that one takes the visitor's cookie only with a nonce, which goes stale in pages that
 * a cache keeps, and it allows every origin. There is no nonce here because nothing is changed and no other origin can
 * read the answer.
 */
final class Identity_Endpoint {
	const ACTION = 'shopbell_identity';

	public static function register() {
		add_action( 'wp_ajax_' . self::ACTION, array( __CLASS__, 'answer' ) );
		add_action( 'wp_ajax_nopriv_' . self::ACTION, array( __CLASS__, 'answer' ) );
	}

	/** A path, so that it is of the page's own origin whatever WordPress's address is. */
	public static function path(): string {
		return admin_url( 'admin-ajax.php?action=' . self::ACTION, 'relative' );
	}

	public static function answer() {
		self::allow_own_pages_only();
		if ( ! is_user_logged_in() || ! Assertion::can_sign( 'identity' ) ) {
			wp_die( '', '', array( 'response' => 204 ) );
		}
		wp_send_json( array( 'assertion' => Assertion::of_visitor( Visitor::claims( wp_get_current_user() ) ) ), 200 );
	}

	/** Ends the request with 403 unless a page of this very shop asks. */
	public static function allow_own_pages_only() {
		// WordPress sends these again at the end of the request, so they are changed where it takes them from.
		add_filter( 'nocache_headers', array( __CLASS__, 'keep_nowhere' ) );
		nocache_headers();
		header( 'Vary: Cookie, Sec-Fetch-Site' );
		// admin-ajax allows the shop's http address to read https with its cookies.
		header_remove( 'Access-Control-Allow-Origin' );
		header_remove( 'Access-Control-Allow-Credentials' );
		if ( ! self::is_own_page() ) {
			wp_send_json( array( 'code' => 'not_same_origin' ), 403 );
		}
	}

	public static function keep_nowhere( $headers ) {
		return array( 'Cache-Control' => 'no-store, private' ) + (array) $headers;
	}

	/** Browsers leave Sec-Fetch-Site out on plain http, and old ones always; a foreign fetch then still says its Origin. */
	private static function is_own_page(): bool {
		$site = self::header( 'HTTP_SEC_FETCH_SITE' );
		if ( '' !== $site ) {
			return 'same-origin' === $site;
		}
		$origin = self::header( 'HTTP_ORIGIN' );
		return '' === $origin || Config::shop_origin() === strtolower( $origin );
	}

	private static function header( string $name ): string {
		return isset( $_SERVER[ $name ] ) ? sanitize_text_field( wp_unslash( $_SERVER[ $name ] ) ) : '';
	}
}
