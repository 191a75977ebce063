import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'
import { createSite, type MadeSite, operate, seconds } from '../support/identity.ts'

let desk: AdminDesk
let office: BackOffice
beforeAll(async () => {
  desk = await openAdminDesk()
  office = await openBackOffice()
})
afterAll(async () => {
  office?.server.close()
  await desk?.stop()
})
afterEach(() => desk.closePages())

interface BackOffice {
  server: Server
  origin: string
  /** What its server says of whoever asks: an assertion, or nobody. */
  vouch: () => string | null
  site: string
  asked: number
}

/** A merchant's own back office on another origin, with a policy as strict as it gets. */
async function openBackOffice(): Promise<BackOffice> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/shopbell-admin')) {
      const assertion = mine.vouch()
      mine.asked++
      response.writeHead(assertion ? 200 : 204, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
      return response.end(assertion ? JSON.stringify({ assertion }) : undefined)
    }
    const { url } = desk.worker
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; script-src 'nonce-n1' 'strict-dynamic'; style-src 'self'; connect-src 'self' ${url}; img-src https: data:; require-trusted-types-for 'script'; trusted-types shopbell`,
    })
    return response.end(`<!doctype html><html lang="en"><title>Back office</title>
      <script nonce="n1" async src="${url}/admin.js" data-site="${mine.site}" data-identity="/shopbell-admin"></script>
      <main><h1>Back office</h1><shopbell-admin></shopbell-admin></main></html>`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const mine: BackOffice = { server, origin, vouch: () => null, site: '', asked: 0 }
  return mine
}

/** A site that the back office may open the panel of, or, with `use` shop, may not. */
async function siteFor(use: 'shop' | 'admin'): Promise<MadeSite> {
  const site = await createSite(desk.worker)
  await operate(desk.worker, `/sites/${site.id}/origins`, { method: 'PUT', body: { origin: office.origin, use } })
  office.site = site.id
  office.vouch = () => assertion(site)
  return site
}
const assertion = (site: MadeSite, claims: object = {}) => {
  const iat = seconds()
  return site.assertion({ sub: 'boss', name: 'Ada Moss', role: 'admin', iat, exp: iat + 60, ...claims }, site.admin)
}

async function visit(): Promise<Page> {
  const page = await desk.page({ baseURL: office.origin })
  await page.goto('/')
  return page
}

describe('in a back office', () => {
  test('whoever its server vouches for is in, without signing in, under a strict policy', async () => {
    const site = await siteFor('admin')
    const page = await visit()
    const faults: string[] = []
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await page.getByRole('button', { name: 'Skip setup' }).click()
    await page.getByRole('link', { name: 'Appearance' }).click()
    await page.locator('shopbell-field[path="brand.accent"] #input').fill('#7a1f5c')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Saved. In effect within ten seconds.').waitFor()
    const { body } = await desk.worker.call('/v1/settings', { origin: null, token: site.server.secret })
    expect(body.settings.brand.accent).toBe('#7a1f5c')
    expect(page.url()).toContain('#shopbell-settings/brand')
    await expectNoViolations(page)
    expect(faults).toEqual([])
  })

  test('proves anew who is there by a fresh assertion, without asking', async () => {
    const site = await siteFor('admin')
    const page = await visit()
    await page.getByRole('button', { name: 'Skip setup' }).click()
    await page.getByRole('link', { name: 'Install' }).click()
    // Opening a session is a proof as well; this one is ten minutes old.
    const { DB } = desk.worker.env
    await DB.prepare('UPDATE sessions SET stepped_up_at = NULL WHERE site = ?').bind(site.id).run()
    const asked = office.asked
    await page.getByRole('button', { name: /^New key.*Your server/ }).click()
    await page.getByRole('dialog').getByText('Your new secret').waitFor()
    expect(office.asked).toBeGreaterThan(asked)
    await expectNoViolations(page)
  })

  test('nobody signed in there is told to sign in, and goes on from there', async () => {
    const site = await siteFor('admin')
    office.vouch = () => null
    const page = await visit()
    await page.getByText('Sign in to your back office').waitFor()
    await expectNoViolations(page)
    office.vouch = () => assertion(site)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Skip setup' }).waitFor()
  })

  test('a page of the shop may not open it, whatever it can sign', async () => {
    await siteFor('shop')
    const page = await visit()
    await page.getByText('Add this page’s address to the admin origins').waitFor()
    await expectNoViolations(page)
  })

  test('an assertion that the key does not make good is refused in words', async () => {
    const site = await siteFor('admin')
    office.vouch = () => assertion(site, { exp: seconds() + 600 })
    const page = await visit()
    await page.getByText('Your back office could not confirm who you are.').waitFor()
  })
})
