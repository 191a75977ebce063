<?php
// Plays a scenario: JSON on stdin says the world and the steps; JSON on stdout what came of each.
namespace Shopbell {
	function header( $line ) {
		$GLOBALS['headers'][] = $line;
	}
	function header_remove( $name ) {
		$GLOBALS['headers'][] = "-$name";
	}
}

namespace {
	error_reporting( E_ALL );
	set_error_handler(
		static function ( $level, $text, $file, $line ) {
			if ( error_reporting() & $level ) {
				throw new ErrorException( "$text ($file:$line)" );
			}
			return true;
		}
	);
	$GLOBALS['world']   = json_decode( stream_get_contents( STDIN ), true );
	$GLOBALS['headers'] = array();
	require __DIR__ . '/wordpress.php';
	if ( world( 'woocommerce', true ) ) {
		require __DIR__ . '/woocommerce.php';
	}
	foreach ( world( 'constants', array() ) as $name => $value ) {
		define( $name, $value );
	}
	foreach ( world( 'options', array() ) as $name => $value ) {
		$GLOBALS['options'][ $name ] = $value;
	}
	foreach ( world( 'transients', array() ) as $name => $value ) {
		$GLOBALS['transients'][ $name ] = $value;
	}
	$_SERVER = array_merge( $_SERVER, world( 'server', array() ) );
	$_GET    = world( 'get', array() );
	// WordPress adds slashes to what comes in.
	$slash    = static function ( $value ) use ( &$slash ) {
		return is_array( $value ) ? array_map( $slash, $value ) : addslashes( $value );
	};
	$_POST    = $slash( world( 'post', array() ) );
	$_REQUEST = $_POST + $_GET;
	require getenv( 'PLUGIN' ) . '/shopbell.php';

	$argument = static function ( $value ) {
		if ( is_array( $value ) && isset( $value['$order'] ) ) {
			return wc_get_order( $value['$order'] );
		}
		if ( is_array( $value ) && isset( $value['$response'] ) ) {
			return new WP_REST_Response( $value['$response'] );
		}
		return is_array( $value ) && isset( $value['$product'] ) ? wc_get_product( $value['$product'] ) : $value;
	};
	$play     = static function ( array $step ) use ( $argument ) {
		$arguments = array_map( $argument, $step['with'] ?? array() );
		if ( isset( $step['set'] ) ) {
			$GLOBALS['world'] = $step['set'] + $GLOBALS['world'];
		} elseif ( isset( $step['product'] ) ) {
			$GLOBALS['product'] = wc_get_product( $step['product'] );
		} elseif ( isset( $step['action'] ) ) {
			do_action( $step['action'], ...$arguments );
		} elseif ( isset( $step['filter'] ) ) {
			return apply_filters( $step['filter'], ...$arguments );
		} elseif ( isset( $step['shortcode'] ) ) {
			return call_user_func( $GLOBALS['shortcodes'][ $step['shortcode'] ], ...$arguments );
		} elseif ( isset( $step['block'] ) ) {
			return call_user_func( $GLOBALS['blocks'][ $step['block'] ], ...$arguments );
		} elseif ( isset( $step['page'] ) ) {
			call_user_func( $GLOBALS['pages'][ $step['page'] ] );
		} elseif ( isset( $step['nonce'] ) ) {
			$_REQUEST['_wpnonce'] = wp_create_nonce( $step['nonce'] );
		} elseif ( isset( $step['uninstall'] ) ) {
			define( 'WP_UNINSTALL_PLUGIN', true );
			require getenv( 'PLUGIN' ) . '/uninstall.php';
		} else {
			return call_user_func( $step['call'], ...$arguments );
		}
		return null;
	};
	$steps = array();
	foreach ( world( 'steps', array() ) as $step ) {
		ob_start();
		$done = array( 'result' => null, 'answer' => null );
		try {
			$result = $play( $step );
			// An error is told apart from an answer.
			$done['result'] = is_wp_error( $result ) ? array( 'error' => $result->get_error_message() ) : $result;
		} catch ( Ended $end ) {
			$done['answer'] = $end->answer;
		}
		$done['html'] = ob_get_clean();
		$steps[]      = $done;
	}
	echo json_encode(
		array(
			'steps'    => $steps,
			'headers'  => $GLOBALS['headers'],
			'options'  => (object) $GLOBALS['options'],
			'autoload' => (object) $GLOBALS['autoload'],
			'webhooks' => array_values( $GLOBALS['webhooks'] ?? array() ),
			'scripts'  => (object) $GLOBALS['scripts'],
			'events'   => $GLOBALS['events'],
			'flushed'  => $GLOBALS['flushed'] ?? 0,
			'queries'  => $GLOBALS['order_queries'] ?? array(),
		)
	);
}
