<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** Shopbell's own panel inside the dashboard, for those who run the shop. */
final class Panel_Page {
	const SLUG   = 'shopbell';
	const ACTION = 'shopbell_admin_assertion';

	/** The page's own hook, known once the menu is made. */
	private static $hook = '';

	public static function register() {
		add_action( 'admin_menu', array( __CLASS__, 'add' ), 9 );
		add_action( 'admin_enqueue_scripts', array( __CLASS__, 'enqueue' ) );
		add_action( 'wp_ajax_' . self::ACTION, array( __CLASS__, 'answer' ) );
	}

	public static function add() {
		$title = __( 'Shopbell', 'shopbell' );
		// A role may have either of the two; WordPress asks for one.
		$may        = current_user_can( 'manage_options' ) ? 'manage_options' : 'manage_woocommerce';
		self::$hook = (string) add_menu_page( $title, $title, $may, self::SLUG, array( __CLASS__, 'show' ), 'dashicons-format-chat', 56 );
	}

	public static function enqueue( $hook ) {
		if ( self::$hook === $hook && Assertion::can_sign( 'admin' ) ) {
			Script_Tag::load( self::address(), 'admin.js' );
		}
	}

	public static function show() {
		echo '<div class="wrap"><h1 class="screen-reader-text">' . esc_html__( 'Shopbell', 'shopbell' ) . '</h1>';
		if ( Assertion::can_sign( 'admin' ) ) {
			$link = sprintf( '<a href="%s">%s</a>', esc_url( Config::url() . '/admin' ), esc_html__( 'Open the panel', 'shopbell' ) );
			echo "<shopbell-admin>$link</shopbell-admin>"; // phpcs:ignore WordPress.Security.EscapeOutput -- Escaped above.
		} else {
			echo '<p>' . esc_html__( 'Enter the admin key under Connection, and the panel is here.', 'shopbell' ) . '</p>';
		}
		echo '</div>';
	}

	/** Answers an admin's assertion, good for a minute. */
	public static function answer() {
		Identity_Endpoint::allow_own_pages_only();
		$may = current_user_can( 'manage_options' ) || current_user_can( 'manage_woocommerce' );
		if ( ! $may || ! check_ajax_referer( self::ACTION, '_wpnonce', false ) || ! Assertion::can_sign( 'admin' ) ) {
			wp_send_json( array( 'code' => 'forbidden' ), 403 );
		}
		wp_send_json( array( 'assertion' => Assertion::of_admin( Visitor::admin_claims( wp_get_current_user() ) ) ), 200 );
	}

	private static function address(): string {
		$query = array( 'action' => self::ACTION, '_wpnonce' => wp_create_nonce( self::ACTION ) );
		return add_query_arg( $query, admin_url( 'admin-ajax.php', 'relative' ) );
	}
}
