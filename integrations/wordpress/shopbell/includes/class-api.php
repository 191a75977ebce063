<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** Calls of the shop's server to its Shopbell. */
final class Api {
	const SECONDS    = 10;
	const MOST_BYTES = 4194304;

	/**
	 * With the server key.
	 *
	 * @param string     $path As `/v1/…`.
	 * @param array|null $body Sent as JSON.
	 * @return array `status` (0: not reached), `body` (array or null), `error` in words for the log.
	 */
	public static function call( string $method, string $path, ?array $body = null ): array {
		$headers = array( 'Authorization' => 'Bearer ' . Config::secret( 'server_key' ) );
		if ( null !== $body ) {
			$headers['Content-Type'] = 'application/json';
		}
		return self::send( $method, $path, $headers, null === $body ? null : wp_json_encode( $body ), self::SECONDS );
	}

	/** As a page of the shop would ask: with its origin, and no key. */
	public static function read_as_page( string $path ): array {
		return self::send( 'GET', $path, array( 'Origin' => Config::shop_origin() ), null, 4 );
	}

	private static function send( string $method, string $path, array $headers, ?string $body, int $seconds ): array {
		$answer = wp_remote_request(
			Config::url() . $path,
			array(
				'method'              => $method,
				'timeout'             => $seconds,
				'redirection'         => 0, // A redirect would take the key along.
				'limit_response_size' => self::MOST_BYTES,
				'headers'             => $headers + array( 'Accept' => 'application/json' ),
				'body'                => $body,
			)
		);
		if ( is_wp_error( $answer ) ) {
			return array( 'status' => 0, 'body' => null, 'error' => $answer->get_error_message() );
		}
		$read = json_decode( (string) wp_remote_retrieve_body( $answer ), true );
		return array(
			'status' => (int) wp_remote_retrieve_response_code( $answer ),
			'body'   => is_array( $read ) ? $read : null,
			'error'  => is_array( $read ) && isset( $read['title'] ) ? (string) $read['title'] : '',
		);
	}
}
