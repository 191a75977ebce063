<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** The button on an order's page, for the customer whose order it is: nobody else could start that chat. */
final class Order_Button {

	public static function register() {
		add_action( 'woocommerce_order_details_after_order_table', array( __CLASS__, 'after_table' ) );
		// WooCommerce prints the order itself at 10.
		add_action( 'woocommerce_view_order', array( __CLASS__, 'in_view' ), 20 );
	}

	public static function after_table( $order ) {
		self::show( $order, 'after_order_table' );
	}

	public static function in_view( $order_id ) {
		self::show( wc_get_order( $order_id ), 'view_order' );
	}

	private static function show( $order, string $position ) {
		$settings = Public_Site::context( 'order' );
		if ( ! $order instanceof \WC_Order || ! self::is_place( $settings, $position ) || ! self::is_mine( $order ) ) {
			return;
		}
		$label = isset( $settings['label'] ) ? (string) $settings['label'] : '';
		foreach ( self::buttons( $order, $label ) as $button ) {
			echo $button; // phpcs:ignore WordPress.Security.EscapeOutput -- Escaped by Markup.
		}
	}

	/** One for each seller, named where there are several. */
	private static function buttons( \WC_Order $order, string $label ): array {
		$sellers = Vendors::of_order( $order );
		$several = count( $sellers ) > 1;
		return array_map(
			static function ( $seller ) use ( $label, $several ) {
				$part = wc_get_order( $seller['order'] );
				$name = $several && $seller['vendor'] ? Vendors::name_of( $seller['vendor'] ) : '';
				/* translators: 1: the button's label, 2: name of a seller */
				$text = '' === $name ? $label : sprintf( __( '%1$s: %2$s', 'shopbell' ), $label, $name );
				$own  = array(
					'label'  => $text,
					'seller' => $several && $seller['vendor'] ? (string) $seller['vendor'] : '',
				);
				return Markup::start_chat( self::about( $part ), $own );
			},
			$sellers
		);
	}

	public static function about( \WC_Order $order ): array {
		return array(
			'context'    => 'order',
			'context-id' => (string) $order->get_id(),
			/* translators: %s: number of an order */
			'title'      => Text::line( sprintf( __( 'Order %s', 'shopbell' ), $order->get_order_number() ), 200 ),
			'url'        => (string) $order->get_view_order_url(),
			'price'      => Text::line( (string) $order->get_formatted_order_total(), 40 ),
		);
	}

	private static function is_place( array $settings, string $position ): bool {
		return ! empty( $settings['enabled'] ) && ! empty( $settings['button'] ) && ( $settings['position'] ?? '' ) === $position;
	}

	public static function is_mine( \WC_Order $order ): bool {
		return is_user_logged_in() && get_current_user_id() === (int) $order->get_customer_id();
	}
}
