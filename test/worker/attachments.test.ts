import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePng, storedKeys, upload } from '../support/files.ts'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { openSocket } from '../support/socket.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: TestSite
let shopper: Person
let seller: Person
let chat: string

beforeAll(async () => {
  worker = await startWorker()
  site = await makeSite(worker.env.DB, { limits: { enabled: false } })
  shopper = await site.person({ name: 'Sam' })
  seller = await site.person({ role: 'seller', name: 'Priya' })
  chat = await startChat(shopper)
})
afterAll(() => worker.stop())

let made = 0
const clientId = () => `client-id-${made++}`
const PICTURE = makePng(40, 30)

async function startChat(person: Person, thing = `thing-${made++}`): Promise<string> {
  const { body } = await worker.call('/v1/chats', {
    token: person.token,
    body: { context: { type: 'product', id: thing } },
  })
  return body.chat.id
}

async function uploaded(person: Person, bytes: Uint8Array = PICTURE, options = {}): Promise<any> {
  const { status, body } = await upload(worker, person.token, bytes, options)
  expect({ status, body }).toMatchObject({ status: 201 })
  return body.file
}

const send = (person: Person, to: string, message: object) =>
  worker.call(`/v1/chats/${to}/messages`, { token: person.token, body: { clientId: clientId(), ...message } })
const links = async (person: Person, ...files: string[]) =>
  (await worker.call('/v1/files/links', { token: person.token, body: { files } })).body.links
const open = (url: string, headers: Record<string, string> = {}) => fetch(worker.url + url, { headers })
const linkTo = async (person: Person, file: string) => (await links(person, file))[0].url as string

async function sent(person: Person, to: string, file?: string) {
  const id = file ?? (await uploaded(person)).id
  const { status, body } = await send(person, to, { attachments: [id] })
  expect(status).toBe(201)
  return { file: id, message: body.message }
}

