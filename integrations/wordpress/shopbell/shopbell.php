<?php
/**
 * Plugin Name:       Shopbell
 * Description:       Shoppers ask the seller of the very thing they are looking at. Connects this shop to your own Shopbell.
 * Version:           0.1.0
 * Requires at least: 6.3
 * Requires PHP:      7.4
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       shopbell
 * Domain Path:       /languages
 *
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const FILE    = __FILE__;

spl_autoload_register(
	static function ( $name ) {
		if ( 0 !== strpos( $name, __NAMESPACE__ . '\\' ) ) {
			return;
		}
		$file = strtolower( str_replace( '_', '-', substr( $name, strlen( __NAMESPACE__ ) + 1 ) ) );
		$path = __DIR__ . "/includes/class-$file.php";
		if ( is_readable( $path ) ) {
			require $path;
		}
	}
);

Plugin::start();
