<?php
// As much of WordPress as the plugin calls, kept in memory. $world is the scenario; Ended is where WordPress would exit.

define( 'ABSPATH', __DIR__ . '/' );
define( 'MINUTE_IN_SECONDS', 60 );
define( 'HOUR_IN_SECONDS', 3600 );

final class Ended extends Exception {
	public $answer;
	public function __construct( array $answer ) {
		parent::__construct( 'ended' );
		$this->answer = $answer;
	}
}

class WP_Error {
	private $code;
	private $message;
	public function __construct( $code = '', $message = '' ) {
		$this->code    = $code;
		$this->message = $message;
	}
	public function get_error_message() {
		return $this->message;
	}
	public function get_error_code() {
		return $this->code;
	}
}
function is_wp_error( $thing ) {
	return $thing instanceof WP_Error;
}

class WP_REST_Response {
	public $data;
	public function __construct( $data ) {
		$this->data = $data;
	}
	public function get_data() {
		return $this->data;
	}
	public function set_data( $data ) {
		$this->data = $data;
	}
}

class WP_User {
	public $ID;
	public $display_name;
	public $user_email;
	public $roles;
	public $caps;
	public function __construct( array $user ) {
		foreach ( $user + array( 'display_name' => '', 'user_email' => '', 'roles' => array(), 'caps' => array() ) as $name => $value ) {
			$this->$name = $value;
		}
	}
}

function world( $name, $default = null ) {
	return $GLOBALS['world'][ $name ] ?? $default;
}

// Hooks.
$GLOBALS['hooks'] = array();
function add_filter( $hook, $callback, $priority = 10, $count = 1 ) {
	$GLOBALS['hooks'][ $hook ][ $priority ][] = array( $callback, $count );
	ksort( $GLOBALS['hooks'][ $hook ] );
	return true;
}
function add_action( $hook, $callback, $priority = 10, $count = 1 ) {
	return add_filter( $hook, $callback, $priority, $count );
}
function apply_filters( $hook, $value, ...$more ) {
	foreach ( $GLOBALS['hooks'][ $hook ] ?? array() as $callbacks ) {
		foreach ( $callbacks as list( $callback, $count ) ) {
			$value = call_user_func_array( $callback, array_slice( array_merge( array( $value ), $more ), 0, $count ) );
		}
	}
	return $value;
}
function do_action( $hook, ...$arguments ) {
	foreach ( $GLOBALS['hooks'][ $hook ] ?? array() as $callbacks ) {
		foreach ( $callbacks as list( $callback, $count ) ) {
			call_user_func_array( $callback, array_slice( $arguments, 0, $count ) );
		}
	}
}
function register_activation_hook( $file, $callback ) {
	add_action( 'activate', $callback );
}
function register_deactivation_hook( $file, $callback ) {
	add_action( 'deactivate', $callback );
}
$GLOBALS['shortcodes'] = array();
function add_shortcode( $name, $callback ) {
	$GLOBALS['shortcodes'][ $name ] = $callback;
}
function shortcode_atts( $defaults, $given ) {
	return array_intersect_key( (array) $given, $defaults ) + $defaults;
}

// Options, with the word on autoload, and transients.
$GLOBALS['options']    = array();
$GLOBALS['autoload']   = array();
$GLOBALS['transients'] = array();
function get_option( $name, $default = false ) {
	return array_key_exists( $name, $GLOBALS['options'] ) ? $GLOBALS['options'][ $name ] : $default;
}
function update_option( $name, $value, $autoload = null ) {
	$GLOBALS['options'][ $name ] = $value;
	if ( null !== $autoload || ! isset( $GLOBALS['autoload'][ $name ] ) ) {
		$GLOBALS['autoload'][ $name ] = null === $autoload ? true : $autoload;
	}
	return true;
}
function delete_option( $name ) {
	unset( $GLOBALS['options'][ $name ] );
}
function get_transient( $name ) {
	return $GLOBALS['transients'][ $name ] ?? false;
}
function set_transient( $name, $value, $seconds ) {
	$GLOBALS['transients'][ $name ] = $value;
}
function delete_transient( $name ) {
	unset( $GLOBALS['transients'][ $name ] );
}