describe('a file in a message', () => {
  it('says what it is before its bytes are asked for, to everybody in the chat', async () => {
    const socket = await openSocket(worker.url, seller.token)
    const file = await uploaded(shopper, PICTURE, { name: 'Riss im Griff.png', thumbnail: makePng(8, 6) })
    const wanted = {
      id: file.id,
      name: 'Riss im Griff.png',
      kind: 'image',
      type: 'image/png',
      size: PICTURE.length,
      width: 40,
      height: 30,
      thumbnail: true,
    }
    expect(file).toEqual(wanted)
    const { body } = await send(shopper, chat, { body: 'Like this?', attachments: [file.id] })
    expect(body.message).toMatchObject({ body: 'Like this?', attachments: [wanted] })
    const frame = await socket.next(({ type }) => type === 'message')
    expect(frame.message.attachments).toEqual([wanted])
    const { body: page } = await worker.call(`/v1/chats/${chat}/messages`, { token: seller.token })
    expect(page.messages.at(-1).attachments).toEqual([wanted])
    const { body: list } = await worker.call('/v1/chats', { token: seller.token })
    expect(list.chats.find((one: any) => one.id === chat).last.attachments).toEqual([wanted])
    socket.close()
  })

  it('may come without words, and several keep their order', async () => {
    const files = await Promise.all([1, 2, 3].map((n) => uploaded(shopper, makePng(n, n), { name: `${n}.png` })))
    const ids = files.map(({ id }) => id).reverse()
    const { status, body } = await send(shopper, chat, { attachments: ids })
    expect(status).toBe(201)
    expect(body.message).toMatchObject({ body: '', attachments: ids.map((id) => ({ id })) })
    const count = await worker.env.DB.prepare('SELECT attachments FROM messages WHERE chat = ? AND seq = ?')
      .bind(chat, body.message.seq)
      .first('attachments')
    expect(count).toBe(3)
  })

  it('must say something: no words and no files are refused', async () => {
    for (const message of [{}, { body: ' ' }, { attachments: [] }, { body: '', attachments: [] }])
      expect(await send(shopper, chat, message)).toMatchObject({ status: 422, body: { code: 'invalid' } })
  })

  it('is sent once when the request is repeated, and belongs to its clientId', async () => {
    const [one, other] = [await uploaded(shopper), await uploaded(shopper)]
    const message = { clientId: clientId(), body: 'Once', attachments: [one.id] }
    const first = await send(shopper, chat, message)
    const again = await send(shopper, chat, message)
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body).toEqual(first.body)
    const reused = await send(shopper, chat, { ...message, attachments: [other.id] })
    expect(reused).toMatchObject({ status: 409, body: { code: 'client_id_reused' } })
  })

  it('refuses the whole message for an upload that is another’s, another site’s, used, taken back or made up', async () => {
    const elsewhere = await makeSite(worker.env.DB)
    const stranger = await elsewhere.person()
    const used = (await sent(shopper, chat)).file
    const taken = (await uploaded(shopper)).id
    expect((await worker.call(`/v1/files/${taken}`, { method: 'DELETE', token: shopper.token })).status).toBe(204)
    const mine = (await uploaded(shopper)).id
    const before = await lastSeq(chat)
    const wrong = [(await uploaded(seller)).id, (await uploaded(stranger)).id, used, taken, 'file_madeupmadeup']
    for (const id of wrong) {
      const answer = await send(shopper, chat, { body: 'With words', attachments: [mine, id] })
      expect(answer).toMatchObject({ status: 422, body: { code: 'attachment_unknown' } })
    }
    expect(await lastSeq(chat)).toBe(before)
    // Nothing of the refused ones was used up.
    expect((await send(shopper, chat, { attachments: [mine] })).status).toBe(201)
  })

  it('goes into one of two messages that ask for it at once', async () => {
    const { id } = await uploaded(shopper)
    const other = await startChat(shopper)
    const answers = await Promise.all([chat, other, chat, other].map((to) => send(shopper, to, { attachments: [id] })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422])
  })

  it('comes with the first message of a chat, which is not made when a file is not right', async () => {
    const { id } = await uploaded(shopper)
    const first = (attachments: string[]) => ({
      context: { type: 'product', id: 'with-a-photo' },
      message: { clientId: 'first-with-a-photo', body: '', attachments },
    })
    const start = (attachments: string[]) =>
      worker.call('/v1/chats', { token: shopper.token, body: first(attachments) })
    expect(await start(['file_madeupmadeup'])).toMatchObject({ status: 422, body: { code: 'attachment_unknown' } })
    const { body: none } = await worker.call('/v1/chats?about=product:with-a-photo', { token: shopper.token })
    expect(none.chats).toEqual([])
    const started = await start([id])
    expect(started).toMatchObject({ status: 201, body: { message: { attachments: [{ id }] } } })
    const again = await start([id])
    expect(again).toMatchObject({ status: 200, body: { message: started.body.message } })
  })

  it('goes along with a guest who signs in before sending', async () => {
    const guest = await site.person({ role: 'guest' })
    const { id } = await uploaded(guest)
    await worker.env.DB.prepare('UPDATE users SET merged_into = ? WHERE id = ?').bind(shopper.id, guest.id).run()
    expect((await send(shopper, chat, { attachments: [id] })).status).toBe(201)
  })
})

const lastSeq = async (id: string) =>
  (await worker.env.DB.prepare('SELECT last_seq n FROM chats WHERE id = ?').bind(id).first('n')) as number

