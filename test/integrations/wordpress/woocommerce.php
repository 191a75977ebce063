<?php
// As much of WooCommerce, and of the two marketplaces, as the plugin calls.

define( 'WC_VERSION', '10.9.1' );

class WooCommerce {}

/** Data of a scenario, read through getters and meta as WooCommerce's objects are. */
abstract class Data {
	protected $data;
	public function __construct( array $data ) {
		$this->data = $data;
	}
	public function get_id() {
		return (int) $this->data['id'];
	}
	public function get_meta( $key ) {
		return $this->data['meta'][ $key ] ?? '';
	}
}

class WC_Product extends Data {
	public function get_name() {
		return $this->data['name'];
	}
	public function get_image_id() {
		return $this->data['image'] ?? 0;
	}
	public function is_type( $type ) {
		return ( $this->data['type'] ?? 'simple' ) === $type;
	}
	public function get_price() {
		return $this->data['price'] ?? '';
	}
}

class WC_Order extends Data {
	public function get_order_number() {
		return $this->data['number'] ?? (string) $this->data['id'];
	}
	public function get_customer_id() {
		return (int) ( $this->data['customer'] ?? 0 );
	}
	public function get_view_order_url() {
		return home_url( '/my-account/view-order/' . $this->data['id'] . '/' );
	}
	public function get_formatted_order_total() {
		return $this->data['total'] ?? '<span class="amount">&#36;50.00</span>';
	}
	public function get_items() {
		return array_map(
			static function ( $item ) {
				return new Order_Item( $item );
			},
			$this->data['items'] ?? array()
		);
	}
}
class Order_Item extends Data {}

function data_of( $kind, $id ) {
	return world( $kind, array() )[ $id ] ?? null;
}
function wc_get_order( $id ) {
	$order = data_of( 'orders', $id );
	return $order ? new WC_Order( $order ) : false;
}
function wc_get_orders( $query ) {
	$GLOBALS['order_queries'][] = $query;
	$orders                     = array_filter(
		world( 'orders', array() ),
		static function ( $order ) use ( $query ) {
			$is_part = isset( $query['parent'] ) ? ( $order['parent'] ?? 0 ) === $query['parent'] : true;
			return $is_part && ( ! isset( $query['customer_id'] ) || ( $order['customer'] ?? 0 ) === $query['customer_id'] );
		}
	);
	krsort( $orders );
	$orders = array_slice( $orders, 0, $query['limit'] );
	return array_map(
		static function ( $order ) use ( $query ) {
			return 'ids' === ( $query['return'] ?? '' ) ? (int) $order['id'] : new WC_Order( $order );
		},
		'ids' === ( $query['return'] ?? '' ) ? array_values( $orders ) : array_values( array_reverse( $orders ) )
	);
}
function wc_get_product( $id ) {
	$product = data_of( 'products', $id );
	return $product ? new WC_Product( $product ) : false;
}
function wc_get_products( $query ) {
	$page = array_slice( world( 'products', array() ), ( $query['page'] - 1 ) * $query['limit'], $query['limit'] );
	return array_map(
		static function ( $product ) {
			return new WC_Product( $product );
		},
		$page
	);
}
function wc_price( $price ) {
	return '<span class="amount">&#36;' . number_format( (float) $price, 2 ) . '</span>';
}
function wc_get_price_to_display( $product ) {
	return $product->get_price();
}
function wc_get_account_endpoint_url( $endpoint ) {
	$slugs = apply_filters( 'woocommerce_get_query_vars', array() );
	return home_url( '/my-account/' . ( $slugs[ $endpoint ] ?? $endpoint ) . '/' );
}
function is_product() {
	return (bool) world( 'is_product', false );
}
function is_view_order_page() {
	return (bool) world( 'is_order', false );
}

$GLOBALS['webhooks'] = array();
class WC_Webhook {
	public $data = array( 'id' => 0, 'status' => 'disabled', 'failure_count' => 0 );
	public function __call( $name, $arguments ) {
		list( $verb, $field ) = explode( '_', $name, 2 );
		if ( 'get' === $verb ) {
			return $this->data[ $field ];
		}
		$this->data[ $field ] = $arguments[0];
	}
	public function save() {
		if ( ! $this->data['id'] ) {
			$this->data['id'] = count( $GLOBALS['webhooks'] ) + 1;
		}
		$GLOBALS['webhooks'][ $this->data['id'] ] = $this->data;
	}
	public function delete( $hard ) {
		unset( $GLOBALS['webhooks'][ $this->data['id'] ] );
	}
}
function wc_get_webhook( $id ) {
	if ( ! isset( $GLOBALS['webhooks'][ $id ] ) ) {
		return null;
	}
	$hook       = new WC_Webhook();
	$hook->data = $GLOBALS['webhooks'][ $id ];
	return $hook;
}
function change_webhook( $id, $changes ) {
	$GLOBALS['webhooks'][ $id ] = $changes + $GLOBALS['webhooks'][ $id ];
}

// Marketplaces.
if ( 'dokan' === world( 'marketplace' ) ) {
	function dokan_is_user_seller( $id ) {
		return user_can( $id, 'dokandar' );
	}
	function dokan_is_seller_enabled( $id ) {
		return 'yes' === get_user_meta( $id, 'dokan_enable_selling', true );
	}
	function dokan_get_store_info( $id ) {
		return array( 'store_name' => get_user_meta( $id, 'store', true ) );
	}
}
if ( 'wcfm' === world( 'marketplace' ) ) {
	function wcfm_is_vendor( $id ) {
		$user = get_userdata( $id );
		return $user && in_array( 'wcfm_vendor', $user->roles, true );
	}
	function wcfm_get_vendor_id_by_post( $id ) {
		$author = get_post_field( 'post_author', $id );
		return wcfm_is_vendor( $author ) ? $author : '';
	}
	function wcfm_get_vendor_store_name( $id ) {
		return get_user_meta( $id, 'store', true );
	}
}
