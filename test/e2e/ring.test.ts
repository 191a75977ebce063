import { createECDH, randomBytes } from 'node:crypto'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchWholeBrowser } from '../support/browser.ts'
import { createSite, operate } from '../support/identity.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/a-browser-of-these-tests'

let worker: TestWorker
let browser: Browser
beforeAll(async () => {
  worker = await startWorker()
  browser = await launchWholeBrowser()
})
afterAll(async () => {
  await browser?.close()
  await worker?.stop()
})

/** No push service is reached: the browser's subscription is made here, everything around it is the browser's own. */
async function subscribeHere(context: BrowserContext) {
  const browserKeys = createECDH('prime256v1')
  const p256dh = browserKeys.generateKeys('base64url')
  const json = { endpoint: ENDPOINT, keys: { p256dh, auth: randomBytes(16).toString('base64url') } }
  await context.addInitScript((json) => {
    let mine: object | null = null
    const unsubscribe = async () => {
      mine = null
      return true
    }
    PushManager.prototype.getSubscription = async () => mine as PushSubscription | null
    PushManager.prototype.subscribe = async () => {
      mine = { endpoint: json.endpoint, toJSON: () => json, unsubscribe }
      return mine as PushSubscription
    }
  }, json)
}

async function openInbox(context: BrowserContext): Promise<{ page: Page; site: string }> {
  const site = await createSite(worker)
  const invite = { method: 'POST', body: { seller: 'shop', email: 'priya@oak.example' } }
  const { body } = await operate(worker, `/sites/${site.id}/invites`, invite)
  const page = await context.newPage()
  await page.goto(`/inbox?site=${site.id}#${body.link.split('#')[1]}`)
  await page.getByRole('button', { name: 'Open my inbox' }).click()
  return { page, site: site.id }
}

/** Hands a push message to the service worker, as the browser does when one comes in. */
async function pushTo(devtools: CDPSession, note: object) {
  const registered = new Promise<string>((resolve) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.endsWith('/inbox'))
      if (ours) resolve(ours.registrationId)
    }),
  )
  await devtools.send('ServiceWorker.enable')
  const registrationId = await registered
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: worker.url,
    registrationId,
    data: JSON.stringify(note),
  })
}

test('a seller switches ringing on, and their browser rings once the inbox is closed', async () => {
  const context = await browser.newContext({ baseURL: worker.url, permissions: ['notifications'] })
  await subscribeHere(context)
  const { page, site } = await openInbox(context)
  const settings = async () => {
    await page.getByRole('button', { name: 'Settings' }).click()
    return page.getByRole('dialog', { name: 'Settings' }).getByRole('switch', { name: /closed/ })
  }
  const state = () =>
    worker.env.DB.prepare('SELECT endpoint, words FROM push_subscriptions WHERE site = ?').bind(site).all()
  await (await settings()).click()
  await expect.poll(async () => (await state()).results).toEqual([{ endpoint: ENDPOINT, words: 0 }])

  const sleeper = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const blank = await context.newPage()
  await page.close()
  const url = `/inbox?site=${site}#chat=chat_x`
  const note = { title: 'Sam', body: 'New message · Walnut Bowl', tag: 'chat_x', url, lang: 'en' }
  await pushTo(await context.newCDPSession(blank), note)
  const shown = () =>
    sleeper.evaluate(async () => {
      const all: Notification[] = await Reflect.get(self, 'registration').getNotifications()
      return all.map(({ title, body, tag, data }) => ({ title, body, tag, data }))
    })
  await expect.poll(shown).toEqual([{ title: 'Sam', body: note.body, tag: 'chat_x', data: url }])
  await context.close()
})
