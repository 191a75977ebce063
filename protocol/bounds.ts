// Plain constants: the one protocol file that browser code may import as values.

/** Longest message, in UTF-16 code units as a browser counts them. */
export const MAX_MESSAGE_CHARS = 4000
/** Largest JSON request body, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024
/** Largest body of the batch routes (`/catalog/*`, `/sellers`, `/orders`) and of a hook, in bytes. */
export const MAX_BATCH_BYTES = 1024 * 1024
/** Largest socket frame, in bytes. */
export const MAX_FRAME_BYTES = 16 * 1024
/** Most people who answer for one desk. */
export const MOST_MEMBERS = 50
/** How often one code for signing in may be tried. */
export const MOST_CODE_TRIES = 5
/** Most rows of one batch route. */
export const MAX_BATCH_ROWS = 500
/** Most orders of one `PUT /orders`. */
export const MAX_BATCH_ORDERS = 100
/** Most lines of an order that we look at. */
export const MAX_ORDER_ITEMS = 200
/** Messages of one history page. */
export const PAGE_MESSAGES = 50
/** Chats of one list or sync page. */
export const PAGE_CHATS = 50
/** Most files of one message, whatever a site allows. */
export const MAX_MESSAGE_FILES = 10
/** Largest file, whatever a site allows, in bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024
/** Largest thumbnail that comes with a file, in bytes, and its longer side, in pixels. */
export const MAX_THUMBNAIL_BYTES = 96 * 1024
export const MAX_THUMBNAIL_PIXELS = 800
/** Most files whose links one request asks for. */
export const MAX_FILE_LINKS = 50
export const MAX_FILE_NAME_CHARS = 160
export const MAX_NAME_CHARS = 64
export const MAX_TITLE_CHARS = 200
export const MAX_URL_CHARS = 2000
export const MAX_ID_CHARS = 128

/** Subprotocol that the socket route answers; the token travels beside it as `token.<jwt>`. */
export const SOCKET_PROTOCOL = 'shopbell.v1'
/** Socket close codes of ours (4000 to 4999 are free for applications, RFC 6455 7.4.2). */
export const CLOSE_SESSION_ENDED = 4401
export const CLOSE_FRAME_REFUSED = 4400
/** A newer socket of the same person has taken this one's place; coming back at once would start a duel of tabs. */
export const CLOSE_TOO_MANY = 4429

/** Kinds of mail that are never tried again by hand: a code or link that comes too late helps nobody. */
export const MAILS_NEVER_AGAIN = ['code', 'guest_link', 'privacy']
