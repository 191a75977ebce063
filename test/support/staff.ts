import { type MadeSite, operate, seconds } from './identity.ts'
import type { Answer, CallOptions, TestWorker } from './worker.ts'

export const OFFICE = 'https://office.shop.example'

export interface Staff {
  id: string
  token: string
  refreshToken: string
  sid: string
  /** A request of this person from the page where they are signed in. */
  call(path: string, options?: CallOptions): Promise<Answer>
}

type Worker = Pick<TestWorker, 'call' | 'url' | 'env'>

const toStaff = (worker: Worker, origin: string, { token, refreshToken, user }: any): Staff => ({
  id: user.id,
  token,
  refreshToken,
  sid: refreshToken.split('.')[1],
  call: (path, options = {}) => worker.call(path, { token, origin, ...options }),
})

/** A request as one of the deployment's own pages makes it. */
export const hosted = (worker: Worker, path: string, options: CallOptions = {}) =>
  worker.call(path, { origin: worker.url, ...options })

/** The first owner of a site, who came by the setup code. */
export async function openOwner(worker: Worker, site: MadeSite, email = `owner-${site.id.slice(5, 15)}@shop.example`) {
  const body = { site: site.id, link: site.setup, owner: { email, name: 'Olga Owner' } }
  const answer = await hosted(worker, '/v1/sessions', { body })
  if (answer.status !== 201) throw new Error(`No owner: ${JSON.stringify(answer.body)}`)
  return { ...toStaff(worker, worker.url, answer.body), email }
}

/** Somebody whom the shop itself signs in to run the site. */
export async function openAsserted(worker: Worker, site: MadeSite, role: 'admin' | 'analyst', sub = `boss-${role}`) {
  await operate(worker, `/sites/${site.id}/origins`, { method: 'PUT', body: { origin: OFFICE, use: 'admin' } })
  const assertion = staffAssertion(site, role, sub)
  const answer = await site.open({ assertion }, { origin: OFFICE })
  if (answer.status !== 201) throw new Error(`No ${role}: ${JSON.stringify(answer.body)}`)
  return toStaff(worker, OFFICE, answer.body)
}

export function staffAssertion(site: MadeSite, role: string, sub: string) {
  const iat = seconds()
  return site.assertion({ sub, role, iat, exp: iat + 60, name: `The ${role}` }, site.admin)
}

/** Somebody whom the owner has invited by mail, signed in by the link. */
export async function openInvited(worker: Worker, site: MadeSite, owner: Staff, role: string, email: string) {
  const made = await owner.call('/v1/admin/people', { body: { email, role, name: `Invited ${role}` } })
  if (made.status !== 201) throw new Error(`No invitation: ${JSON.stringify(made.body)}`)
  const answer = await hosted(worker, '/v1/sessions', {
    body: { site: site.id, link: made.body.link.split('#invite=')[1] },
  })
  if (answer.status !== 201) throw new Error(`No ${role}: ${JSON.stringify(answer.body)}`)
  return { ...toStaff(worker, worker.url, answer.body), email }
}

/** Asks for a code as a hosted page does; the answer and the code as it lies in the outbox, if one was sent. */
export async function askForCode(worker: Worker, site: string, email: string, door = 'admin') {
  const asked = await hosted(worker, '/v1/sign-in/codes', { body: { site, door, email } })
  return {
    asked,
    challenge: asked.body.challenge as string,
    code: asked.status === 202 ? await codeFor(worker, email) : null,
  }
}

const NEWEST_CODE = `
SELECT o.id, o.payload, r.request FROM outbox o LEFT JOIN outbox_requests r ON r.mail = o.id
WHERE o.kind = 'code' AND o.recipient IN (SELECT id FROM users WHERE lower(email) = lower(?1) UNION ALL SELECT ?1)
ORDER BY o.created_at DESC LIMIT 1`

/** The newest code on its way to an address, read once; null when there is none after a while. */
export async function codeFor(worker: Worker, email: string, tries = 40): Promise<string | null> {
  const row = await worker.env.DB.prepare(NEWEST_CODE).bind(email).first<any>()
  const code = `${row?.payload} ${row?.request}`.match(/\b\d{6}\b/)?.[0]
  if (code) {
    await worker.env.DB.prepare('DELETE FROM outbox WHERE id = ?').bind(row.id).run()
    return code
  }
  if (tries === 0) return null
  await new Promise((resolve) => setTimeout(resolve, 25))
  return codeFor(worker, email, tries - 1)
}

/** Lets the last proof of a session be long ago. */
export const ageProof = (worker: Worker, { sid }: Staff) =>
  worker.env.DB.prepare('UPDATE sessions SET stepped_up_at = stepped_up_at - 660000 WHERE id = ?').bind(sid).run()

/** Every row of a site's audit log, oldest first. */
export async function auditOf(worker: Worker, site: string) {
  const { results } = await worker.env.DB.prepare(
    'SELECT actor, role, action, subject, field, from_value, to_value FROM audit WHERE site = ? ORDER BY id',
  )
    .bind(site)
    .all<any>()
  return results
}
