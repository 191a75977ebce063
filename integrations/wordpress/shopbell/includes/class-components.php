<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** The button and My Chats wherever the merchant puts them: two shortcodes, and what the blocks show. */
final class Components {
	const DEFAULTS = array(
		'context' => '',
		'id'      => '',
		'title'   => '',
		'url'     => '',
		'picture' => '',
		'price'   => '',
		'label'   => '',
		'seller'  => '',
	);

	public static function register() {
		add_shortcode( 'shopbell_start_chat', array( __CLASS__, 'start_chat' ) );
		add_shortcode( 'shopbell_my_chats', array( __CLASS__, 'my_chats' ) );
	}

	/**
	 * `[shopbell_start_chat]` is about the thing that the page is about; `context="product" id="310"` about another.
	 *
	 * @param array|string $attributes As WordPress hands them over: text where there are none.
	 */
	public static function start_chat( $attributes = array() ): string {
		$given   = array_map( 'strval', shortcode_atts( self::DEFAULTS, (array) $attributes ) );
		$context = in_array( $given['context'], array( 'product', 'order', 'post' ), true ) ? $given['context'] : self::context_here();
		if ( ! self::may_start( $context ) ) {
			return '';
		}
		$about = self::about( $context, '' === $given['id'] ? self::id_here( $context ) : $given['id'] );
		$said  = array_intersect_key( $given, array_flip( array( 'title', 'url', 'picture', 'price' ) ) );
		$own   = array_intersect_key( $given, array_flip( array( 'label', 'seller' ) ) );
		if ( '' === $own['label'] ) {
			$own['label'] = (string) ( Public_Site::context( $context )['label'] ?? '' );
		}
		return $about ? Markup::start_chat( array_filter( $said, 'strlen' ) + $about, $own ) : '';
	}

	/** @param array|string $attributes `context` shows only chats about a kind of thing. */
	public static function my_chats( $attributes = array() ): string {
		$context = shortcode_atts( array( 'context' => '' ), (array) $attributes )['context'];
		return Markup::my_chats( in_array( $context, array( 'product', 'order', 'post' ), true ) ? $context : '' );
	}

	/** A button that would be refused is not shown. Nothing is known while Shopbell was never reached. */
	private static function may_start( string $context ): bool {
		$settings = Public_Site::context( $context );
		return ! $settings || ( ! empty( $settings['enabled'] ) && ( $settings['button'] ?? true ) );
	}

	private static function context_here(): string {
		if ( function_exists( 'is_product' ) && is_product() ) {
			return 'product';
		}
		return function_exists( 'is_view_order_page' ) && is_view_order_page() ? 'order' : 'post';
	}

	private static function id_here( string $context ): string {
		return (string) ( 'order' === $context ? get_query_var( 'view-order' ) : get_the_ID() );
	}

	/** @return array Empty where there is no such thing, or the visitor may not know of it. */
	private static function about( string $context, string $id ): array {
		if ( 'order' === $context ) {
			$order = function_exists( 'wc_get_order' ) ? wc_get_order( (int) $id ) : false;
			return $order instanceof \WC_Order && Order_Button::is_mine( $order ) ? Order_Button::about( $order ) : array();
		}
		if ( 'product' === $context && function_exists( 'wc_get_product' ) ) {
			$product = wc_get_product( (int) $id );
			return $product && is_post_publicly_viewable( (int) $id ) ? Product_Button::about( $product ) : array();
		}
		return is_post_publicly_viewable( (int) $id ) ? self::about_post( $context, (int) $id ) : array();
	}

	private static function about_post( string $context, int $id ): array {
		return array(
			'context'    => $context,
			'context-id' => (string) $id,
			'title'      => Text::line( get_the_title( $id ), 200 ),
			'url'        => (string) get_permalink( $id ),
			'picture'    => (string) get_the_post_thumbnail_url( $id, 'medium' ),
		);
	}
}
