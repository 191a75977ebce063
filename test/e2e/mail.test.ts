import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { DemoFolder } from './start-demo.ts'

let demo: DemoFolder
let browser: Browser
let url: string
beforeAll(async () => {
  demo = new DemoFolder()
  url = (await demo.open()).url
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await demo.remove()
})

/** The shop's server sets how long a message may lie unread: nobody wants to wait a minute for a test. */
async function tellAtOnce() {
  const { server } = JSON.parse(readFileSync(join(demo.folder, 'state/demo-site.json'), 'utf8'))
  const Authorization = `Bearer sk_${server.id.slice('key_'.length)}_${server.secret}`
  const { version } = (await (await fetch(`${url}/v1/settings`, { headers: { Authorization } })).json()) as {
    version: number
  }
  const body = JSON.stringify({ version, settings: { notifications: { delaySec: 0 } } })
  const headers = { Authorization, 'Content-Type': 'application/json' }
  expect((await fetch(`${url}/v1/settings`, { method: 'PUT', headers, body })).status).toBe(200)
}

interface DevMail {
  id: string
  to: string
  subject: string
  text: string
}
async function mailTo(to: string, words: string): Promise<DevMail> {
  let found: DevMail | undefined
  await expect
    .poll(
      async () => {
        const { mails } = (await (await fetch(`${url}/dev/mail.json`)).json()) as { mails: DevMail[] }
        found = mails.find((mail) => mail.to === to && mail.text.includes(words))
        return found !== undefined
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(true)
  return found as DevMail
}

/** About a thing of Priya's that nobody has asked about: a mail of the demo's own chats waits a minute, and gathers what comes. */
async function askAsSam(page: Page, words: string) {
  await page.goto(`${url}/demo/plain/ash-desk-lamp`)
  await page.getByRole('button', { name: /^You are/ }).click()
  await page.locator('#demo-people').getByRole('button', { name: 'Sam Rivera' }).click()
  await page.locator('shopbell-start-chat').getByRole('button', { name: 'Ask about this product' }).click()
  const box = page.getByRole('textbox').last()
  await box.fill(words)
  await box.press('Enter')
  await page.getByText(words).first().waitFor()
}

/** Where pictures go when somebody wants to look at them: `SHOPBELL_PICTURES=folder npm test -- test/e2e/mail.test.ts`. */
async function picture(page: Page, name: string) {
  const folder = process.env.SHOPBELL_PICTURES
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

test('a message to a seller who is not there becomes a mail that looks right, wide and narrow, light and dark', async () => {
  await tellAtOnce()
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const words = 'Is the lamp safe beside a bath?'
  await askAsSam(page, words)
  const mail = await mailTo('priya@oakworks.example', words)
  expect(mail.subject).toBe('New message from Sam Rivera at Northfold')

  await page.goto(`${url}/dev/mail`)
  await page
    .getByRole('link', { name: /priya@oakworks\.example/ })
    .first()
    .waitFor()
  for (const [width, theme] of [
    ['wide', 'light'],
    ['wide', 'dark'],
    ['phone', 'light'],
    ['phone', 'dark'],
  ]) {
    // The browser's own theme too: a test's browser has one for every frame.
    await page.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : 'light' })
    await page.goto(`${url}/dev/mail/${mail.id}?width=${width}&theme=${theme}`)
    const frame = page.frameLocator('iframe')
    await frame.locator('blockquote').getByText(words).waitFor()
    await frame.locator('.card').getByText('Ash desk lamp').waitFor()
    const link = frame.getByRole('link', { name: 'Answer in the chat' })
    expect(await link.getAttribute('href')).toMatch(new RegExp(`^${url}/inbox\\?site=site_[\\w-]+#chat=chat_`))
    const paper = await frame.locator('.paper').evaluate((element) => getComputedStyle(element).backgroundColor)
    expect(paper).toBe(theme === 'dark' ? 'rgb(25, 31, 34)' : 'rgb(255, 255, 255)')
    const isWider = await frame.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth)
    expect(isWider).toBe(false)
    await picture(page, `mail-${width}-${theme}`)
  }
  await page.goto(`${url}/dev/mail/${mail.id}?as=text`)
  await page.locator('pre').getByText(words).waitFor()
  await picture(page, 'mail-text')
  await page.goto(`${url}/dev/mail/${mail.id}?as=headers`)
  await page.locator('pre').getByText('List-Unsubscribe-Post: List-Unsubscribe=One-Click').waitFor()
  await picture(page, 'mail-headers')
  await context.close()
})
