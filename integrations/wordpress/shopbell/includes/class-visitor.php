<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** What the shop vouches for about one of its users. */
final class Visitor {
	const MOST_ORDERS     = 50;
	const MOST_SELLERS    = 50;
	const MOST_NAME_UNITS = 64;

	/** @return array Claims of an assertion, without site and times. */
	public static function claims( \WP_User $user ): array {
		$desks = self::desks( $user );
		$role  = $desks ? array( 'role' => 'seller', 'sellers' => $desks ) : array();
		return self::person( $user ) + $role + array( 'orders' => self::orders( $user->ID ) );
	}

	/** @return array The same for the admin panel. */
	public static function admin_claims( \WP_User $user ): array {
		return self::person( $user ) + array( 'role' => 'admin' );
	}

	private static function person( \WP_User $user ): array {
		$claims = array( 'sub' => (string) $user->ID );
		$name   = Text::line( $user->display_name, self::MOST_NAME_UNITS );
		// WordPress shows the login where there is no name, and that may be an address: no seller is to learn it.
		if ( '' !== $name && ! is_email( $name ) ) {
			$claims['name'] = $name;
		}
		if ( is_email( $user->user_email ) ) {
			$claims['email'] = $user->user_email;
		}
		/**
		 * WordPress itself never proves that an address is its user's. A shop with a plugin that does may answer true.
		 *
		 * @param bool     $verified
		 * @param \WP_User $user
		 */
		if ( isset( $claims['email'] ) && true === apply_filters( 'shopbell_email_verified', false, $user ) ) {
			$claims['email_verified'] = true;
		}
		return $claims;
	}

	/** Ids of the sellers that this user answers for. */
	private static function desks( \WP_User $user ): array {
		$desks = Vendors::of_user( $user->ID );
		$manages = user_can( $user, 'manage_woocommerce' ) || user_can( $user, 'manage_options' );
		if ( $manages && '1' === Config::get( 'managers_answer' ) ) {
			$desks[] = Config::get( 'desk' ) ? Config::get( 'desk' ) : 'shop';
		}
		/**
		 * For marketplaces that this plugin does not know.
		 *
		 * @param string[] $desks
		 * @param \WP_User $user
		 */
		$desks = apply_filters( 'shopbell_sellers', $desks, $user );
		return array_slice( array_values( array_unique( array_map( 'strval', $desks ) ) ), 0, self::MOST_SELLERS );
	}

	/** The newest orders of the user, as text. */
	private static function orders( int $user_id ): array {
		if ( ! function_exists( 'wc_get_orders' ) ) {
			return array();
		}
		$ids = wc_get_orders(
			array(
				'type'        => 'shop_order',
				'customer_id' => $user_id,
				'limit'       => self::MOST_ORDERS,
				'orderby'     => 'date',
				'order'       => 'DESC',
				'return'      => 'ids',
			)
		);
		return array_map( 'strval', array_values( $ids ) );
	}
}
