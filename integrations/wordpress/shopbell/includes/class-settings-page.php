<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** Dashboard > Shopbell > Connection: what connects this shop to its Shopbell, and whether it does. */
final class Settings_Page {
	const SLUG       = 'shopbell-connection';
	const CAPABILITY = 'manage_options';

	public static function register() {
		add_action( 'admin_menu', array( __CLASS__, 'add' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( FILE ), array( __CLASS__, 'add_link' ) );
	}

	public static function add() {
		$title = __( 'Connection', 'shopbell' );
		add_submenu_page( Panel_Page::SLUG, $title, $title, self::CAPABILITY, self::SLUG, array( __CLASS__, 'show' ) );
	}

	public static function add_link( $links ) {
		$link = sprintf( '<a href="%s">%s</a>', esc_url( self::url() ), esc_html__( 'Settings', 'shopbell' ) );
		return array_merge( array( $link ), $links );
	}

	public static function url( array $query = array() ): string {
		return add_query_arg( array( 'page' => self::SLUG ) + $query, admin_url( 'admin.php' ) );
	}

	public static function show() {
		if ( ! current_user_can( self::CAPABILITY ) ) {
			return;
		}
		echo '<div class="wrap"><h1>' . esc_html__( 'Shopbell: connection', 'shopbell' ) . '</h1>';
		self::show_notices();
		self::show_form();
		if ( Config::is_ready() ) {
			self::show_connect();
		}
		echo '</div>';
	}

	private static function show_notices() {
		$wrong = array_intersect( explode( ',', self::asked( 'wrong' ) ), array_keys( self::labels() ) );
		foreach ( $wrong as $name ) {
			/* translators: %s: label of a field */
			$text = sprintf( __( '%s was not saved: that does not look right.', 'shopbell' ), self::labels()[ $name ] );
			printf( '<div class="notice notice-error"><p>%s</p></div>', esc_html( $text ) );
		}
		if ( '' !== self::asked( 'saved' ) && ! $wrong ) {
			printf( '<div class="notice notice-success"><p>%s</p></div>', esc_html__( 'Saved.', 'shopbell' ) );
		}
	}

	private static function show_form() {
		printf( '<form method="post" action="%s" autocomplete="off">', esc_url( admin_url( 'admin-post.php' ) ) );
		printf( '<input type="hidden" name="action" value="%s">', esc_attr( Save_Settings::ACTION ) );
		wp_nonce_field( Save_Settings::ACTION );
		echo '<table class="form-table" role="presentation">';
		foreach ( self::labels() as $name => $label ) {
			printf( '<tr><th scope="row"><label for="shopbell-%1$s">%2$s</label></th><td>', esc_attr( $name ), esc_html( $label ) );
			self::show_field( $name );
			echo '</td></tr>';
		}
		echo '</table>';
		submit_button();
		echo '</form>';
	}

	private static function show_field( string $name ) {
		$is_secret = in_array( $name, Config::SECRET_NAMES, true );
		if ( Config::is_fixed( $name ) ) {
			/* translators: %s: name of a PHP constant */
			printf( '<code>%s</code>', esc_html( sprintf( __( '%s in wp-config.php', 'shopbell' ), Config::constant_of( $name ) ) ) );
		} elseif ( 'managers_answer' === $name ) {
			$checked = checked( Config::get( $name ), '1', false );
			printf( '<input type="checkbox" id="shopbell-%1$s" name="%1$s" value="1"%2$s>', esc_attr( $name ), $checked ); // phpcs:ignore WordPress.Security.EscapeOutput -- checked() makes the attribute.
		} elseif ( $is_secret ) {
			self::show_secret( $name );
		} else {
			$format = '<input class="regular-text code" type="text" id="shopbell-%1$s" name="%1$s" value="%2$s">';
			printf( $format, esc_attr( $name ), esc_attr( Config::get( $name ) ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- Both are.
		}
		$help = self::help();
		if ( isset( $help[ $name ] ) ) {
			printf( '<p class="description">%s</p>', esc_html( $help[ $name ] ) );
		}
	}

	/** What is saved never goes back into the page. */
	private static function show_secret( string $name ) {
		$is_saved    = '' !== Config::secret( $name );
		$placeholder = $is_saved ? '••••••••••••' : '';
		$format      = '<input class="regular-text code" type="password" id="shopbell-%1$s" name="%1$s" value="" autocomplete="new-password" placeholder="%2$s">';
		printf( $format, esc_attr( $name ), esc_attr( $placeholder ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- Both are.
		if ( $is_saved ) {
			/* translators: %s: label of a secret */
			$spoken = sprintf( __( 'Remove: %s', 'shopbell' ), self::labels()[ $name ] );
			$format = ' <label><input type="checkbox" name="remove[]" value="%s" aria-label="%s"> %s</label>';
			printf( $format, esc_attr( $name ), esc_attr( $spoken ), esc_html__( 'Remove', 'shopbell' ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- All are.
		}
	}

	private static function show_connect() {
		echo '<h2>' . esc_html__( 'Connect', 'shopbell' ) . '</h2>';
		echo '<p>' . esc_html__( 'Checks the connection, sets up the webhooks, and tells Shopbell about your products. You can do it again at any time.', 'shopbell' ) . '</p>';
		printf( '<form method="post" action="%s">', esc_url( admin_url( 'admin-post.php' ) ) );
		printf( '<input type="hidden" name="action" value="%s">', esc_attr( Connect::ACTION ) );
		wp_nonce_field( Connect::ACTION );
		submit_button( __( 'Connect this shop', 'shopbell' ), 'secondary', 'submit', false );
		echo '</form><ul role="status">';
		foreach ( Connect::last_results() as $result ) {
			printf( '<li>%s %s</li>', $result['ok'] ? '✓' : '✗', esc_html( $result['says'] ) );
		}
		echo '</ul>';
	}

	private static function asked( string $name ): string {
		// phpcs:ignore WordPress.Security.NonceVerification -- Only chooses what is shown.
		return isset( $_GET[ $name ] ) ? sanitize_text_field( wp_unslash( $_GET[ $name ] ) ) : '';
	}

	private static function labels(): array {
		return array(
			'url'             => __( 'Shopbell address', 'shopbell' ),
			'site'            => __( 'Site', 'shopbell' ),
			'identity_key'    => __( 'Identity key', 'shopbell' ),
			'identity_secret' => __( 'Identity secret', 'shopbell' ),
			'admin_key'       => __( 'Admin key', 'shopbell' ),
			'admin_secret'    => __( 'Admin secret', 'shopbell' ),
			'server_key'      => __( 'Server key', 'shopbell' ),
			'webhook_secret'  => __( 'Webhook secret', 'shopbell' ),
			'managers_answer' => __( 'Shop managers answer', 'shopbell' ),
			'desk'            => __( 'Their seller id', 'shopbell' ),
		);
	}

	private static function help(): array {
		return array(
			'url'             => __( 'Where your Shopbell lives, such as https://shopbell.you.workers.dev', 'shopbell' ),
			'site'            => __( 'site_…, as “npm run site -- create” printed it', 'shopbell' ),
			'identity_key'    => __( 'key_…; it signs your customers and sellers in', 'shopbell' ),
			'admin_key'       => __( 'key_…; it opens the panel in this dashboard', 'shopbell' ),
			'server_key'      => __( 'sk_…; this shop’s own calls to Shopbell', 'shopbell' ),
			'webhook_secret'  => __( 'Signs what WooCommerce tells Shopbell about orders and products', 'shopbell' ),
			'managers_answer' => __( 'Whoever manages the shop answers chats as the shop. They cannot ask as customers then.', 'shopbell' ),
			'desk'            => __( 'Left empty, it is the shop’s first seller', 'shopbell' ),
		);
	}
}
