<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/**
 * The button on a product's page, at the very hook that the settings name. The loader places none where one stands.
 */
final class Product_Button {
	/** Hook and priority: before the sale flash (10), after the cart's form (30), after the tabs (10). */
	const HOOKS = array(
		'before_summary' => array( 'woocommerce_before_single_product_summary', 5 ),
		'summary'        => array( 'woocommerce_single_product_summary', 35 ),
		'after_summary'  => array( 'woocommerce_after_single_product_summary', 12 ),
	);

	public static function register() {
		foreach ( self::HOOKS as $position => list( $hook, $priority ) ) {
			add_action(
				$hook,
				static function () use ( $position ) {
					self::show( $position );
				},
				$priority
			);
		}
	}

	public static function show( string $position ) {
		global $product;
		$settings = Public_Site::context( 'product' );
		if ( ! $product instanceof \WC_Product || ! self::is_place( $settings, $position ) || ! self::is_its_page( $product ) ) {
			return;
		}
		$own = array( 'label' => isset( $settings['label'] ) ? (string) $settings['label'] : '' );
		echo Markup::start_chat( self::about( $product ), $own ); // phpcs:ignore WordPress.Security.EscapeOutput -- Escaped there.
	}

	/** Without the price, which the loader reads from the page: a variation changes it. */
	public static function about( \WC_Product $product ): array {
		$picture = $product->get_image_id() ? wp_get_attachment_image_url( $product->get_image_id(), 'woocommerce_single' ) : '';
		return array(
			'context'    => 'product',
			'context-id' => (string) $product->get_id(),
			'title'      => Text::line( $product->get_name(), 200 ),
			'url'        => (string) get_permalink( $product->get_id() ),
			'picture'    => (string) $picture,
		);
	}

	private static function is_place( array $settings, string $position ): bool {
		if ( empty( $settings['enabled'] ) || ( $settings['position'] ?? '' ) !== $position ) {
			return false;
		}
		// The merchant's own selector is the loader's, and so is the summary of a block theme: there the hook runs before
		// the summary's blocks, far from the cart's form.
		return empty( $settings['selector'] ) && ! ( 'summary' === $position && wp_is_block_theme() );
	}

	/** Related products and product shortcodes run the same hooks. */
	private static function is_its_page( \WC_Product $product ): bool {
		return is_product() && get_queried_object_id() === $product->get_id();
	}
}
