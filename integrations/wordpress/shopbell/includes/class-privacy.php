<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/**
 * Chats in WordPress's own export and erasure of personal data. Shopbell finds the person and answers page by page; what
 * it answers is brought into WordPress's form, for one missing member would stop the whole request.
 */
final class Privacy {
	/** A server that never says "done" must not keep the browser asking. */
	const MOST_PAGES = 500;

	public static function register() {
		add_filter( 'wp_privacy_personal_data_exporters', array( __CLASS__, 'add_exporter' ) );
		add_filter( 'wp_privacy_personal_data_erasers', array( __CLASS__, 'add_eraser' ) );
	}

	public static function add_exporter( $exporters ) {
		$exporters['shopbell'] = array(
			'exporter_friendly_name' => __( 'Shop chats', 'shopbell' ),
			'callback'               => array( __CLASS__, 'export' ),
		);
		return $exporters;
	}

	public static function add_eraser( $erasers ) {
		$erasers['shopbell'] = array(
			'eraser_friendly_name' => __( 'Shop chats', 'shopbell' ),
			'callback'             => array( __CLASS__, 'erase' ),
		);
		return $erasers;
	}

	/**
	 * @return array|\WP_Error An error stops the export, which can be run again: one without the chats would look complete.
	 */
	public static function export( $email, $page = 1 ) {
		if ( ! self::can_ask() ) {
			return array( 'data' => array(), 'done' => true );
		}
		$query  = array( 'email' => rawurlencode( $email ), 'page' => (int) $page );
		$answer = Api::call( 'GET', add_query_arg( $query, '/v1/privacy/wordpress/export' ) );
		if ( 404 === $answer['status'] ) {
			return array( 'data' => array( self::note( self::words_for_404() ) ), 'done' => true );
		}
		if ( 200 !== $answer['status'] || ! isset( $answer['body']['data'] ) || ! is_array( $answer['body']['data'] ) ) {
			return new \WP_Error( 'shopbell_unreachable', self::words_for_fault() );
		}
		$items = array_filter( array_map( array( __CLASS__, 'item' ), $answer['body']['data'] ) );
		$done  = ! empty( $answer['body']['done'] ) || $page >= self::MOST_PAGES;
		return array( 'data' => array_values( $items ), 'done' => $done );
	}

	/**
	 * `page` is not sent on: what is erased moves the rest up, so Shopbell always takes the next that is left. A fault is
	 * told as "kept", so that the other erasers do their part.
	 */
	public static function erase( $email, $page = 1 ) {
		if ( ! self::can_ask() ) {
			return self::erased( array( 'done' => true ) );
		}
		$answer = Api::call( 'POST', '/v1/privacy/wordpress/erase', array( 'email' => (string) $email ) );
		if ( 200 !== $answer['status'] || null === $answer['body'] ) {
			$words = 404 === $answer['status'] ? self::words_for_404() : self::words_for_fault();
			return self::erased( array( 'items_retained' => true, 'messages' => array( $words ), 'done' => true ) );
		}
		$page_is_last = $page >= self::MOST_PAGES;
		return self::erased( ( $page_is_last ? array( 'done' => true ) : array() ) + $answer['body'] );
	}

	private static function can_ask(): bool {
		return Config::is_ready() && '' !== Config::secret( 'server_key' );
	}

	private static function erased( array $said ): array {
		$messages = isset( $said['messages'] ) && is_array( $said['messages'] ) ? $said['messages'] : array();
		return array(
			'items_removed'  => ! empty( $said['items_removed'] ),
			'items_retained' => ! empty( $said['items_retained'] ),
			'messages'       => array_map( 'esc_html', array_values( array_filter( $messages, 'is_string' ) ) ),
			'done'           => ! empty( $said['done'] ),
		);
	}

	/** @return array|null */
	private static function item( $item ) {
		if ( ! is_array( $item ) || ! isset( $item['item_id'], $item['data'] ) || ! is_array( $item['data'] ) ) {
			return null;
		}
		$pairs = array_filter(
			$item['data'],
			static function ( $pair ) {
				return is_array( $pair ) && isset( $pair['name'], $pair['value'] ) && is_scalar( $pair['value'] );
			}
		);
		return array(
			'group_id'          => self::id( $item['group_id'] ?? 'shopbell' ),
			'group_label'       => Text::line( (string) ( $item['group_label'] ?? __( 'Shop chats', 'shopbell' ) ), 200 ),
			'group_description' => Text::line( (string) ( $item['group_description'] ?? '' ), 200 ),
			'item_id'           => self::id( $item['item_id'] ),
			'data'              => array_map(
				static function ( $pair ) {
					// WordPress lets some markup through in a value; what people wrote is to be read as they wrote it.
					return array(
						'name'  => Text::line( (string) $pair['name'], 200 ),
						'value' => esc_html( (string) $pair['value'] ),
					);
				},
				array_values( $pairs )
			),
		);
	}

	/** Not sanitize_key(), which makes ids that differ by capitals the same. */
	private static function id( $id ): string {
		return (string) preg_replace( '/[^A-Za-z0-9_-]/', '', is_scalar( $id ) ? (string) $id : '' );
	}

	private static function note( string $words ): array {
		return self::item(
			array(
				'item_id' => 'note',
				'data'    => array( array( 'name' => __( 'Note', 'shopbell' ), 'value' => $words ) ),
			)
		);
	}

	private static function words_for_404(): string {
		return __( 'This Shopbell cannot export or erase chats from here yet. Use its own panel, or update it.', 'shopbell' );
	}

	private static function words_for_fault(): string {
		return __( 'Shopbell could not be reached, so the chats are as they were. Please run this request again later.', 'shopbell' );
	}
}
