<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/**
 * Tells Shopbell once about the products that were there before it, with their sellers; webhooks tell the rest. In pieces
 * by WP-Cron, for a shop may have a hundred thousand.
 */
final class Catalog {
	const EVENT      = 'shopbell_send_catalog';
	const PIECE      = 100;
	const MOST_TRIES = 10;

	public static function register() {
		add_action( self::EVENT, array( __CLASS__, 'send' ), 10, 2 );
	}

	public static function start() {
		wp_unschedule_hook( self::EVENT );
		wp_schedule_single_event( time(), self::EVENT, array( 1, 1 ) );
	}

	/**
	 * @param int $page  From 1.
	 * @param int $tries From 1; what Shopbell could not take now is sent again five minutes later.
	 */
	public static function send( $page, $tries ) {
		$products = wc_get_products(
			array(
				'status'  => 'publish',
				'limit'   => self::PIECE,
				'page'    => (int) $page,
				'orderby' => 'ID',
				'order'   => 'ASC',
			)
		);
		$is_sent  = ! $products || self::put( $products );
		if ( ! $is_sent && $tries < self::MOST_TRIES ) {
			wp_schedule_single_event( time() + 5 * MINUTE_IN_SECONDS, self::EVENT, array( (int) $page, $tries + 1 ) );
		} elseif ( $is_sent && count( $products ) === self::PIECE ) {
			wp_schedule_single_event( time() + 5, self::EVENT, array( $page + 1, 1 ) );
		}
	}

	/** Sellers first: a product of an unknown one is refused. */
	private static function put( array $products ): bool {
		$rows    = array_values( array_filter( array_map( array( __CLASS__, 'row' ), $products ) ) );
		$sellers = array_map(
			static function ( $id ) {
				$name = Vendors::name_of( (int) $id );
				return array( 'id' => (string) $id, 'name' => '' === $name ? (string) $id : $name );
			},
			array_values( array_unique( array_filter( wp_list_pluck( $rows, 'seller' ) ) ) )
		);
		if ( $sellers && 200 !== Api::call( 'PUT', '/v1/sellers', array( 'sellers' => $sellers ) )['status'] ) {
			return false;
		}
		return ! $rows || 200 === Api::call( 'PUT', '/v1/catalog/products', array( 'products' => $rows ) )['status'];
	}

	/** @return array|null Null for a product that has no name. */
	public static function row( \WC_Product $product ): ?array {
		$about  = Product_Button::about( $product );
		$vendor = Vendors::of_product( $product->get_id() );
		$row    = array(
			'id'      => $about['context-id'],
			'title'   => $about['title'],
			'seller'  => $vendor ? (string) $vendor : '',
			'url'     => self::address( $about['url'] ),
			'picture' => self::address( $about['picture'] ),
			'price'   => self::price( $product ),
		);
		return '' === $row['title'] ? null : array_filter( $row, 'strlen' );
	}

	/** Only where there is one: a variation has its own, which the page knows. */
	private static function price( \WC_Product $product ): string {
		$has_one = $product->is_type( 'simple' ) && '' !== (string) $product->get_price();
		return $has_one ? Text::line( wc_price( wc_get_price_to_display( $product ) ), 40 ) : '';
	}

	private static function address( string $url ): string {
		return preg_match( '#^https?://.{1,1990}$#', $url ) ? $url : '';
	}
}
