<?php
/**
 * Leaves nothing behind. Chats are kept by the Shopbell deployment, not here.
 *
 * @package Shopbell
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( function_exists( 'wc_get_webhook' ) ) {
	foreach ( (array) get_option( 'shopbell_webhooks', array() ) as $shopbell_webhook_id ) {
		$shopbell_webhook = wc_get_webhook( (int) $shopbell_webhook_id );
		if ( $shopbell_webhook ) {
			$shopbell_webhook->delete( true );
		}
	}
}
$shopbell_options = array( 'shopbell', 'shopbell_secrets', 'shopbell_webhooks', 'shopbell_fallen', 'shopbell_site_last', 'shopbell_endpoints' );
foreach ( $shopbell_options as $shopbell_option ) {
	delete_option( $shopbell_option );
}
delete_transient( 'shopbell_site' );
delete_transient( 'shopbell_connected' );
foreach ( array( 'shopbell_daily', 'shopbell_send_catalog' ) as $shopbell_event ) {
	wp_unschedule_hook( $shopbell_event );
}
