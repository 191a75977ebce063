import type { Locator, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { Settings } from '../../protocol/settings/index.ts'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'
import type { MadeSite } from '../support/identity.ts'

type Node = Record<string, any>
interface Leaf {
  path: string
  schema: Node
}
type Value = string | number | boolean | null

let desk: AdminDesk
beforeAll(async () => {
  desk = await openAdminDesk()
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

const tree: Node = z.toJSONSchema(Settings, { io: 'input' })
const leaves = leavesOf(tree)
function leavesOf(node: Node, path = ''): Leaf[] {
  if (!node.properties) return [{ path, schema: node }]
  return Object.entries<Node>(node.properties).flatMap(([key, inner]) => leavesOf(inner, path ? `${path}.${key}` : key))
}
const byPath = new Map(leaves.map((leaf) => [leaf.path, leaf]))
const valueAt = (settings: any, path: string): Value => path.split('.').reduce((node, key) => node?.[key], settings)

/** The page of the settings that a field stands on. */
const pageOf = (path: string) =>
  path.startsWith('contexts.') ? path.split('.').slice(0, 2).join('.') : path.split('.')[0]!
const pages = [...new Set(leaves.map(({ path }) => pageOf(path)))]

/** A value that is not the default, and keeps in sight what hangs on it where one does. */
function otherThan({ path, schema }: Leaf): Value {
  const { control, default: first, tokens, label } = schema
  if (control === 'toggle') return !first
  if (control === 'number') return first > (schema.minimum ?? 0) ? first - 1 : first + 1
  if (schema.enum) {
    const others: string[] = schema.enum.filter((one: string) => one !== first)
    const wanted = leaves.flatMap((leaf) => [leaf.schema.shownWhen?.[path] ?? []].flat())
    return others.find((one) => wanted.includes(one)) ?? others[0]!
  }
  const byControl: Record<string, string> = {
    url: 'https://shop.example/a%20page?q=1',
    color: '#7a1f5c',
    addresses: 'ann@wool.example',
    locale: 'de-AT',
    time_zone: 'Asia/Kolkata',
  }
  const byLabel: Record<string, string> = {
    'Button selector': '.summary > .price',
    'Also tell': 'ada@northfold.example, bo@northfold.example',
  }
  return byControl[control] ?? byLabel[label] ?? `<b>Ask & "tell"</b>${tokens ? ` {{${tokens[0]}}}` : ''}`
}

const fieldOf = (page: Page, path: string): Locator => page.locator(`shopbell-field[path="${path}"]`)

const isToggle = ({ schema }: Leaf) => schema.control === 'toggle'
const shown = (page: Page, leaf: Leaf): Promise<string | null> =>
  isToggle(leaf)
    ? fieldOf(page, leaf.path).getByRole('switch').getAttribute('aria-checked')
    : fieldOf(page, leaf.path).locator('#input').inputValue()

async function put(page: Page, { path, schema }: Leaf, value: Value) {
  const field = fieldOf(page, path)
  if (schema.control === 'toggle') {
    const toggle = field.getByRole('switch')
    if ((await toggle.getAttribute('aria-checked')) !== String(value)) await toggle.click()
  } else if (schema.enum || schema.control === 'time_zone') await field.locator('select').selectOption(String(value))
  else await field.locator('#input').fill(String(value ?? ''))
}

/** Makes a field visible by giving others the values that it asks for. */
async function bring(page: Page, leaf: Leaf) {
  for (const [path, wanted] of Object.entries<Value | Value[]>(leaf.schema.shownWhen ?? {})) {
    const all = [wanted].flat()
    const other = byPath.get(path)!
    await bring(page, other)
    const control = fieldOf(page, path).locator(other.schema.control === 'toggle' ? '[role=switch]' : 'select')
    const now =
      other.schema.control === 'toggle'
        ? (await control.getAttribute('aria-checked')) === 'true'
        : await control.inputValue()
    if (!all.includes(now)) await put(page, other, all[0]!)
  }
  await fieldOf(page, leaf.path).waitFor()
}

/** Those that others hang on come last, the master of all at the very end. */
function inOrder(page: string): Leaf[] {
  const here = leaves.filter(({ path }) => pageOf(path) === page)
  const depth = ({ schema }: Leaf) => Object.keys(schema.shownWhen ?? {}).length
  const isAsked = ({ path }: Leaf) => here.some(({ schema }) => path in (schema.shownWhen ?? {}))
  const asked = here.filter(isAsked).toSorted((a, b) => depth(b) - depth(a))
  return [...here.filter((leaf) => !isAsked(leaf)), ...asked]
}

const save = (page: Page) => page.getByRole('button', { name: 'Save changes' })
const saved = (page: Page) => page.getByText('Saved. In effect within ten seconds.')
const goTo = async (page: Page, path: string) => {
  await page.evaluate((hash) => {
    location.hash = hash
  }, path)
  await page.getByRole('main').locator('h1').first().waitFor()
}
async function stored(site: MadeSite): Promise<any> {
  const { body } = await desk.worker.call('/v1/settings', { origin: null, token: site.server.secret })
  return body
}
async function saveElsewhere(site: MadeSite, settings: object) {
  const { version } = await stored(site)
  const answer = await desk.worker.call('/v1/settings', {
    method: 'PUT',
    origin: null,
    token: site.server.secret,
    body: { version, settings },
  })
  expect(answer.status).toBe(200)
}

describe('every field of', () => {
  const defaults = Settings.parse({})

  test.each(pages)('%s is set, saved, read again and reset', async (name) => {
    const order = inOrder(name)
    const site = await desk.site()
    const page = await desk.open(site, `settings/${name}`)
    await page.locator('shopbell-section h1').waitFor()
    for (const leaf of order) {
      await bring(page, leaf)
      await put(page, leaf, otherThan(leaf))
    }
    await save(page).click()
    await saved(page).waitFor()
    const { settings } = await stored(site)
    for (const leaf of order) expect([leaf.path, valueAt(settings, leaf.path)]).toEqual([leaf.path, otherThan(leaf)])

    await page.reload()
    await page.locator('shopbell-section h1').waitFor()
    // Switches first, as they stand: what others hang on has to be switched back to see those.
    for (const leaf of order.toSorted((a, b) => Number(isToggle(b)) - Number(isToggle(a)))) {
      if (isToggle(leaf) && !(await fieldOf(page, leaf.path).count())) continue
      await bring(page, leaf)
      expect([leaf.path, await shown(page, leaf)]).toEqual([leaf.path, String(otherThan(leaf))])
    }
    for (const leaf of order) {
      await bring(page, leaf)
      const reset = fieldOf(page, leaf.path).locator('.reset')
      if (await reset.count()) await reset.click()
    }
    await save(page).click()
    await saved(page).waitFor()
    const { settings: back } = await stored(site)
    for (const { path } of order) expect([path, valueAt(back, path)]).toEqual([path, valueAt(defaults, path)])
  })
})

describe('what a section does is shown beside it', () => {
  test('the button, with the label as it is typed, where it will stand', async () => {
    const page = await desk.open(await desk.site(), 'settings/contexts.product')
    const button = page.locator('shopbell-button-view shopbell-start-chat')
    await fieldOf(page, 'contexts.product.buttonLabel').locator('#input').fill('Ask the weaver')
    await expect.poll(() => button.locator('button').textContent()).toBe('Ask the weaver')
    const order = fieldOf(page, 'contexts.order.buttonPosition').locator('select')
    await goTo(page, 'settings/contexts.order')
    await fieldOf(page, 'contexts.order.enabled').getByRole('switch').click()
    await fieldOf(page, 'contexts.order.buttonLabel').locator('#input').fill('Ask about it')
    await expect.poll(() => button.locator('button').textContent()).toBe('Ask about it')
    const isLast = () => button.evaluate((one) => one.nextElementSibling === null)
    expect(await isLast()).toBe(false)
    await order.selectOption('view_order')
    await expect.poll(isLast).toBe(true)
  })

  test('the mail, with the template as it is typed, and never an older one', async () => {
    const page = await desk.open(await desk.site(), 'settings/notifications')
    const view = page.locator('shopbell-mail-view').first()
    const subject = fieldOf(page, 'notifications.newMessage.subject').locator('#input')
    await subject.fill('News from {{site_name}}')
    await expect.poll(() => view.locator('.subject').textContent()).toMatch(/^News from Shop /)
    await fieldOf(page, 'notifications.newMessage.body').locator('#input').fill('Somebody at **{{site_name}}** wrote.')
    await view
      .locator('.mail')
      .getByText(/Somebody at Shop \w+ wrote\./)
      .last()
      .waitFor()

    const slow = Promise.withResolvers<void>()
    const late = async (route: Route) => {
      await slow.promise
      await route.continue()
    }
    await page.route('**/v1/notifications/preview', late, { times: 1 })
    const held = page.waitForRequest('**/v1/notifications/preview')
    await subject.fill('First')
    await held
    await subject.fill('Second')
    await expect.poll(() => view.locator('.subject').textContent()).toBe('Second')
    const answered = page.waitForResponse('**/v1/notifications/preview')
    slow.resolve()
    await (await answered).finished()
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    expect(await view.locator('.subject').textContent()).toBe('Second')
    await subject.fill('{{nobody}}')
    await view.getByText('The preview comes back once the template is right.').waitFor()
  })
})

describe('saving', () => {
  test('names what is wrong at the field and in a summary that takes the focus, and leads there', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/limits')
    const input = fieldOf(page, 'limits.burstWindowSec').locator('#input')
    await input.fill('0')
    await fieldOf(page, 'limits.burstWindowSec').getByText('Use 1 to 86,400.').waitFor()
    await goTo(page, 'settings/general')
    await fieldOf(page, 'general.chatsPageUrl').locator('#input').fill('javascript:alert(1)')
    await save(page).click()
    const summary = page.locator('.summary')
    await expect
      .poll(() => summary.evaluate((one) => one === (one.getRootNode() as ShadowRoot).activeElement))
      .toBe(true)
    expect(await summary.locator('li').allInnerTexts()).toEqual([
      'Chats page URL: Use a full web address, such as https://shop.example/chats.',
      'Burst window (sec): Use 1 to 86,400.',
    ])
    await expectNoViolations(page)
    await summary.getByRole('button', { name: 'Burst window' }).click()
    await expect.poll(() => page.url()).toContain('settings/limits')
    await expect.poll(() => input.evaluate((one) => one.matches(':focus'))).toBe(true)
    expect((await stored(site)).version).toBe(1)
    await input.fill('30')
    await goTo(page, 'settings/general')
    await fieldOf(page, 'general.chatsPageUrl').locator('#input').fill('https://shop.example/chats')
    await save(page).click()
    await saved(page).waitFor()
    expect((await stored(site)).settings.limits.burstWindowSec).toBe(30)
  })

  test.each([
    [1280, 800],
    [390, 844],
  ])('brings the summary into sight below the bar, %s px wide', async (width, height) => {
    const page = await desk.open(await desk.site(), 'settings/notifications', { viewport: { width, height } })
    const subject = fieldOf(page, 'notifications.newMessage.subject').locator('#input')
    await subject.fill('{{nobody}}')
    await save(page).click()
    const summary = page.locator('.summary')
    await summary.waitFor()
    // Half under the bar, so that a browser takes it to be in sight.
    await summary.evaluate((one) => scrollTo(0, scrollY + one.getBoundingClientRect().top - 20))
    await save(page).click()
    const bottom = () => page.locator('header.bar').evaluate((bar) => bar.getBoundingClientRect().bottom)
    const top = () => summary.evaluate((one) => one.getBoundingClientRect().top)
    await expect.poll(async () => (await top()) >= (await bottom())).toBe(true)
    expect(await top()).toBeLessThan(height)
  })

  test.each([
    ['an unknown token', 'Hi {{nobody}}', 'There is no token {{nobody}} (line 1, character 4).'],
    ['a token that is not closed', 'Hello\n  {{order_id', 'The {{ at line 2, character 3 is not closed.'],
    ['nothing at all', ' ', 'This must not be empty.'],
    ['too long a text', 'x'.repeat(4003), '3 characters too many.'],
  ])('refuses %s in a template', async (_, text, says) => {
    const page = await desk.open(await desk.site(), 'settings/contexts.order')
    await fieldOf(page, 'contexts.order.enabled').getByRole('switch').click()
    const field = fieldOf(page, 'contexts.order.starterMessage')
    await field.locator('#input').fill(text)
    await field.getByText(says).waitFor()
  })

  test.each(['klingon', 'de_AT', 'english please'])('refuses %s as a language', async (text) => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/region')
    const field = fieldOf(page, 'region.locale')
    await field.locator('#input').fill(text)
    await field.getByText('Use the tag of a language, such as en, de-AT or pt-BR.').waitFor()
    await save(page).click()
    await page.locator('.summary').waitFor()
    expect((await stored(site)).settings.region.locale).toBe('en')
  })

  test('puts a token where the caret is', async () => {
    const page = await desk.open(await desk.site(), 'settings/notifications')
    const input = fieldOf(page, 'notifications.newMessage.subject').locator('#input')
    await input.fill('From  today')
    await input.evaluate((one: HTMLInputElement) => one.setSelectionRange(5, 5))
    await fieldOf(page, 'notifications.newMessage.subject').getByRole('button', { name: 'Insert site_name' }).click()
    expect(await input.inputValue()).toBe('From {{site_name}} today')
  })

  test('can be undone', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/brand')
    await fieldOf(page, 'brand.accent').locator('#input').fill('#7a1f5c')
    await save(page).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Put back as it was.').waitFor()
    expect((await stored(site)).settings.brand.accent).toBe('#0b655f')
    expect(await fieldOf(page, 'brand.accent').locator('#input').inputValue()).toBe('#0b655f')
    await goTo(page, 'settings/audit')
    await page.locator('.entry', { hasText: 'took a change back' }).waitFor()
  })

  test('can be undone after the page was loaded again, by whoever saved', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/brand')
    await fieldOf(page, 'brand.accent').locator('#input').fill('#7a1f5c')
    await save(page).click()
    await saved(page).waitFor()
    const other = await desk.open(site, 'settings/brand', { role: 'analyst' })
    await other.getByText('You can look at everything here.').waitFor()
    expect(await other.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    await page.reload()
    await page.getByText('You saved at').waitFor()
    await expectNoViolations(page)
    await goTo(page, 'settings/people')
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    await goTo(page, 'settings/limits')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Put back as it was.').waitFor()
    expect((await stored(site)).settings.brand.accent).toBe('#0b655f')
  })

  test('knows its own change again where the answer was lost', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/guests')
    await fieldOf(page, 'guests.mode').locator('select').selectOption('name')
    const lose = async (route: Route) => {
      await route.fetch()
      await route.abort()
    }
    await page.route('**/v1/settings', lose, { times: 1 })
    await save(page).click()
    await page.locator('.summary').getByText('No connection.').waitFor()
    expect((await stored(site)).settings.guests.mode).toBe('name')
    await save(page).click()
    await saved(page).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.route('**/v1/settings/undo', lose, { times: 1 })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('No connection.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Put back as it was.').waitFor()
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    expect(await fieldOf(page, 'guests.mode').locator('select').inputValue()).toBe('free')
  })

  test('says why where it is refused after a conflict was settled', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/limits')
    await fieldOf(page, 'limits.burstPerChat').locator('#input').fill('7')
    await saveElsewhere(site, { limits: { burstPerChat: 5 } })
    await save(page).click()
    await page.getByRole('dialog').getByText('Somebody else saved in the meantime').waitFor()
    await page.context().setOffline(true)
    await page.getByRole('dialog').getByRole('button', { name: 'Save my changes' }).click()
    await page.locator('.summary').getByText('No connection.').waitFor()
    await page.context().setOffline(false)
    await save(page).click()
    await saved(page).waitFor()
    expect((await stored(site)).settings.limits.burstPerChat).toBe(7)
  })

  test('is not undone over what somebody else saved since', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/brand')
    const accent = fieldOf(page, 'brand.accent').locator('#input')
    await accent.fill('#7a1f5c')
    await save(page).click()
    await saved(page).waitFor()
    await saveElsewhere(site, { brand: { accent: '#123456' } })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Somebody else has saved since.').waitFor()
    expect((await stored(site)).settings.brand.accent).toBe('#123456')
    expect(await accent.inputValue()).toBe('#123456')
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
  })

  test('tells the second of two admins what the first changed, and loses neither change', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/limits')
    await fieldOf(page, 'limits.burstPerChat').locator('#input').fill('7')
    await fieldOf(page, 'limits.chatsPerWindow').locator('#input').fill('9')
    await saveElsewhere(site, { limits: { burstPerChat: 5 }, guests: { mode: 'none' } })
    await save(page).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Somebody else saved in the meantime').waitFor()
    const rows = await dialog.locator('tbody tr').allInnerTexts()
    const told = rows.map((row) =>
      row
        .split(/\s*\t\s*/)
        .slice(0, 3)
        .join('|'),
    )
    expect(told.toSorted()).toEqual([
      'Burst per chat|10|5',
      'Guests may write|Yes, without any details|No, only signed-in customers',
    ])
    await expectNoViolations(page)
    await dialog.getByRole('radio', { name: 'Keep what is saved' }).check()
    await dialog.getByRole('button', { name: 'Save my changes' }).click()
    await saved(page).waitFor()
    const { settings } = await stored(site)
    expect([settings.limits.burstPerChat, settings.limits.chatsPerWindow, settings.guests.mode]).toEqual([5, 9, 'none'])
  })

  test('keeps everything where the network is lost, and goes on when it is back', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/guests')
    await fieldOf(page, 'guests.mode').locator('select').selectOption('name')
    await page.context().setOffline(true)
    await save(page).click()
    await page.locator('.summary').getByText('No connection.').waitFor()
    await page.context().setOffline(false)
    await save(page).click()
    await saved(page).waitFor()
    expect((await stored(site)).settings.guests.mode).toBe('name')
  })

  test.each([
    ['the settings', 'settings/guests'],
    ['another tab', 'analytics'],
    ['the wizard', 'wizard/sellers'],
  ])('asks before the page is left with changes from %s', async (_, place) => {
    const page = await desk.open(await desk.site(), 'settings/guests')
    await fieldOf(page, 'guests.mode').locator('select').selectOption('name')
    await goTo(page, place)
    const asked = page.waitForEvent('dialog')
    void page.reload().catch(() => null)
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await goTo(page, 'settings/guests')
    expect(await fieldOf(page, 'guests.mode').locator('select').inputValue()).toBe('name')
  })

  test('keeps what was typed when the session ends, and goes on after signing in again', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/guests')
    await fieldOf(page, 'guests.mode').locator('select').selectOption('name_email')
    await desk.worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE site = ?').bind(site.id).run()
    await save(page).click()
    await page.getByRole('dialog').getByText('Your session has ended').waitFor()
    await expectNoViolations(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click()
    await page.getByText('Your session has ended. Sign in again; what you typed is kept.').waitFor()
    expect(await fieldOf(page, 'guests.mode').locator('select').inputValue()).toBe('name_email')
  })

  test('is done with when somebody signs out, who is asked before', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/guests')
    await fieldOf(page, 'guests.mode').locator('select').selectOption('name')
    const signOut = async () => {
      await page.getByRole('button', { name: /^Your account/ }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
    }
    await signOut()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Sign out with changes not saved?').waitFor()
    await expectNoViolations(page)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await fieldOf(page, 'guests.mode').locator('select').inputValue()).toBe('name')
    await signOut()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Send me a code' }).waitFor()
    // Nothing is left to be asked about.
    await page.reload()
    await page.getByRole('button', { name: 'Send me a code' }).waitFor()
  })

  test('is not done in the name of somebody else, who signed in beside', async () => {
    const site = await desk.site()
    const page = await desk.open(site, 'settings/guests')
    await fieldOf(page, 'guests.mode').locator('select').selectOption('name')
    const beside = await desk.open(site, 'settings/guests', { role: 'analyst', name: 'Bo Lind' })
    await beside.getByText('You can look at everything here.').waitFor()
    const key = `shopbell-admin:${site.id}`
    const theirs = await beside.evaluate((key) => localStorage.getItem(key), key)
    await page.evaluate(([key, token]) => localStorage.setItem(key!, token!), [key, theirs])
    await desk.worker.env.DB.prepare("UPDATE sessions SET revoked_at = 1 WHERE site = ? AND role = 'admin'")
      .bind(site.id)
      .run()
    await save(page).click()
    await page.getByText('Somebody else has signed in.').waitFor()
    await page.getByText('You can look at everything here.').waitFor()
    expect(await fieldOf(page, 'guests.mode').locator('select').inputValue()).toBe('free')
    expect(await save(page).count()).toBe(0)
    expect((await stored(site)).version).toBe(1)
  })

  test('is not for analysts, who may look', async () => {
    const page = await desk.open(await desk.site(), 'settings/limits', { role: 'analyst' })
    await page.getByText('You can look at everything here.').waitFor()
    expect(await fieldOf(page, 'limits.burstPerChat').locator('#input').isDisabled()).toBe(true)
    await fieldOf(page, 'limits.enabled').getByRole('switch').click({ force: true })
    expect(await save(page).count()).toBe(0)
    await expectNoViolations(page)
  })
})
