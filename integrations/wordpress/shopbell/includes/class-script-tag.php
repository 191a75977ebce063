<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** The one script tag. It is the same for every visitor, so pages may be cached. */
final class Script_Tag {
	const HANDLE = 'shopbell';

	/** Where this page's visitor is asked for; another one in the dashboard. */
	private static $identity = '';

	public static function register() {
		add_action( 'wp_enqueue_scripts', array( __CLASS__, 'enqueue' ) );
		add_filter( 'script_loader_tag', array( __CLASS__, 'add_data' ), 10, 2 );
	}

	public static function enqueue() {
		self::load( Identity_Endpoint::path() );
	}

	/**
	 * @param string $identity Address that answers `{assertion}`.
	 * @param string $file     Of the deployment: the shop's script, or the panel's.
	 */
	public static function load( string $identity, string $file = 'shopbell.js' ) {
		if ( ! Config::is_ready() ) {
			return;
		}
		self::$identity = $identity;
		// phpcs:ignore WordPress.WP.EnqueuedResourceParameters -- The address must not change with versions.
		wp_enqueue_script( self::HANDLE, Config::url() . '/' . $file, array(), null, array( 'strategy' => 'async' ) );
	}

	/** @return string The tag with its data; some versions of WordPress put inline scripts before it into the same text. */
	public static function add_data( $tag, $handle ) {
		$at = self::HANDLE === $handle ? strpos( (string) $tag, ' src=' ) : false;
		if ( false === $at ) {
			return $tag;
		}
		$data = sprintf( ' data-site="%s" data-identity="%s"', esc_attr( Config::get( 'site' ) ), esc_url( self::$identity ) );
		if ( ! preg_match( '/\sasync[\s>=]/', $tag ) ) {
			$data .= ' async';
		}
		return substr_replace( $tag, $data, $at, 0 );
	}
}
