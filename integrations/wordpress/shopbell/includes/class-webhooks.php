<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** WooCommerce's own webhooks, one a topic, to this site's address at Shopbell. */
final class Webhooks {
	/** Ids by topic. */
	const OPTION = 'shopbell_webhooks';
	/** Ids that WooCommerce switched off after too many failures. */
	const FALLEN = 'shopbell_fallen';
	const TOPICS = array(
		'order.created',
		'order.updated',
		'order.deleted',
		'order.restored',
		'product.created',
		'product.updated',
		'product.deleted',
		'product.restored',
		'customer.created',
		'customer.updated',
		'customer.deleted',
	);

	public static function register() {
		add_filter( 'woocommerce_webhook_payload', array( __CLASS__, 'name_vendor' ), 20, 4 );
		add_filter( 'woocommerce_rest_prepare_shop_order_object', array( __CLASS__, 'name_page' ), 20, 2 );
		add_action( 'woocommerce_webhook_disabled_due_delivery_failures', array( __CLASS__, 'note_fallen' ) );
		add_action( Versions::EVENT, array( __CLASS__, 'raise_fallen' ) );
	}

	public static function can_be_made(): bool {
		return class_exists( 'WC_Webhook' ) && Config::is_ready() && '' !== Config::secret( 'webhook_secret' );
	}

	public static function ids(): array {
		return array_map( 'intval', (array) get_option( self::OPTION, array() ) );
	}

	/**
	 * Makes those that are missing and puts the others right. Payloads are what the user who calls this may see.
	 *
	 * @return int How many there are.
	 */
	public static function put(): int {
		$ids = self::ids();
		foreach ( self::TOPICS as $topic ) {
			$hook = isset( $ids[ $topic ] ) ? wc_get_webhook( $ids[ $topic ] ) : null;
			$hook = $hook ? $hook : new \WC_Webhook();
			$hook->set_name( "Shopbell $topic" );
			$hook->set_topic( $topic );
			$hook->set_api_version( 'wp_api_v3' );
			$hook->set_user_id( get_current_user_id() );
			$hook->set_secret( Config::secret( 'webhook_secret' ) );
			$hook->set_delivery_url( self::address() );
			$hook->set_failure_count( 0 );
			$hook->set_status( 'active' );
			$hook->save();
			$ids[ $topic ] = $hook->get_id();
		}
		update_option( self::OPTION, $ids, false );
		delete_option( self::FALLEN );
		return count( $ids );
	}

	public static function pause() {
		self::set_status( self::ids(), 'active', 'paused' );
	}

	public static function resume() {
		self::set_status( self::ids(), 'paused', 'active' );
	}

	public static function note_fallen( $id ) {
		if ( in_array( (int) $id, self::ids(), true ) ) {
			update_option( self::FALLEN, array_unique( array_merge( self::fallen(), array( (int) $id ) ) ), false );
		}
	}

	/** WooCommerce never tries again by itself, and an order missed is a chat missed. Those that a person disabled stay so. */
	public static function raise_fallen() {
		self::set_status( self::fallen(), 'disabled', 'active' );
		delete_option( self::FALLEN );
	}

	/**
	 * A product's own seller, in the form that Dokan gives it, for marketplaces that leave it out.
	 *
	 * @param mixed $payload
	 */
	public static function name_vendor( $payload, $resource, $id, $webhook_id ) {
		$is_ours = 'product' === $resource && is_array( $payload ) && in_array( (int) $webhook_id, self::ids(), true );
		$vendor  = $is_ours && isset( $payload['id'] ) && empty( $payload['store'] ) ? Vendors::of_product( (int) $id ) : 0;
		if ( $vendor ) {
			$name             = Vendors::name_of( $vendor );
			$payload['store'] = array( 'id' => $vendor, 'name' => $name, 'shop_name' => $name );
		}
		return $payload;
	}

	/**
	 * The order's page in its buyer's account, which WooCommerce's API leaves out: where the chat's card and starter lead.
	 * Webhooks and the search for orders that never came both read this answer.
	 *
	 * @param \WP_REST_Response $response
	 * @param \WC_Abstract_Order $order
	 */
	public static function name_page( $response, $order ) {
		$data = $response->get_data();
		if ( is_array( $data ) && is_callable( array( $order, 'get_view_order_url' ) ) ) {
			$response->set_data( $data + array( 'shopbell_view_url' => $order->get_view_order_url() ) );
		}
		return $response;
	}

	private static function address(): string {
		return Config::url() . '/v1/hooks/woocommerce/' . rawurlencode( Config::get( 'site' ) );
	}

	private static function fallen(): array {
		return array_map( 'intval', (array) get_option( self::FALLEN, array() ) );
	}

	private static function set_status( array $ids, string $from, string $to ) {
		foreach ( function_exists( 'wc_get_webhook' ) ? $ids : array() as $id ) {
			$hook = wc_get_webhook( $id );
			if ( $hook && $from === $hook->get_status() ) {
				$hook->set_status( $to );
				if ( 'active' === $to ) {
					$hook->set_failure_count( 0 );
				}
				$hook->save();
			}
		}
	}
}