describe('a link', () => {
  it('opens without a header, as a download that may run nothing', async () => {
    const { file } = await sent(shopper, chat, (await uploaded(shopper, PICTURE, { name: 'Größe "M" 尺.png' })).id)
    const response = await open(await linkTo(seller, file))
    expect(response.status).toBe(200)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PICTURE)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(PICTURE.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="Gro_e M _.png"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20M%20%E5%B0%BA.png`,
    })
  })

  it('also opens the thumbnail, where there is one', async () => {
    const small = makePng(8, 6)
    const { file } = await sent(shopper, chat, (await uploaded(shopper, PICTURE, { thumbnail: small })).id)
    const [link] = await links(seller, file)
    const response = await open(link.thumbnail)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(small)
    const plain = await sent(shopper, chat)
    expect((await links(seller, plain.file))[0].thumbnail).toBeNull()
  })

  it('gives a part, for a video that one skips through', async () => {
    const { file } = await sent(shopper, chat)
    const url = await linkTo(seller, file)
    const size = PICTURE.length
    for (const [range, status, content] of [
      ['bytes=0-3', 206, PICTURE.subarray(0, 4)],
      [`bytes=${size - 2}-`, 206, PICTURE.subarray(size - 2)],
      ['bytes=-3', 206, PICTURE.subarray(size - 3)],
      [`bytes=10-${size + 99}`, 206, PICTURE.subarray(10)],
      ['bytes=0-1,4-5', 200, PICTURE],
      [`bytes=${size}-`, 416, Buffer.alloc(0)],
      ['bytes=-0', 416, Buffer.alloc(0)],
    ] as const) {
      const response = await open(url, { Range: range })
      expect([range, response.status]).toEqual([range, status])
      expect(Buffer.from(await response.arrayBuffer())).toEqual(content)
    }
    expect((await open(url, { Range: 'bytes=4-7' })).headers.get('content-range')).toBe(`bytes 4-7/${size}`)
  })

  it('is made only for those in the chat, and for an upload only for its uploader', async () => {
    const { file } = await sent(shopper, chat)
    const upload = (await uploaded(shopper)).id
    const stranger = await site.person()
    const elsewhere = await (await makeSite(worker.env.DB)).person()
    const made = async (person: Person) => (await links(person, file, upload)).map((link: any) => link.file)
    expect(await made(shopper)).toEqual([file, upload])
    expect(await made(seller)).toEqual([file])
    expect(await made(stranger)).toEqual([])
    expect(await made(elsewhere)).toEqual([])
  })

  it('opens nothing bare, altered, borrowed for another file, or expired', async () => {
    const [one, other] = [await sent(shopper, chat), await sent(shopper, chat)]
    const url = await linkTo(shopper, one.file)
    const [path, query = ''] = url.split('?')
    const parts = query.split('.')
    const swap = (index: number, value: string) => `${path}?${parts.with(index, value).join('.')}`
    const past = swap(3, String(Math.floor(Date.now() / 1000) - 1))
    const later = swap(3, String(Number(parts[3]) + 600))
    const wrong = [
      path!,
      `${path}?link=`,
      `${path}?link=x.y.z`,
      `/v1/files/${other.file}?${query}`,
      swap(1, shopper.session.replace(/.$/, 'x')),
      swap(2, 't'),
      swap(
        4,
        parts[4]!.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
      ),
      past,
      later,
      '/v1/files/nothing?link=',
    ]
    for (const address of wrong) expect([address, (await open(address)).status]).toEqual([address, 404])
    expect((await open(url)).status).toBe(200)
  })

  it('ends with its time', async () => {
    const { file } = await sent(shopper, chat)
    const { body } = await worker.call('/v1/files/links', { token: shopper.token, body: { files: [file] } })
    expect(body.expiresAt - Date.now()).toBeLessThan(16 * 60_000)
    expect(body.expiresAt - Date.now()).toBeGreaterThan(10 * 60_000)
  })

  it('ends with its session, its person’s place in the chat, and the file', async () => {
    const made = async () => {
      const person = await site.person()
      const place = await startChat(person)
      const { file } = await sent(person, place)
      const url = await linkTo(person, file)
      expect((await open(url)).status).toBe(200)
      return { person, place, file, url }
    }
    const run = (sql: string, ...values: unknown[]) =>
      worker.env.DB.prepare(sql)
        .bind(...values)
        .run()
    const revoked = await made()
    await run('UPDATE sessions SET revoked_at = 1 WHERE id = ?', revoked.person.session)
    const left = await made()
    await run('UPDATE participants SET left_n = 1 WHERE chat = ? AND user = ?', left.place, left.person.id)
    const blocked = await made()
    expect(
      await worker.call(`/v1/chats/${blocked.place}/block`, {
        method: 'PUT',
        token: seller.token,
        body: { blocked: true },
      }),
    ).toMatchObject({ status: 200 })
    const erased = await made()
    await run('UPDATE attachments SET removed_at = 1 WHERE id = ?', erased.file)
    for (const { url } of [revoked, left, blocked, erased]) expect((await open(url)).status).toBe(404)
    expect(await links(seller, erased.file)).toEqual([])
    const { body } = await worker.call(`/v1/chats/${erased.place}/messages`, { token: erased.person.token })
    expect(body.messages[0].attachments).toMatchObject([{ name: '', removed: true, thumbnail: false }])
  })
})

describe('what a site allows', () => {
  it('is a number of files for each message', async () => {
    const strict = await makeSite(worker.env.DB, { attachments: { perMessage: 2 } })
    const person = await strict.person()
    const place = await startChat(person)
    const ids = await Promise.all([1, 2, 3].map(async () => (await uploaded(person)).id))
    expect(await send(person, place, { attachments: ids })).toMatchObject({
      status: 422,
      body: { code: 'invalid', issues: [{ path: 'attachments' }] },
    })
    expect((await send(person, place, { attachments: ids.slice(1) })).status).toBe(201)
    const { body } = await worker.call(`/v1/sites/${strict.id}/public`)
    expect(body.attachments).toEqual({
      perMessage: 2,
      maxBytes: 10 * 1024 * 1024,
      kinds: ['image', 'video', 'audio', 'document'],
    })
  })

  it('may be none at all', async () => {
    const off = await makeSite(worker.env.DB, { attachments: { enabled: false } })
    const person = await off.person()
    expect(await upload(worker, person.token, PICTURE)).toMatchObject({
      status: 403,
      body: { code: 'attachments_off' },
    })
    const place = await startChat(person)
    const answer = await send(person, place, { attachments: ['file_madeupmadeup'] })
    expect(answer).toMatchObject({ status: 403, body: { code: 'attachments_off' } })
    expect((await worker.call(`/v1/sites/${off.id}/public`)).body.attachments).toBeNull()
  })

  it('is a number of uploads an hour for each person, and what is taken back gives none back', async () => {
    const strict = await makeSite(worker.env.DB, { attachments: { uploadsPerHour: 3 } })
    const [person, other] = [await strict.person(), await strict.person()]
    const answers = await Promise.all(Array.from({ length: 12 }, () => upload(worker, person.token, PICTURE)))
    const admitted = answers.filter(({ status }) => status === 201)
    expect(admitted).toHaveLength(3)
    for (const { body } of admitted)
      await worker.call(`/v1/files/${body.file.id}`, { method: 'DELETE', token: person.token })
    const refused = await upload(worker, person.token, PICTURE)
    expect(refused).toMatchObject({ status: 429, body: { code: 'uploads_limited' } })
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3500)
    expect((await upload(worker, other.token, PICTURE)).status).toBe(201)
  })

  it('is also twenty of the largest files an hour', async () => {
    const strict = await makeSite(worker.env.DB, { attachments: { maxMegabytes: 1 } })
    const person = await strict.person()
    const large = Buffer.concat([PICTURE, Buffer.alloc(1024 * 1024 - PICTURE.length)])
    for (let n = 0; n < 20; n++) await uploaded(person, large)
    expect(await upload(worker, person.token, PICTURE)).toMatchObject({ status: 429 })
  })

  it('leaves out who is signed out, revoked or blocked on the whole site', async () => {
    expect(await upload(worker, undefined, PICTURE)).toMatchObject({ status: 401, body: { code: 'session_required' } })
    const revoked = await site.person()
    await worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE id = ?').bind(revoked.session).run()
    expect(await upload(worker, revoked.token, PICTURE)).toMatchObject({ status: 401, body: { code: 'session_ended' } })
    const blocked = await site.person()
    await worker.env.DB.prepare("INSERT INTO blocks (site, seller, user, by, created_at) VALUES (?, '*', ?, ?, 1)")
      .bind(site.id, blocked.id, seller.id)
      .run()
    expect(await upload(worker, blocked.token, PICTURE)).toMatchObject({ status: 403, body: { code: 'blocked' } })
  })
})

describe('what is not sent', () => {
  const cron = () => worker.handle.scheduled({ cron: '* * * * *', scheduledTime: new Date() })
  const age = (id: string, hours: number) =>
    worker.env.DB.prepare('UPDATE attachments SET created_at = created_at - ? WHERE id = ?')
      .bind(hours * 3_600_000, id)
      .run()
  const rows = async (...ids: string[]) =>
    (
      await worker.env.DB.prepare('SELECT id FROM attachments WHERE id IN (SELECT value FROM json_each(?))')
        .bind(JSON.stringify(ids))
        .all()
    ).results.map(({ id }) => id)

  it('can be taken back by its uploader alone, and its object goes at once', async () => {
    const before = await storedKeys(worker.env)
    const { id } = await uploaded(shopper, PICTURE, { thumbnail: makePng(4, 4) })
    expect(await storedKeys(worker.env)).toHaveLength(before.length + 2)
    const takeBack = (person: Person) => worker.call(`/v1/files/${id}`, { method: 'DELETE', token: person.token })
    expect((await takeBack(seller)).status).toBe(404)
    expect((await takeBack(shopper)).status).toBe(204)
    expect(await storedKeys(worker.env)).toEqual(before)
    const used = await sent(shopper, chat)
    const refused = await worker.call(`/v1/files/${used.file}`, { method: 'DELETE', token: shopper.token })
    expect(refused.status).toBe(404)
    expect((await open(await linkTo(shopper, used.file))).status).toBe(200)
  })

  it('goes after a day, with its object; what was sent stays', async () => {
    const [old, young] = [(await uploaded(shopper)).id, (await uploaded(shopper)).id]
    const { file } = await sent(shopper, chat)
    await age(old, 25)
    await age(file, 25)
    await age(young, 23)
    const before = await storedKeys(worker.env)
    await cron()
    expect(await rows(old, young, file)).toEqual([file, young].sort())
    expect(await storedKeys(worker.env)).toHaveLength(before.length - 1)
    expect((await open(await linkTo(shopper, file))).status).toBe(200)
  })

  it('goes too when the upload broke off before its row knew', async () => {
    const { id } = await uploaded(shopper)
    await worker.env.DB.prepare('UPDATE attachments SET stored_at = NULL WHERE id = ?').bind(id).run()
    expect(await send(shopper, chat, { attachments: [id] })).toMatchObject({ status: 422 })
    await age(id, 25)
    const before = await storedKeys(worker.env)
    await cron()
    expect(await rows(id)).toEqual([])
    expect(await storedKeys(worker.env)).toHaveLength(before.length - 1)
  })

  it('leaves every object with a row of its own, after all of the above', async () => {
    const { results } = await worker.env.DB.prepare(
      'SELECT key FROM attachments WHERE key IS NOT NULL UNION SELECT thumb_key FROM attachments WHERE thumb_key IS NOT NULL',
    ).all()
    const known = new Set(results.map(({ key }) => key))
    expect((await storedKeys(worker.env)).filter((key) => !known.has(key))).toEqual([])
  })
})
