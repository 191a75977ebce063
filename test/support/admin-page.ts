import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchBrowser } from './browser.ts'
import { createSite, type MadeSite, operate } from './identity.ts'
import { startWorker, type TestWorker } from './worker.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface AdminDesk {
  worker: TestWorker
  /** A site whose admin key signs people of this back office in. */
  site(): Promise<MadeSite>
  /** The hosted panel of a site, with somebody signed in. */
  open(site: MadeSite, path?: string, options?: OpenOptions): Promise<Page>
  /** A browser of its own; closed with the rest. */
  page(options?: BrowserContextOptions): Promise<Page>
  closePages(): Promise<void>
  stop(): Promise<void>
}
interface OpenOptions extends BrowserContextOptions {
  role?: 'admin' | 'analyst'
  name?: string
  email?: string
  /** Of a site that nobody has set up yet; else the wizard is done with. */
  fresh?: boolean
}

/** The real worker and a real browser, for tests of the panel. */
export async function openAdminDesk(vars: Record<string, string> = { DEV_MAILBOX: 'on' }): Promise<AdminDesk> {
  const worker = await startWorker(vars)
  const browser = await launchBrowser()
  const contexts: BrowserContext[] = []
  const page: AdminDesk['page'] = async (options = {}) => {
    const context = await browser.newContext({ baseURL: worker.url, reducedMotion: 'reduce', ...options })
    contexts.push(context)
    return context.newPage()
  }
  return {
    worker,
    page,
    async site() {
      const site = await createSite(worker)
      await operate(worker, `/sites/${site.id}/origins`, { method: 'PUT', body: { origin: worker.url, use: 'admin' } })
      return site
    },
    async open(site, path = '', { role = 'admin', name = 'Ada Moss', email, fresh, ...options } = {}) {
      const iat = Math.floor(Date.now() / 1000)
      const claims = { sub: `${role}-1`, role, name, iat, exp: iat + 60, ...(email && { email, email_verified: true }) }
      const { status, body } = await site.open(
        { assertion: site.assertion(claims, site.admin) },
        { origin: worker.url },
      )
      if (status !== 201) throw new Error(JSON.stringify(body))
      if (!fresh && role === 'admin') {
        const done = {
          method: 'PUT',
          origin: worker.url,
          token: body.token,
          body: { state: 'completed', step: 'install' },
        }
        expect((await worker.call('/v1/admin/wizard', done)).status).toBe(200)
      }
      const one = await page(options)
      await one.addInitScript(
        ([key, token]) => {
          if (!localStorage.getItem(key!)) localStorage.setItem(key!, JSON.stringify(token))
        },
        [`shopbell-admin:${site.id}`, body.refreshToken],
      )
      await one.goto(`/admin?site=${site.id}#${path}`)
      return one
    },
    async closePages() {
      await Promise.all(contexts.splice(0).map((context) => context.close()))
    },
    async stop() {
      await browser.close()
      await worker.stop()
    },
  }
}

/** A new site whose owner came in by the setup code, in the page that did it. `baseURL`: the address that the page is opened at. */
export async function openOwned(desk: AdminDesk, email: string, baseURL = desk.worker.url): Promise<OwnedSite> {
  const site = await createSite(desk.worker)
  const page = await desk.page({ baseURL })
  await page.goto(`/admin?site=${site.id}#setup=${site.setup}`)
  await page.getByLabel('Your name').fill('Ada Moss')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('button', { name: 'Skip setup' }).click()
  await page.getByRole('heading', { name: 'General' }).waitFor()
  return { site, page }
}
interface OwnedSite {
  site: MadeSite
  page: Page
}

const used = new Set<string>()

/** The newest code that was mailed to an address, as the development mailbox has it; each is answered once. */
export async function mailedCode({ worker }: AdminDesk, email: string): Promise<string> {
  const newest = async (): Promise<string> => {
    const answer = await fetch(`${worker.url}/dev/mail.json`)
    const { mails } = (await answer.json()) as { mails: { to: string; text: string }[] }
    const codes = mails.filter(({ to }) => to.includes(email)).map(({ text }) => /\b\d{6}\b/.exec(text)?.[0])
    const code = codes.find((one) => one !== undefined)
    return code === undefined || used.has(code) ? '' : code
  }
  await expect.poll(newest, { timeout: 60_000, interval: 500 }).not.toBe('')
  const code = await newest()
  used.add(code)
  return code
}

/** Axe has nothing to say about the panel as it stands. */
export const expectNoViolations = async (page: Page) => expect(await findViolations(page)).toEqual([])

/** What axe has to say about the panel as it stands; or what only these of its rules have. */
export async function findViolations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => Reflect.has(window, 'axe')))) await page.evaluate(AXE)
  return page.evaluate(async (rules) => {
    const options = rules.length ? { runOnly: { type: 'rule', values: rules } } : {}
    const { violations } = await Reflect.get(window, 'axe').run(document, options)
    return violations.map((one: any) => `${one.id}: ${one.nodes.map((node: any) => node.html).join(' ')}`)
  }, rules)
}
