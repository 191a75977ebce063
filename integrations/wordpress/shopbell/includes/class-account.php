<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/**
 * My Chats in the customer's account, an endpoint of its own for orders and for products. Both addresses always exist, so
 * that chats stay readable when a context is switched off; the menu shows what the settings ask for.
 */
final class Account {
	const OPTION = 'shopbell_endpoints';
	/** Context, and the slug of its address. */
	const SLUGS = array(
		'order'   => 'order-chats',
		'product' => 'product-chats',
	);

	public static function register() {
		add_filter( 'woocommerce_get_query_vars', array( __CLASS__, 'add_query_vars' ) );
		add_filter( 'woocommerce_account_menu_items', array( __CLASS__, 'add_to_menu' ), 20 );
		add_filter( 'woocommerce_get_endpoint_url', array( __CLASS__, 'lead_to_page' ), 10, 2 );
		add_action( 'init', array( __CLASS__, 'flush_once' ), 99 );
		foreach ( array_keys( self::SLUGS ) as $context ) {
			add_action(
				'woocommerce_account_' . self::key( $context ) . '_endpoint',
				static function () use ( $context ) {
					echo Markup::my_chats( $context ); // phpcs:ignore WordPress.Security.EscapeOutput -- Escaped there.
				}
			);
			add_filter(
				'woocommerce_endpoint_' . self::key( $context ) . '_title',
				static function ( $title ) use ( $context ) {
					$label = self::label( $context );
					return '' === $label ? $title : esc_html( $label );
				}
			);
		}
	}

	/** WooCommerce makes the rewrite rules of everything it is told here. */
	public static function add_query_vars( $vars ) {
		foreach ( self::slugs() as $context => $slug ) {
			$vars[ self::key( $context ) ] = $slug;
		}
		return $vars;
	}

	public static function add_to_menu( $items ) {
		$ours = array();
		foreach ( array_keys( self::SLUGS ) as $context ) {
			if ( Public_Site::is_enabled( $context ) && ( self::is_in_account( $context ) || '' !== self::page_of( $context ) ) ) {
				$ours[ self::key( $context ) ] = self::label( $context );
			}
		}
		$at = array_search( 'customer-logout', array_keys( $items ), true );
		$at = false === $at ? count( $items ) : $at;
		return array_slice( $items, 0, $at, true ) + $ours + array_slice( $items, $at, null, true );
	}

	/** The entry of a context that is read on a page of its own leads there. */
	public static function lead_to_page( $url, $endpoint ) {
		foreach ( self::slugs() as $context => $slug ) {
			$is_it = in_array( $endpoint, array( $slug, self::key( $context ) ), true );
			if ( $is_it && ! self::is_in_account( $context ) && '' !== self::page_of( $context ) ) {
				return self::page_of( $context );
			}
		}
		return $url;
	}

	/** The rules are written anew when WooCommerce is there and our addresses are not yet, or changed. */
	public static function flush_once() {
		$wanted = wp_json_encode( self::slugs() );
		if ( class_exists( 'WooCommerce' ) && get_option( self::OPTION ) !== $wanted ) {
			update_option( self::OPTION, $wanted, true );
			flush_rewrite_rules( false );
		}
	}

	/** @return string Address of My Chats for a context, in the account. */
	public static function url( string $context ): string {
		return (string) wc_get_account_endpoint_url( self::key( $context ) );
	}

	private static function slugs(): array {
		/**
		 * @param string[] $slugs By context.
		 */
		return (array) apply_filters( 'shopbell_account_slugs', self::SLUGS );
	}

	/** WooCommerce makes a class of it for the menu entry; the loader, which knows that class, then adds none of its own. */
	private static function key( string $context ): string {
		return "shopbell-{$context}s";
	}

	private static function is_in_account( string $context ): bool {
		return 'account' === ( Public_Site::context( $context )['routing'] ?? '' );
	}

	private static function page_of( string $context ): string {
		return (string) ( Public_Site::context( $context )['page'] ?? '' );
	}

	private static function label( string $context ): string {
		return Text::line( (string) ( Public_Site::context( $context )['endpointLabel'] ?? '' ), 40 );
	}
}
