import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AdminDesk, findViolations, openAdminDesk } from '../support/admin-page.ts'
import { openForBusiness, writeQuarter } from '../support/busy-shop.ts'
import { createSite, type MadeSite, operate } from '../support/identity.ts'

const WIDTHS = [1280, 768, 390]
const SCHEMES = ['light', 'dark'] as const
/** Where pictures of every screen go, to be looked at; none unless a folder is named. */
const PICTURES = process.env.SHOPBELL_PICTURES

let desk: AdminDesk
let site: MadeSite
beforeAll(async () => {
  if (PICTURES) mkdirSync(PICTURES, { recursive: true })
  desk = await openAdminDesk()
  site = await desk.site()
  await openForBusiness(desk, site)
  await writeQuarter(desk, site)
})
afterAll(() => desk?.stop())

/** Looks at a screen as it stands, in both schemes: axe finds nothing, and at no width anything sticks out. */
async function look(page: Page, name: string) {
  await expect.poll(() => page.locator('[role=status] .i-ring').count()).toBe(0)
  for (const colorScheme of SCHEMES) {
    // The dark scheme has other colours, and the same page otherwise.
    const rules = colorScheme === 'dark' ? ['color-contrast', 'link-in-text-block'] : []
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 1280 ? 800 : 844 })
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      if (PICTURES && width !== 768)
        await page.screenshot({ path: `${PICTURES}/${name}-${width}-${colorScheme}.png`, fullPage: true })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      // Between the two others nothing is laid out that one of them has not; whether it fits is another matter.
      const violations = width === 768 ? [] : await findViolations(page, rules)
      const found = { name, width, colorScheme, wide, violations }
      expect.soft(found).toEqual({ name, width, colorScheme, wide: width, violations: [] })
    }
  }
}

const goTo = async (page: Page, path: string) => {
  await page.evaluate((hash) => {
    location.hash = hash
  }, path)
  await page.getByRole('main').locator('h1').first().waitFor()
}
/** As if the person had just shown who is there, or had not for a while. */
const stepUp = (at: number | null) =>
  desk.worker.env.DB.prepare('UPDATE sessions SET stepped_up_at = ? WHERE site = ?').bind(at, site.id).run()
const fieldOf = (page: Page, path: string) => page.locator(`shopbell-field[path="${path}"]`)
const closeByKey = async (page: Page) => {
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
}

test('signing in: address, code, a wrong one, a setup code', async () => {
  const page = await desk.page()
  await page.goto(`/admin?site=${site.id}`)
  await page.getByRole('button', { name: 'Send me a code' }).waitFor()
  await look(page, 'sign-in')
  await page.getByLabel('E-mail address').fill('ada@northfold.example')
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code from the mail').fill('123456')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('This code is wrong, used or too old.').waitFor()
  await look(page, 'sign-in-code')
  await page.getByRole('button', { name: 'Use another address' }).click()
  await page.getByRole('button', { name: 'I have a setup code' }).click()
  await page.getByLabel('Setup code').waitFor()
  await look(page, 'sign-in-setup')
})

test('other doors: which site, a setup link, one that is used up', async () => {
  await desk.site()
  const page = await desk.page()
  await page.goto('/admin')
  await page.getByLabel('Site', { exact: true }).waitFor()
  await look(page, 'sign-in-site')
  await page.goto('about:blank')
  await page.goto(`/admin?site=${site.id}#setup=a-code-of-the-deployment`)
  await expect.poll(() => page.getByLabel('Setup code').inputValue()).toBe('a-code-of-the-deployment')
  await look(page, 'sign-in-setup-link')
  await page.getByLabel('Your name').fill('Ada Moss')
  await page.getByLabel('E-mail address').fill('ada@northfold.example')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('alert').waitFor()
  await look(page, 'sign-in-used-link')
})

test('shut doors: no role, no connection', async () => {
  const invite = { method: 'POST', body: { seller: 'shop', email: 'cleo@northfold.example' } }
  const { body } = await operate(desk.worker, `/sites/${site.id}/invites`, invite)
  const page = await desk.page()
  await page.goto(`/admin?site=${site.id}#${body.link.split('#')[1]}`)
  await page.getByRole('heading', { name: 'This account does not run the shop' }).waitFor()
  await look(page, 'no-role')
  const other = await desk.page()
  await other.route('**/v1/sessions/**', (route) => route.abort())
  await other.addInitScript((key) => localStorage.setItem(key, '"kept"'), `shopbell-admin:${site.id}`)
  await other.goto(`/admin?site=${site.id}`)
  await other.getByRole('button', { name: 'Try again' }).waitFor()
  await look(other, 'no-connection')
})

