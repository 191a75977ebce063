<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** The one button that checks the connection and sets up what Shopbell needs of this shop. Pressing it again mends. */
final class Connect {
	const ACTION  = 'shopbell_connect';
	const RESULTS = 'shopbell_connected';

	public static function register() {
		add_action( 'admin_post_' . self::ACTION, array( __CLASS__, 'run' ) );
	}

	public static function run() {
		check_admin_referer( self::ACTION );
		if ( ! current_user_can( Settings_Page::CAPABILITY ) ) {
			wp_die( esc_html__( 'You may not change this.', 'shopbell' ), '', array( 'response' => 403 ) );
		}
		set_transient( self::RESULTS, self::steps(), HOUR_IN_SECONDS );
		wp_safe_redirect( Settings_Page::url() );
		exit;
	}

	/** @return array[] `ok` and `says` of each step of the last run. */
	public static function last_results(): array {
		$results = get_transient( self::RESULTS );
		return is_array( $results ) ? $results : array();
	}

	/** @return array[] */
	public static function steps(): array {
		$site = self::check_site();
		if ( ! $site['ok'] ) {
			return array( $site );
		}
		return array( $site, self::check_identity(), self::check_server_key(), self::make_webhooks(), self::send_products() );
	}

	private static function check_site(): array {
		$answer = Public_Site::refresh();
		if ( 200 === $answer['status'] ) {
			return self::result( true, __( 'Shopbell knows this shop.', 'shopbell' ) );
		}
		$code = isset( $answer['body']['code'] ) ? $answer['body']['code'] : '';
		if ( 'origin_refused' === $code ) {
			/* translators: 1: a command, 2: origin of the shop */
			$says = sprintf( __( 'Shopbell does not know this address yet. Run: npm run site -- origin add --site %1$s --origin %2$s', 'shopbell' ), Config::get( 'site' ), Config::shop_origin() );
		} elseif ( 'site_unknown' === $code ) {
			$says = __( 'There is no such site at this Shopbell. Compare the site with “npm run site -- list”.', 'shopbell' );
		} else {
			/* translators: %s: what went wrong */
			$says = sprintf( __( 'Shopbell could not be reached. %s', 'shopbell' ), $answer['error'] );
		}
		return self::result( false, $says );
	}

	private static function check_identity(): array {
		$ok = Assertion::can_sign( 'identity' );
		return self::result( $ok, $ok ? __( 'Customers and sellers are signed in by the shop.', 'shopbell' ) : __( 'Without the identity key and its secret everybody is a guest.', 'shopbell' ) );
	}

	private static function check_server_key(): array {
		$answer = Api::call( 'GET', '/v1/settings' );
		if ( 200 !== $answer['status'] ) {
			return self::result( false, __( 'The server key was not accepted.', 'shopbell' ) );
		}
		Versions::report();
		self::tell_account_urls( $answer['body'] );
		return self::result( true, __( 'The server key works.', 'shopbell' ) );
	}

	/** Where started chats are read, unless somebody entered another address in the panel. */
	private static function tell_account_urls( array $document ) {
		$changes = array();
		foreach ( function_exists( 'wc_get_account_endpoint_url' ) ? array_keys( Account::SLUGS ) : array() as $context ) {
			if ( empty( $document['settings']['contexts'][ $context ]['accountUrl'] ) ) {
				$changes[ $context ] = array( 'accountUrl' => Account::url( $context ) );
			}
		}
		if ( $changes && isset( $document['version'] ) ) {
			Api::call( 'PUT', '/v1/settings', array( 'version' => $document['version'], 'settings' => array( 'contexts' => $changes ) ) );
			Public_Site::refresh();
		}
	}

	private static function make_webhooks(): array {
		if ( ! class_exists( 'WC_Webhook' ) ) {
			return self::result( true, __( 'Without WooCommerce there are no orders to tell about.', 'shopbell' ) );
		}
		if ( ! Webhooks::can_be_made() ) {
			return self::result( false, __( 'Orders need the webhook secret.', 'shopbell' ) );
		}
		/* translators: %d: how many webhooks */
		return self::result( true, sprintf( __( '%d webhooks tell Shopbell about orders, products and customers.', 'shopbell' ), Webhooks::put() ) );
	}

	private static function send_products(): array {
		if ( ! function_exists( 'wc_get_products' ) || '' === Config::secret( 'server_key' ) ) {
			return self::result( true, __( 'No products to send.', 'shopbell' ) );
		}
		Catalog::start();
		return self::result( true, __( 'Your products are being sent.', 'shopbell' ) );
	}

	private static function result( bool $ok, string $says ): array {
		return array( 'ok' => $ok, 'says' => $says );
	}
}
