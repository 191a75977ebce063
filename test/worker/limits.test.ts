import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FastWorker, startFastWorker } from '../support/miniflare.ts'
import { makeSite, type TestSite } from '../support/site.ts'
import { type Answer, startOwnWorker } from '../support/worker.ts'

const PARALLEL = 300
/** Of each kind of limit: with the three kinds each number is held to 21 times, and with SHOPBELL_PROOF=1 60 times. */
const RUNS = process.env.SHOPBELL_PROOF ? 20 : 7
const WIDE = { chatsPerWindow: 1000, messagesPerWindow: 1000, burstPerChat: 1000 }
const LONG = { chatWindowSec: 3600, messageWindowSec: 3600, burstWindowSec: 3600 }

let worker: FastWorker
beforeAll(async () => {
  worker = await startFastWorker()
})
afterAll(() => worker.stop())

let made = 0
const clientId = () => `client-id-${made++}`
const startChat = (token: string, id: string) =>
  insist(() => worker.call('/v1/chats', { token, body: { context: { type: 'product', id } } }))
const say = (token: string, chat: string, id = clientId(), body = 'hi') =>
  insist(() => worker.call(`/v1/chats/${chat}/messages`, { token, body: { clientId: id, body } }))
const siteWith = (limits: object) => makeSite(worker.env.DB, { limits: { ...WIDE, ...LONG, ...limits } })
const count = (answers: Answer[], status: number) => answers.filter((answer) => answer.status === status).length
const isAdmitted = ({ status }: Answer) => status === 200 || status === 201

function atOnce(requests: (() => Promise<Answer>)[]): Promise<Answer[]> {
  return Promise.all(requests.map((request) => request()))
}

/** The system may reset some of 300 new connections, of which the worker then knows nothing: the same request goes again. */
async function insist(request: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await request()
    } catch (error) {
      if (tries === 5) throw error
      await new Promise((resolve) => setTimeout(resolve, 100 * tries))
    }
  }
}

async function chatsOf(site: TestSite, most: number) {
  const { token } = await site.person()
  const chats: string[] = []
  for (let i = 0; i < most; i++) chats.push((await startChat(token, `thing-${i}`)).body.chat.id)
  return { token, chats }
}

/** Everything admitted can be repeated at once without a refusal, and without a further row. */
async function expectRetriesFree(token: string, admitted: { chat: string; id: string }[]) {
  const retries = await atOnce(
    admitted.map(
      ({ chat, id }) =>
        () =>
          say(token, chat, id),
    ),
  )
  expect(count(retries, 200)).toBe(admitted.length)
}

function expectRefusals(answers: Answer[], code: string) {
  for (const { status, body, headers } of answers) {
    if (status < 300) continue
    expect([status, body.code]).toEqual([429, code])
    expect(body.retryAfterMs).toBeGreaterThan(0)
    expect(Number(headers.get('Retry-After'))).toBeGreaterThanOrEqual(1)
    expect(Object.keys(body).sort()).toEqual(['code', 'retryAfterMs', 'title'])
  }
}

describe.each([1, 7, 20])(`a limit of %i under ${PARALLEL} attempts at once, ${RUNS} runs`, (most) => {
  it('admits exactly that many messages to one chat (burst), retries free', async () => {
    const site = await siteWith({ burstPerChat: most })
    for (let run = 0; run < RUNS; run++) {
      const { token, chats } = await chatsOf(site, 1)
      const chat = chats[0] as string
      const ids = Array.from({ length: PARALLEL }, clientId)
      const answers = await atOnce(ids.map((id) => () => say(token, chat, id)))
      expect(answers.filter(isAdmitted)).toHaveLength(most)
      expectRefusals(answers, 'burst_limited')
      await expectRetriesFree(
        token,
        ids.filter((_, i) => isAdmitted(answers[i] as Answer)).map((id) => ({ chat, id })),
      )
    }
  })

  it('admits exactly that many messages of one user over five chats, retries free', async () => {
    const site = await siteWith({ messagesPerWindow: most })
    for (let run = 0; run < RUNS; run++) {
      const { token, chats } = await chatsOf(site, 5)
      const sends = Array.from({ length: PARALLEL }, (_, i) => ({ chat: chats[i % 5] as string, id: clientId() }))
      const answers = await atOnce(
        sends.map(
          ({ chat, id }) =>
            () =>
              say(token, chat, id),
        ),
      )
      expect(answers.filter(isAdmitted)).toHaveLength(most)
      expectRefusals(answers, 'messages_limited')
      await expectRetriesFree(
        token,
        sends.filter((_, i) => isAdmitted(answers[i] as Answer)),
      )
    }
  })

  it('admits exactly that many new chats of one user, and opens the old ones freely', async () => {
    const site = await siteWith({ chatsPerWindow: most })
    for (let run = 0; run < RUNS; run++) {
      const { token } = await site.person()
      const answers = await atOnce(Array.from({ length: PARALLEL }, (_, i) => () => startChat(token, `thing-${i}`)))
      expect(answers.filter(isAdmitted)).toHaveLength(most)
      expectRefusals(answers, 'chats_limited')
      const old = answers.flatMap((answer, i) => (isAdmitted(answer) ? [`thing-${i}`] : []))
      const again = await atOnce(old.map((id) => () => startChat(token, id)))
      expect(count(again, 200)).toBe(most)
    }
  })
})