test.each([
  ['refused', 'Add this page’s address to the admin origins', { status: 403, code: 'origin_refused' }],
  ['not-vouched', 'Sign in to your back office', null],
])('shut doors of a back office: %s', async (name, words, refusal) => {
  const page = await desk.page()
  await page.route('**/back-office', (route) => route.fulfill({ contentType: 'text/html', body: backOffice(site) }))
  await page.route('**/vouch', (route) =>
    route.fulfill(refusal ? { json: { assertion: 'of-the-office' } } : { status: 204 }),
  )
  await page.route('**/v1/sessions', (route) => route.fulfill({ status: refusal?.status ?? 500, json: refusal ?? {} }))
  await page.goto('/back-office')
  await page.getByText(words).waitFor()
  await look(page, `embedded-${name}`)
})

/** A page with the panel in it that asks its own server who is there. */
const backOffice = (site: MadeSite) => `<!doctype html><html lang="en"><title>Back office</title>
  <meta name="viewport" content="width=device-width"><style>body { margin: 0 }</style>
  <script async src="/admin.js" data-site="${site.id}" data-identity="/vouch"></script>
  <main><h1>Back office</h1><shopbell-admin></shopbell-admin></main></html>`

test('the wizard: five steps', async () => {
  const fresh = await createSite(desk.worker)
  await operate(desk.worker, `/sites/${fresh.id}/origins`, {
    method: 'PUT',
    body: { origin: desk.worker.url, use: 'admin' },
  })
  const page = await desk.open(fresh, '', { fresh: true })
  await page.getByRole('heading', { name: 'Your shop', level: 1 }).waitFor()
  await look(page, 'wizard-shop')
  for (const step of ['contexts', 'sellers', 'notifications', 'install']) {
    await goTo(page, `wizard/${step}`)
    await page.getByText(/^Step \d of 5/).waitFor()
    if (step !== 'install') await look(page, `wizard-${step}`)
  }
  // A wheel that turns here is no page that loads: the shop is waited for.
  await page.getByText('Waiting for your shop.').waitFor()
  await page.locator('.live [class~=i-ring]').evaluate((sign) => sign.classList.remove('i-ring'))
  await look(page, 'wizard-install')
})

describe('settings', () => {
  let page: Page
  beforeAll(async () => {
    page = await desk.open(site, 'settings/general')
  })

  test('every page of them', async () => {
    const contexts = ['contexts', 'contexts.product', 'contexts.order', 'contexts.post']
    const others = ['general', 'limits', 'notifications', 'privacy', 'brand', 'guests', 'attachments', 'region']
    for (const name of [...contexts, ...others, 'nothing']) {
      await goTo(page, `settings/${name}`)
      if (name === 'notifications') await page.locator('.aside .subject').first().waitFor()
      if (name === 'contexts.order') await fieldOf(page, 'contexts.order.enabled').getByRole('switch').click()
      await look(page, `settings-${name}`)
    }
    await page.getByRole('button', { name: 'Discard' }).click()
  })

  test('what is wrong, what somebody else saved, and what was saved', async () => {
    await goTo(page, 'settings/limits')
    await fieldOf(page, 'limits.burstWindowSec').locator('#input').fill('0')
    await fieldOf(page, 'limits.burstPerChat').locator('#input').fill('7')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.locator('.summary').waitFor()
    await look(page, 'settings-wrong')

    await fieldOf(page, 'limits.burstWindowSec').locator('#input').fill('30')
    const other = { origin: null, token: site.server.secret }
    const { version } = (await desk.worker.call('/v1/settings', other)).body
    const settings = { limits: { burstPerChat: 5 }, guests: { mode: 'name' } }
    await desk.worker.call('/v1/settings', { ...other, method: 'PUT', body: { version, settings } })
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByRole('dialog').waitFor()
    await look(page, 'settings-conflict')
    await page.getByRole('dialog').getByRole('button', { name: 'Save my changes' }).click()
    await page.getByText('Saved. In effect within ten seconds.').waitFor()
    await look(page, 'settings-saved')
  })

  test('a lost connection, and a session that has ended', async () => {
    await goTo(page, 'settings/guests')
    await fieldOf(page, 'guests.mode').locator('select').selectOption('name_email')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.locator('.summary').getByText('No connection.').waitFor()
    await look(page, 'settings-offline')
    await page.context().setOffline(false)
    await desk.worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE site = ?').bind(site.id).run()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByRole('dialog').getByText('Your session has ended').waitFor()
    await look(page, 'session-ended')
  })
})

