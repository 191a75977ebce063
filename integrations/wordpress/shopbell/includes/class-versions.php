<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** Says once a day what the shop runs on, for Shopbell's diagnostics: `PUT /v1/shop-versions` with the server key. */
final class Versions {
	const EVENT = 'shopbell_daily';

	public static function register() {
		add_action( 'init', array( __CLASS__, 'schedule' ) );
		add_action( self::EVENT, array( __CLASS__, 'report' ) );
	}

	public static function schedule() {
		if ( Config::is_ready() && ! wp_next_scheduled( self::EVENT ) ) {
			wp_schedule_event( time(), 'daily', self::EVENT );
		}
	}

	/** @return int Status of the answer; 404 from a Shopbell that does not ask for it, which is no fault. */
	public static function report(): int {
		return '' === Config::secret( 'server_key' ) ? 0 : Api::call( 'PUT', '/v1/shop-versions', self::read() )['status'];
	}

	/** @return string[] What is not installed is left out. */
	public static function read(): array {
		return array_filter(
			array(
				'platform'    => 'wordpress',
				'plugin'      => VERSION,
				'wordpress'   => (string) get_bloginfo( 'version' ),
				'php'         => PHP_VERSION,
				'woocommerce' => defined( 'WC_VERSION' ) ? (string) WC_VERSION : '',
				'dokan'       => defined( 'DOKAN_PLUGIN_VERSION' ) ? (string) DOKAN_PLUGIN_VERSION : '',
				'wcfm'        => defined( 'WCFM_VERSION' ) ? (string) WCFM_VERSION : '',
			),
			'strlen'
		);
	}
}
