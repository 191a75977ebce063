import { decodeWords } from 'postal-mime'

/** A mail's header by name; null where it is missing. */
export type HeaderOf = (name: string) => string | null

// Exchange in our languages; other systems mark such mails by headers alone.
const SUBJECT =
  /^\s*(automatic reply|auto(matic)?[ -]?reply|out of office|automatische antwort|abwesenheitsnotiz|respuesta automática|fuera de la oficina|réponse automatique|absence du bureau|رد تلقائي|undeliver(able|ed)|unzustellbar|no se puede entregar|non remis|mail delivery (failed|failure)|delivery status notification)/i
const MACHINES = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|auto-?reply)@/i

/**
 * Whether a machine wrote it: vacation notes (RFC 3834), bounces (RFC 3464; a null sender), lists and newsletters. Such a
 * mail is dropped without an answer, since answering one is how loops begin. `sender` is the envelope's.
 */
export function isAutomatic(sender: string, header: HeaderOf): boolean {
  const auto = header('Auto-Submitted')
  const says = (name: string, what: RegExp) => what.test(header(name) ?? '')
  return (
    sender.replace(/[<>\s]/g, '') === '' ||
    MACHINES.test(sender) ||
    (auto !== null && !/^\s*no\s*(;|$)/i.test(auto)) ||
    says('Precedence', /\b(bulk|junk|list|auto[-_]?reply)\b/i) ||
    says('X-Auto-Response-Suppress', /\b(all|oof|autoreply|dr|ndr|rn|nrn)\b/i) ||
    says('Content-Type', /^\s*multipart\/report\b/i) ||
    says('Return-Path', /^\s*<\s*>\s*$/) ||
    SUBJECT.test(decodeWords(header('Subject') ?? '')) ||
    MARKS.some((name) => header(name) !== null)
  )
}

const MARKS = [
  'List-Id',
  'List-Unsubscribe',
  'X-Autoreply',
  'X-Autorespond',
  'X-Autoresponse',
  'X-Auto-Reply',
  'X-Failed-Recipients',
  'X-Loop',
  'X-Shopbell',
]
