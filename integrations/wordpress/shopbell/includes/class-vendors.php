<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** Who sells what, as Dokan or WCFM knows it. Without either, everything is the shop's own. */
final class Vendors {

	/** Ids of the vendors that a user is, or works for. */
	public static function of_user( int $user_id ): array {
		if ( function_exists( 'dokan_is_user_seller' ) ) {
			$vendor = self::dokan_vendor( $user_id );
		} elseif ( function_exists( 'wcfm_is_vendor' ) ) {
			$vendor = self::wcfm_vendor( $user_id );
		}
		return empty( $vendor ) ? array() : array( (string) $vendor );
	}

	/** Dokan lets every admin sell, so only one whose selling is switched on counts. */
	private static function dokan_vendor( int $user_id ): int {
		$vendor = user_can( $user_id, 'vendor_staff' ) ? (int) get_user_meta( $user_id, '_vendor_id', true ) : $user_id;
		return $vendor && dokan_is_user_seller( $vendor ) && dokan_is_seller_enabled( $vendor ) ? $vendor : 0;
	}

	private static function wcfm_vendor( int $user_id ): int {
		$user   = get_userdata( $user_id );
		$staff  = $user && in_array( 'shop_staff', (array) $user->roles, true );
		$vendor = $staff ? (int) get_user_meta( $user_id, '_wcfm_vendor', true ) : $user_id;
		return $vendor && wcfm_is_vendor( $vendor ) ? $vendor : 0;
	}

	/** The vendor of a product; 0 where it is the shop's own. */
	public static function of_product( int $product_id ): int {
		if ( function_exists( 'dokan_is_user_seller' ) ) {
			return self::dokan_vendor( (int) get_post_field( 'post_author', $product_id ) );
		}
		return function_exists( 'wcfm_get_vendor_id_by_post' ) ? (int) wcfm_get_vendor_id_by_post( $product_id ) : 0;
	}

	public static function name_of( int $vendor ): string {
		$name = '';
		if ( function_exists( 'dokan_get_store_info' ) ) {
			$info = dokan_get_store_info( $vendor );
			$name = isset( $info['store_name'] ) ? $info['store_name'] : '';
		} elseif ( function_exists( 'wcfm_get_vendor_store_name' ) ) {
			$name = wcfm_get_vendor_store_name( $vendor );
		}
		$user = get_userdata( $vendor );
		$name = $name ? $name : ( $user ? $user->display_name : '' );
		return Text::line( (string) $name, 64 );
	}

	/**
	 * Each seller of an order with the order that is theirs: Dokan splits an order into one for each vendor, WCFM marks
	 * the lines.
	 *
	 * @return array[] `order` the id, `vendor` 0 where the server is to say.
	 */
	public static function of_order( \WC_Order $order ): array {
		if ( $order->get_meta( 'has_sub_order' ) ) {
			$parts = wc_get_orders( array( 'parent' => $order->get_id(), 'type' => 'shop_order', 'limit' => 50 ) );
			return array_map(
				static function ( $part ) {
					return array( 'order' => $part->get_id(), 'vendor' => (int) $part->get_meta( '_dokan_vendor_id' ) );
				},
				$parts
			);
		}
		$vendors = array();
		foreach ( $order->get_items() as $item ) {
			$vendors[] = (int) $item->get_meta( '_vendor_id' );
		}
		$vendors = array_values( array_filter( array_unique( $vendors ) ) );
		$each    = count( $vendors ) > 1 ? $vendors : array( 0 );
		return array_map(
			static function ( $vendor ) use ( $order ) {
				return array( 'order' => $order->get_id(), 'vendor' => $vendor );
			},
			$each
		);
	}
}
