<?php
/**
 * @package Shopbell
 */

namespace Shopbell;

defined( 'ABSPATH' ) || exit;

/** The short signed text that tells Shopbell who somebody is: a JWT, HS256, as docs/identity.md describes it. */
final class Assertion {
	const MOST_SECONDS       = 300;
	const MOST_ADMIN_SECONDS = 60;

	/** @param array $claims As of Visitor; the site, the times and the signature are added here. */
	public static function of_visitor( array $claims ): string {
		return self::sign( $claims, self::MOST_SECONDS, 'identity' );
	}

	/** @param array $claims With role admin, which needs the admin key and a short life. */
	public static function of_admin( array $claims ): string {
		return self::sign( $claims, self::MOST_ADMIN_SECONDS, 'admin' );
	}

	/** Whether the key of this use has been entered. */
	public static function can_sign( string $key_use ): bool {
		return Config::is_ready() && '' !== Config::get( "{$key_use}_key" ) && '' !== Config::secret( "{$key_use}_secret" );
	}

	private static function sign( array $claims, int $seconds, string $key_use ): string {
		$iat   = time();
		$times = array(
			'iss' => Config::get( 'site' ),
			'aud' => 'shopbell',
			'iat' => $iat,
			'exp' => $iat + $seconds,
		);
		$head  = array(
			'alg' => 'HS256',
			'typ' => 'JWT',
			'kid' => Config::get( "{$key_use}_key" ),
		);
		$text  = self::part( wp_json_encode( $head ) ) . '.' . self::part( wp_json_encode( $times + $claims ) );
		return $text . '.' . self::part( hash_hmac( 'sha256', $text, Config::secret( "{$key_use}_secret" ), true ) );
	}

	private static function part( string $bytes ): string {
		return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
	}
}