// People.
function get_userdata( $id ) {
	foreach ( world( 'users', array() ) as $user ) {
		if ( (int) $user['ID'] === (int) $id ) {
			return new WP_User( $user );
		}
	}
	return false;
}
function get_current_user_id() {
	return (int) world( 'user', 0 );
}
function is_user_logged_in() {
	return get_current_user_id() > 0;
}
function wp_get_current_user() {
	return get_userdata( get_current_user_id() );
}
function user_can( $user, $capability ) {
	$user = $user instanceof WP_User ? $user : get_userdata( $user );
	return $user && in_array( $capability, $user->caps, true );
}
function current_user_can( $capability ) {
	return user_can( get_current_user_id(), $capability );
}
function get_user_meta( $id, $key, $single ) {
	return world( 'meta', array() )[ $id ][ $key ] ?? '';
}
function wp_create_nonce( $action ) {
	return substr( hash( 'sha256', 'nonce ' . $action . get_current_user_id() ), 0, 10 );
}
function check_ajax_referer( $action, $name, $stop ) {
	return ( $_REQUEST[ $name ] ?? '' ) === wp_create_nonce( $action );
}
function check_admin_referer( $action ) {
	if ( ( $_REQUEST['_wpnonce'] ?? '' ) !== wp_create_nonce( $action ) ) {
		throw new Ended( array( 'status' => 403, 'body' => 'nonce' ) );
	}
}
function wp_nonce_field( $action ) {
	echo '<input type="hidden" name="_wpnonce" value="' . esc_attr( wp_create_nonce( $action ) ) . '">';
}