describe('the site', () => {
  let page: Page
  beforeAll(async () => {
    page = await desk.open(site, 'settings/install', { email: 'ada@northfold.example' })
  })

  test('install: keys, a secret that is shown once, a question, a fresh proof', async () => {
    await goTo(page, 'settings/install')
    await look(page, 'install')
    await stepUp(Date.now())
    await page.getByRole('button', { name: /^New key.*Who is signed in/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'I have kept it' }).waitFor()
    await look(page, 'install-secret')
    await page.getByRole('dialog').getByRole('button', { name: 'I have kept it' }).click()
    await page
      .getByRole('list', { name: 'Who is signed in' })
      .getByRole('button', { name: /^Revoke/ })
      .last()
      .click()
    await page.getByRole('dialog').waitFor()
    await look(page, 'install-revoke')
    await closeByKey(page)
    await stepUp(null)
    await page.getByRole('button', { name: /^New key.*Your server/ }).click()
    await page.getByRole('dialog').getByText('Is it still you?').waitFor()
    await look(page, 'step-up')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await stepUp(Date.now())
  })

  test('people: staff, sellers, one of them open, an invitation', async () => {
    await goTo(page, 'settings/people')
    await page.getByRole('button', { name: /Oak Works/ }).click()
    await look(page, 'people')
    const form = page.locator('form', { has: page.getByLabel('Role', { exact: true }) })
    await form.getByLabel('E-mail address').fill('cleo@northfold.example')
    await form.getByRole('button', { name: 'Invite' }).click()
    await page.getByRole('dialog').locator('code', { hasText: '#invite=' }).waitFor()
    await look(page, 'people-invited')
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  })

  test('chats: all of them, one of them, none', async () => {
    await goTo(page, 'settings/chats')
    await page.getByRole('link', { name: /Walnut bowl/ }).waitFor()
    await look(page, 'chats')
    await page.getByRole('link', { name: /Walnut bowl/ }).click()
    await page.getByText('By hand only').waitFor()
    await look(page, 'chats-one')
    await page.getByRole('link', { name: 'All chats' }).first().click()
    const search = page.getByRole('searchbox')
    await search.fill('nothing like that')
    await page.getByRole('main').locator('.empty').waitFor()
    await look(page, 'chats-none')
  })

  test('mail: none that waits, and what could not be sent', async () => {
    await goTo(page, 'settings/mail')
    await look(page, 'mail')
    const dead = `UPDATE outbox SET state = 'dead', done_at = due_at, tries = 1,
      reason = 'The provider refused it: domain is not verified' WHERE site = ?`
    await desk.worker.env.DB.prepare(dead).bind(site.id).run()
    await page.getByRole('button', { name: /^Failed/ }).click()
    await page.getByText('domain is not verified').first().waitFor()
    await look(page, 'mail-failed')
  })

  test('privacy: a person, what is kept, and the question before an erasure', async () => {
    await goTo(page, 'settings/requests')
    await page.getByRole('searchbox').fill('Sam Rivera')
    await page.getByRole('button', { name: 'Search' }).click()
    const kept = page.getByRole('button', { name: /^What is kept/ }).first()
    await kept.waitFor()
    await look(page, 'privacy')
    await kept.click()
    await page.getByRole('button', { name: 'Erase', exact: true }).waitFor()
    await look(page, 'privacy-person')
    await page.getByRole('button', { name: 'Erase', exact: true }).click()
    await page.getByRole('dialog').waitFor()
    await look(page, 'privacy-erase')
    await closeByKey(page)
  })

  test('log and account, with its menu', async () => {
    await goTo(page, 'settings/audit')
    await page.locator('.entry').first().waitFor()
    await look(page, 'audit')
    await goTo(page, 'settings/account')
    await look(page, 'account')
    await page.getByRole('button', { name: /^Your account/ }).click()
    await look(page, 'account-menu')
  })
})

describe('the report', () => {
  test('a quarter of it, with its checks', async () => {
    const page = await desk.open(site, 'analytics?range=last90')
    await page.locator('.checks li').first().waitFor()
    await page.locator('.cards').first().waitFor()
    await look(page, 'analytics')
  })

  test('days in which nothing happened, and a range that is none', async () => {
    const page = await desk.open(site, 'analytics?from=2020-01-01&to=2020-01-07')
    await page.getByText('Nothing happened in these days').waitFor()
    await page.locator('.checks li').first().waitFor()
    await look(page, 'analytics-none')
    await page.getByLabel('From', { exact: true }).fill('2021-01-01')
    await page.getByLabel('From', { exact: true }).dispatchEvent('change')
    await page.getByText('The first day must not be after the last.').waitFor()
    await look(page, 'analytics-wrong')
  })
})

