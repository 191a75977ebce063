import PostalMime, { type Email } from 'postal-mime'
import { HIDDEN } from '../../protocol/text.ts'
import { sha256 } from '../ids.ts'
import { cutQuotes } from './cut-quotes.ts'
import { htmlToText } from './html-to-text.ts'
import type { MailHeaders } from './prove-sender.ts'

/** Far more than anybody writes above a quote; what lies behind is not looked at. */
const MOST_TEXT_CHARS = 64_000
const MOST_HTML_CHARS = 256_000
const MOST_HEADER_BYTES = 256 * 1024
const MOST_DEPTH = 20

export interface Answer {
  headers: MailHeaders
  /** What its writer wrote, without what a mail client added. */
  body: string
  /** The same for the same mail, however often it is delivered. */
  clientId: string
  files: { name: string | null; type: string; bytes: Uint8Array }[]
}

/** An answer taken out of the mail that it came in. A forwarded mail is a file, never words of its forwarder. */
export async function readAnswer(raw: Uint8Array<ArrayBuffer>): Promise<Answer> {
  const mail = await PostalMime.parse(raw, {
    forceRfc822Attachments: true,
    maxNestingDepth: MOST_DEPTH,
    maxHeadersSize: MOST_HEADER_BYTES,
  })
  return {
    headers: mail.headers,
    body: cutQuotes(wordsOf(mail)).replace(new RegExp(HIDDEN, 'gv'), '').trim(),
    clientId: `mail-${(await sha256(mail.messageId?.trim() || raw)).slice(0, 40)}`,
    files: filesOf(mail),
  }
}

const wordsOf = ({ text, html }: Email): string =>
  text?.trim()
    ? text.slice(0, MOST_TEXT_CHARS)
    : htmlToText((html ?? '').slice(0, MOST_HTML_CHARS)).slice(0, MOST_TEXT_CHARS)

/** Without the pictures of a signature, which its HTML shows; a photo among the words may well say that it is inline. */
const filesOf = ({ attachments, html }: Email): Answer['files'] =>
  attachments
    .filter(({ related, contentId }) => !related && !(contentId && html?.includes(`cid:${contentId.slice(1, -1)}`)))
    .map(({ filename, mimeType, content }) => ({
      name: filename,
      type: mimeType,
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content as ArrayBuffer),
    }))
