import { afterAll, beforeAll, expect, it } from 'vitest'
import { makePng, upload } from '../support/files.ts'
import { type MailWorker, openMailShop, startMailWorker } from '../support/mails.ts'

let worker: MailWorker
beforeAll(async () => {
  worker = await startMailWorker()
})
afterAll(() => worker.stop())

it('names the files of a message in the mail about it, with words and without', async () => {
  const shop = await openMailShop(worker)
  const chat = await shop.start(shop.customer)
  const { token } = shop.customer
  const send = async (name: string, body: string) => {
    const { file } = (await upload(worker, token, makePng(4, 4), { name })).body
    const message = { clientId: `with-${name.replace('.', '-')}`, body, attachments: [file.id] }
    const { status } = await worker.call(`/v1/chats/${chat}/messages`, { token, body: message })
    expect(status).toBe(201)
  }
  await send('crack.png', '')
  await send('handle.png', 'And this side:')
  await shop.dispatch()
  // What the first mail of the chat came too early for.
  await shop.later(20)
  await shop.dispatch()
  const text = shop
    .got(shop.seller)
    .map((mail) => mail.text)
    .join('\n')
    // What looks like an address is broken up, so that no mail program makes a link of it.
    .replaceAll('\u200b', '')
  expect(text).toContain('crack.png')
  expect(text).toContain('And this side:')
  expect(text).toContain('handle.png')
})