// Text.
function esc_html( $text ) {
	return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8', false );
}
function esc_attr( $text ) {
	return esc_html( $text );
}
function esc_url( $url ) {
	if ( preg_match( '/^\s*[a-z][a-z0-9+.-]*:/i', $url ) && ! preg_match( '/^https?:/i', $url ) ) {
		return '';
	}
	$url = preg_replace( '/[^a-z0-9-~+_.?#=!&;,\/:%@$|*\'()\[\]\x80-\xff]/i', '', $url );
	return str_replace( array( '&', "'" ), array( '&#038;', '&#039;' ), $url );
}
function esc_url_raw( $url ) {
	return preg_match( '#^https?://#', $url ) ? $url : '';
}
function __( $text, $domain ) {
	return $text;
}
function esc_html__( $text, $domain ) {
	return esc_html( $text );
}
function wp_strip_all_tags( $text ) {
	return trim( strip_tags( preg_replace( '@<(script|style)[^>]*?>.*?</\\1>@si', '', $text ) ) );
}
function wp_check_invalid_utf8( $text, $strip ) {
	return preg_match( '//u', $text ) ? $text : (string) iconv( 'UTF-8', 'UTF-8//IGNORE', $text );
}
function sanitize_text_field( $text ) {
	return trim( strip_tags( (string) $text ) );
}
function wp_unslash( $value ) {
	return is_array( $value ) ? array_map( 'wp_unslash', $value ) : stripslashes( $value );
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/\\' );
}
function is_email( $text ) {
	return (bool) preg_match( '/^[^@\s]+@[^@\s.]+\.[^@\s]+$/', $text );
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function wp_list_pluck( $list, $field ) {
	return array_map(
		static function ( $row ) use ( $field ) {
			return $row[ $field ] ?? null;
		},
		$list
	);
}
function checked( $value, $wanted, $echo ) {
	return $value === $wanted ? " checked='checked'" : '';
}
function selected() {}

// Addresses.
function wp_parse_url( $url ) {
	return parse_url( $url );
}
function home_url( $path = '' ) {
	return rtrim( world( 'home', 'https://shop.example' ), '/' ) . $path;
}
function admin_url( $path = '', $scheme = '' ) {
	return ( 'relative' === $scheme ? '' : home_url() ) . '/wp-admin/' . $path;
}
function plugins_url( $path, $file ) {
	return home_url( '/wp-content/plugins/shopbell/' . $path );
}
function plugin_basename( $file ) {
	return 'shopbell/shopbell.php';
}
function add_query_arg( $query, $url ) {
	$pairs = array();
	foreach ( $query as $name => $value ) {
		$pairs[] = "$name=$value";
	}
	return $url . ( false === strpos( $url, '?' ) ? '?' : '&' ) . implode( '&', $pairs );
}

// Ends of a request.
function wp_send_json( $value, $status = 200 ) {
	nocache_headers();
	throw new Ended( array( 'status' => $status, 'body' => $value ) );
}
function wp_die( $text = '', $title = '', $arguments = array() ) {
	nocache_headers();
	throw new Ended( array( 'status' => $arguments['response'] ?? 200, 'body' => $text ) );
}
function wp_safe_redirect( $url ) {
	throw new Ended( array( 'status' => 302, 'location' => $url ) );
}
function nocache_headers() {
	$headers = array( 'Cache-Control' => 'no-cache, must-revalidate, max-age=0', 'Expires' => 'Wed, 11 Jan 1984 05:00:00 GMT' );
	foreach ( apply_filters( 'nocache_headers', $headers ) as $name => $value ) {
		$GLOBALS['headers'][] = "$name: $value";
	}
}

// HTTP, for real. PHP's own http:// waits until the server closes the connection, and development servers keep it open.
function wp_remote_request( $url, $arguments ) {
	$at     = parse_url( $url );
	$socket = @stream_socket_client( "tcp://{$at['host']}:{$at['port']}", $code, $text, 2 );
	if ( ! $socket ) {
		return new WP_Error( 'http_request_failed', 'No connection.' );
	}
	stream_set_timeout( $socket, 0, (int) ( 1e6 * world( 'seconds', $arguments['timeout'] ) ) );
	$body  = (string) $arguments['body'];
	$lines = array( "{$arguments['method']} " . substr( $url, strpos( $url, '/', 8 ) ) . ' HTTP/1.1' );
	$sent  = $arguments['headers'] + array( 'Host' => "{$at['host']}:{$at['port']}", 'Content-Length' => strlen( $body ) );
	foreach ( $sent as $name => $value ) {
		$lines[] = "$name: $value";
	}
	fwrite( $socket, implode( "\r\n", $lines ) . "\r\n\r\n" . $body );
	$head = '';
	while ( false === strpos( $head, "\r\n\r\n" ) ) {
		$line = fgets( $socket );
		if ( false === $line ) {
			return new WP_Error( 'http_request_failed', 'No answer.' );
		}
		$head .= $line;
	}
	preg_match( '/^\S+ (\d{3})/', $head, $status );
	return array( 'response' => array( 'code' => (int) $status[1] ), 'body' => read_body( $socket, $head ) );
}
function read_body( $socket, $head ) {
	if ( preg_match( '/^content-length: (\d+)/im', $head, $length ) ) {
		return $length[1] > 0 ? (string) stream_get_contents( $socket, (int) $length[1] ) : '';
	}
	$body = '';
	while ( preg_match( '/^transfer-encoding: chunked/im', $head ) ) {
		$size = hexdec( trim( (string) fgets( $socket ) ) );
		if ( ! $size ) {
			break;
		}
		$body .= stream_get_contents( $socket, $size );
		fgets( $socket );
	}
	return $body;
}
function wp_remote_retrieve_body( $answer ) {
	return $answer['body'];
}
function wp_remote_retrieve_response_code( $answer ) {
	return $answer['response']['code'];
}

// Scripts and blocks.
$GLOBALS['scripts'] = array();
function wp_enqueue_script( $handle, $url, $needs, $version, $where ) {
	$GLOBALS['scripts'][ $handle ] = $url;
}
function wp_register_script() {}
function wp_set_script_translations() {}
function load_plugin_textdomain() {}
$GLOBALS['blocks'] = array();
function register_block_type( $folder, $arguments ) {
	$block                               = json_decode( file_get_contents( "$folder/block.json" ), true );
	$GLOBALS['blocks'][ $block['name'] ] = $arguments['render_callback'];
}
function get_block_wrapper_attributes() {
	return 'class="wp-block-shopbell"';
}

// Dashboard.
function add_menu_page( $title, $menu, $capability, $slug, $show ) {
	$GLOBALS['pages'][ $slug ] = $show;
	return "toplevel_page_$slug";
}
function add_submenu_page( $parent, $title, $menu, $capability, $slug, $show ) {
	$GLOBALS['pages'][ $slug ] = $show;
}
function submit_button( $text = 'Save Changes' ) {
	echo '<button>' . esc_html( $text ) . '</button>';
}

// Time.
$GLOBALS['events'] = array();
function wp_next_scheduled( $hook ) {
	return in_array( $hook, array_column( $GLOBALS['events'], 'hook' ), true );
}
function wp_schedule_event( $at, $recurrence, $hook ) {
	$GLOBALS['events'][] = array( 'hook' => $hook, 'arguments' => array() );
}
function wp_schedule_single_event( $at, $hook, $arguments = array() ) {
	$GLOBALS['events'][] = array( 'hook' => $hook, 'arguments' => $arguments, 'in' => $at - time() );
}
function wp_unschedule_hook( $hook ) {
	$GLOBALS['events'] = array_values(
		array_filter(
			$GLOBALS['events'],
			static function ( $event ) use ( $hook ) {
				return $event['hook'] !== $hook;
			}
		)
	);
}

// The page.
function get_bloginfo( $what ) {
	return '6.8.1';
}
function flush_rewrite_rules( $hard ) {
	$GLOBALS['flushed'] = ( $GLOBALS['flushed'] ?? 0 ) + 1;
}
function wp_is_block_theme() {
	return (bool) world( 'block_theme', false );
}
function get_queried_object_id() {
	return (int) world( 'page', 0 );
}
function get_the_ID() {
	return get_queried_object_id();
}
function get_query_var( $name ) {
	return world( 'query', array() )[ $name ] ?? '';
}
function get_permalink( $id ) {
	return home_url( "/?p=$id" );
}
function get_the_title( $id ) {
	return world( 'posts', array() )[ $id ]['title'] ?? '';
}
function get_the_post_thumbnail_url( $id, $size ) {
	return false;
}
function get_post_field( $field, $id ) {
	return world( 'posts', array() )[ $id ][ $field ] ?? '';
}
function is_post_publicly_viewable( $id ) {
	return isset( world( 'posts', array() )[ $id ] ) || isset( world( 'products', array() )[ $id ] );
}
function wp_get_attachment_image_url( $id, $size ) {
	return home_url( "/wp-content/uploads/$id.jpg" );
}
