import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A mail as the provider was handed it. */
export interface ReceivedMail {
  id: string
  key: string
  at: number
  from: string
  to: string
  subject: string
  html: string
  text: string
  reply_to?: string
  headers: Record<string, string>
  tags: { name: string; value: string }[]
}
export interface Faults {
  /** Shares of all calls. */
  tooMany?: number
  broken?: number
  /** Accepts the mail, and drops the line before it answers. */
  acceptThenDrop?: number
}
export interface MailStandIn {
  url: string
  /** What a worker needs to send by it. */
  vars: Record<string, string>
  /** Every mail that was accepted, once, in order. */
  accepted: ReceivedMail[]
  calls: { key: string; at: number; status: number }[]
  /** A call that came while it was to wait, or a key with another body than before. */
  violations: string[]
  faults: Faults
  /** What the key may send from; `sending only` is a key that may not look. */
  domains: { name: string; status: string }[] | 'sending only'
  /** Answers the next call by this instead. */
  next: ((key: string) => { status: number; body: object; headers?: Record<string, string> })[]
  /** Its caller was killed: an answer that was still on its way told nobody how long to wait. */
  callerDied(): void
  to(address: string): ReceivedMail[]
  until(found: (mails: ReceivedMail[]) => boolean, seconds?: number): Promise<ReceivedMail[]>
  stop(): Promise<void>
}

/** One in so many 429s also says for how long, which then holds for every call. */
const SAYS_HOW_LONG = 10
const WAIT_SEC = 2
/** An answer takes its time to arrive, on a busy machine most: what has set out by then is no violation. */
const ARRIVES_IN_MS = 1000
const DROP_AFTER_MS = 300

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Stands in for Resend: `POST /emails` with its checks, its keys (a key again with the same body answers the same id and
 * sends nothing; with another body, or while the first is at work, 409) and its faults.
 */
export async function startMailProvider(faults: Faults = {}): Promise<MailStandIn> {
  const known = new Map<string, { id: string; body: string }>()
  const state = { saidAt: 0, waitUntil: 0, tooMany: 0 }
  const standIn: Omit<MailStandIn, 'url' | 'vars' | 'stop'> = {
    accepted: [],
    calls: [],
    violations: [],
    faults,
    domains: [{ name: 'mail.example', status: 'verified' }],
    next: [],
    callerDied() {
      if (Date.now() < state.saidAt + ARRIVES_IN_MS) state.waitUntil = 0
    },
    to: (address) => standIn.accepted.filter((mail) => mail.to === address),
    async until(found, seconds = 20) {
      for (const end = Date.now() + seconds * 1000; !found(standIn.accepted); await pause(25))
        if (Date.now() > end) throw new Error(`Only ${standIn.accepted.length} mails: ${subjects(standIn.accepted)}`)
      return standIn.accepted
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const at = Date.now()
    const key = String(request.headers['idempotency-key'] ?? '')
    const body = await read(request)
    const reply = (status: number, value: object, headers: Record<string, string> = {}) => {
      standIn.calls.push({ key, at, status })
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value))
    }
    const fault = (statusCode: number, name: string, headers?: Record<string, string>) =>
      reply(statusCode, { statusCode, name, message: `The stand-in says ${name}` }, headers)
    const isDomains = request.method === 'GET' && request.url === '/domains'
    if (!isDomains && (request.method !== 'POST' || request.url !== '/emails')) return fault(404, 'not_found')
    if (request.headers.authorization !== 'Bearer re_test') return fault(401, 'invalid_api_key')
    if (isDomains && standIn.domains === 'sending only') return fault(401, 'restricted_api_key')
    if (isDomains) return reply(200, { object: 'list', has_more: false, data: standIn.domains })
    if (at > state.saidAt + ARRIVES_IN_MS && at < state.waitUntil)
      standIn.violations.push(`${key} came ${state.waitUntil - at} ms too early`)
    const scripted = standIn.next.shift()?.(key)
    if (scripted) return reply(scripted.status, scripted.body, scripted.headers)
    const mail = JSON.parse(body)
    const wrong = whatIsWrong(mail)
    if (wrong) {
      standIn.violations.push(wrong)
      return fault(422, 'validation_error')
    }
    const before = known.get(key)
    if (before && before.body !== body) {
      standIn.violations.push(`${key} came with another body`)
      return fault(409, 'invalid_idempotent_request')
    }
    const { tooMany = 0, broken = 0, acceptThenDrop = 0 } = standIn.faults
    const chance = Math.random()
    if (chance < tooMany) {
      const says = ++state.tooMany % SAYS_HOW_LONG === 0
      if (says) Object.assign(state, { saidAt: Date.now(), waitUntil: Date.now() + WAIT_SEC * 1000 })
      return fault(429, 'rate_limit_exceeded', { 'Retry-After': says ? String(WAIT_SEC) : '0' })
    }
    if (chance < tooMany + broken) return fault(500 + Math.floor(Math.random() * 4), 'internal_server_error')
    const id = before?.id ?? crypto.randomUUID()
    if (!before) {
      known.set(key, { id, body })
      standIn.accepted.push({ ...mail, to: [mail.to].flat()[0], id, key, at })
    }
    if (chance < tooMany + broken + acceptThenDrop) {
      standIn.calls.push({ key, at, status: 0 })
      await pause(DROP_AFTER_MS)
      return request.socket.destroy()
    }
    reply(200, { id })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(standIn, {
    url,
    vars: {
      RESEND_API_KEY: 're_test',
      RESEND_BASE_URL: url,
      MAIL_FROM: 'Shopbell <chat@mail.example>',
      SHOPBELL_URL: 'https://chat.example',
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  })
}

const subjects = (mails: ReceivedMail[]) => mails.map(({ to, subject }) => `${to}: ${subject}`).join(' · ')

/** What Resend would refuse, and what no mail of ours may have: a line break where a header goes. */
function whatIsWrong(mail: Record<string, unknown>): string | null {
  const { from, to, subject, html, text, headers = {} } = mail
  const lines = [from, to, subject, mail.reply_to ?? '', ...Object.entries(headers as object).flat()].flat()
  for (const line of lines)
    if (typeof line !== 'string' || /[\r\n\0\u2028\u2029]/.test(line))
      return `A header of more than a line: ${JSON.stringify(line)}`
  if (!from || !to || !subject) return 'from, to and subject are wanted'
  if (typeof html !== 'string' || typeof text !== 'string' || text.trim() === '') return 'There is no text part'
  return null
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}