describe('the limits', () => {
  it.each([
    ['burst', 'burst_limited', { burstPerChat: 2, burstWindowSec: 2 }],
    ['message', 'messages_limited', { messagesPerWindow: 2, messageWindowSec: 2 }],
    ['chat', 'chats_limited', { chatsPerWindow: 2, chatWindowSec: 2 }],
  ])('say when to try again within the %s window, and admit then', async (what, code, limits) => {
    const site = await siteWith(limits)
    const { token } = await site.person()
    const chat = what === 'chat' ? '' : (await startChat(token, 'thing')).body.chat.id
    const attempt = () => (chat ? say(token, chat) : startChat(token, clientId()))
    await attempt()
    await attempt()
    const refused = await attempt()
    expect(refused).toMatchObject({ status: 429, body: { code } })
    expect(refused.body.retryAfterMs).toBeLessThanOrEqual(2000)
    await new Promise((resolve) => setTimeout(resolve, refused.body.retryAfterMs + 50))
    expect((await attempt()).status).toBe(201)
  })

  it('are each their own: another user, another chat, another site is not touched', async () => {
    const site = await siteWith({ burstPerChat: 1 })
    const { token, chats } = await chatsOf(site, 2)
    expect((await say(token, chats[0] as string)).status).toBe(201)
    expect((await say(token, chats[0] as string)).status).toBe(429)
    expect((await say(token, chats[1] as string)).status).toBe(201)
    const other = await chatsOf(site, 1)
    expect((await say(other.token, other.chats[0] as string)).status).toBe(201)
  })

  it('count nothing that was refused, so that a flood recovers', async () => {
    const site = await siteWith({ messagesPerWindow: 3, messageWindowSec: 2 })
    const { token, chats } = await chatsOf(site, 1)
    const chat = chats[0] as string
    const until = Date.now() + 4_500
    let admitted = 0
    while (Date.now() < until) if ((await say(token, chat)).status === 201) admitted++
    expect(admitted).toBeGreaterThanOrEqual(6)
    expect(admitted).toBeLessThanOrEqual(9)
  })

  it('are off when the switch is', async () => {
    const site = await siteWith({ enabled: false, burstPerChat: 1, messagesPerWindow: 1, chatsPerWindow: 1 })
    const { token, chats } = await chatsOf(site, 3)
    const answers = await Promise.all(Array.from({ length: 30 }, () => say(token, chats[0] as string)))
    expect(count(answers, 201)).toBe(30)
  })

  it('take retries of admitted messages from memory at full quota', async () => {
    const site = await siteWith({ burstPerChat: 60, messagesPerWindow: 60 })
    const { token, chats } = await chatsOf(site, 1)
    const chat = chats[0] as string
    const ids = Array.from({ length: 60 }, clientId)
    await Promise.all(ids.map((id) => say(token, chat, id)))
    expect((await say(token, chat)).status).toBe(429)
    await expectRetriesFree(
      token,
      ids.map((id) => ({ chat, id })),
    )
  })
})

it('a room that forgets in hibernation refills no limit', async () => {
  const slow = await startOwnWorker()
  const site = await makeSite(slow.env.DB, { limits: { ...WIDE, ...LONG, burstPerChat: 5 } })
  const { token } = await site.person()
  const send = (chat: string, id: string) =>
    slow.call(`/v1/chats/${chat}/messages`, { token, body: { clientId: id, body: 'hi' } })
  const started = await slow.call('/v1/chats', { token, body: { context: { type: 'product', id: '1' } } })
  const chat: string = started.body.chat.id
  const admitted: string[] = []
  for (let visit = 0; visit < 3; visit++) {
    const ids = Array.from({ length: 20 }, clientId)
    const answers = await Promise.all(ids.map((id) => send(chat, id)))
    admitted.push(...ids.filter((_, i) => answers[i]?.status === 201))
    await slow.evict('CHAT_ROOM', `${site.id}/${chat}`)
  }
  expect(admitted).toHaveLength(5)
  expect(count(await Promise.all(admitted.map((id) => send(chat, id))), 200)).toBe(5)
  await slow.stop()
})
