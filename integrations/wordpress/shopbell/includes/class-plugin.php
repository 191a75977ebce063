<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** Puts every part on its hooks: the table of contents. */
final class Plugin {
	const PARTS = array(
		Script_Tag::class,
		Identity_Endpoint::class,
		Components::class,
		Blocks::class,
		Product_Button::class,
		Order_Button::class,
		Account::class,
		Webhooks::class,
		Catalog::class,
		Privacy::class,
		Settings_Page::class,
		Save_Settings::class,
		Connect::class,
		Panel_Page::class,
		Versions::class,
	);

	public static function start() {
		foreach ( self::PARTS as $part ) {
			$part::register();
		}
		add_action( 'init', array( __CLASS__, 'translate' ) );
		add_action( 'before_woocommerce_init', array( __CLASS__, 'declare_compatibility' ) );
		register_activation_hook( FILE, array( Webhooks::class, 'resume' ) );
		register_deactivation_hook( FILE, array( __CLASS__, 'rest' ) );
	}

	public static function translate() {
		load_plugin_textdomain( 'shopbell', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	}

	/** Orders are only ever read through WooCommerce's own objects, so it does not matter where they are stored. */
	public static function declare_compatibility() {
		if ( class_exists( '\Automattic\WooCommerce\Utilities\FeaturesUtil' ) ) {
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', FILE, true );
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'cart_checkout_blocks', FILE, true );
		}
	}

	/** A switched-off plugin sends nothing; what is set up is kept until it is deleted. */
	public static function rest() {
		wp_unschedule_hook( Versions::EVENT );
		wp_unschedule_hook( Catalog::EVENT );
		Webhooks::pause();
		delete_option( Account::OPTION );
		flush_rewrite_rules( false );
	}
}