test('an analyst, who may look', async () => {
  const page = await desk.open(site, 'settings/limits', { role: 'analyst' })
  await page.getByText('You can look at everything here.').waitFor()
  await look(page, 'analyst-settings')
  for (const name of ['install', 'people', 'chats', 'mail', 'requests', 'audit', 'account']) {
    await goTo(page, `settings/${name}`)
    await look(page, `analyst-${name}`)
  }
})

describe('on a narrow phone', () => {
  const LOCALES = ['en', 'de', 'fr', 'es', 'ar']
  const widthsOf = (page: Page, selector: string) =>
    page.locator(selector).evaluateAll((all) => all.map(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth))

  /** The sign stands beside the tools, and the product’s name too, or it is left out. */
  const isNameClear = (bar: Element) => {
    const [brand, tools] = [bar.querySelector('.brand')!, bar.querySelector('.tools')!.getBoundingClientRect()]
    const isBeside = ({ left, right }: DOMRect) => right < tools.left || left > tools.right
    const range = document.createRange()
    range.selectNodeContents([...brand.childNodes].find((node) => node.textContent?.includes('Shopbell'))!)
    const name = range.getBoundingClientRect()
    const isOut = name.top >= brand.getBoundingClientRect().bottom
    return isBeside(brand.firstElementChild!.getBoundingClientRect()) && (isOut || isBeside(name))
  }

  test.each(LOCALES)('the bar has room for what it says, in %s', async (locale) => {
    const page = await desk.open(site, 'settings/general', { locale, hasTouch: true, isMobile: true })
    await page.locator('.tools > .btn').waitFor()
    for (const width of [390, 360, 320]) {
      await page.setViewportSize({ width, height: 780 })
      expect([width, ...(await widthsOf(page, 'header.bar, nav.tabs'))]).toEqual([width, true, true])
      expect([width, await page.locator('header.bar').evaluate(isNameClear)]).toEqual([width, true])
    }
  })

  test('the dates of a report are whole, and the presets wrap', async () => {
    const page = await desk.open(site, 'analytics', { hasTouch: true, isMobile: true })
    await page.locator('.cards').first().waitFor()
    for (const width of [390, 360, 320]) {
      await page.setViewportSize({ width, height: 780 })
      const isWhole = await page.locator('.dates input').evaluateAll((all) =>
        all.map((input) => {
          const wanted = document.createElement('span')
          input.insertAdjacentElement('afterend', wanted)
          const alone = wanted.appendChild(input.cloneNode() as HTMLElement)
          Object.assign(wanted.style, { position: 'absolute' })
          Object.assign(alone.style, { width: 'max-content' })
          const room = input.clientWidth >= alone.clientWidth
          wanted.remove()
          return room
        }),
      )
      expect([width, ...isWhole]).toEqual([width, true, true])
      expect(await widthsOf(page, '.seg')).toEqual([true])
    }
  })
})

test.each([
  ['ar', 'rtl'],
  ['de', 'ltr'],
])('in %s the frame is, and its pages are English throughout', async (locale, direction) => {
  const page = await desk.open(site, 'analytics', { locale })
  const cards = page.locator('.cards').last()
  await cards.waitFor()
  const tongueOf = (selector: string) =>
    page
      .locator(selector)
      .evaluate((one) => [one.closest('[lang]')?.getAttribute('lang'), getComputedStyle(one).direction])
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale)
  expect(await page.locator('header.bar').evaluate((bar) => getComputedStyle(bar).direction)).toBe(direction)
  expect(await tongueOf('shopbell-analytics')).toEqual(['en', 'ltr'])
  expect(await cards.textContent()).toMatch(/\d+ (sec|min|hr)\b/)
  expect(await cards.textContent()).not.toMatch(/Min\.|Std\.|[\u0600-\u06ff]/)
  expect(await findViolations(page)).toEqual([])
  await goTo(page, 'settings/audit')
  expect(await tongueOf('shopbell-settings')).toEqual(['en', 'ltr'])
  expect(await page.locator('.entry time').first().textContent()).toMatch(/^[A-Z][a-z]{2} \d/)
  expect(await findViolations(page)).toEqual([])
})
