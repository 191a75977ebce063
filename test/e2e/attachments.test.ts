import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type ChatsPage, openChatsPage } from '../support/chats-page.ts'
import { makePng, PDF, upload } from '../support/files.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

const PEOPLE: Record<string, object> = { '42': { name: 'Ada Sample' }, '19': { name: 'Priya', role: 'seller' } }
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const PICTURES = process.env.PICTURES

let worker: TestWorker
let shop: TestShop
let browser: Browser
let pages: ChatsPage
let chat: string

beforeAll(async () => {
  worker = await startWorker()
  shop = await openShop(worker)
  browser = await launchBrowser()
  pages = await openChatsPage({ worker, shop, browser }, PEOPLE)
  await shop.settle({ attachments: { maxMegabytes: 1 } })
  await shop.put('/v1/catalog/products', { products: [{ id: '310', title: 'Alder stoneware mug', seller: '19' }] })
  await shop.signIn('19', PEOPLE['19'] as Record<string, unknown>)
  const { token } = await shop.signIn('42', PEOPLE['42'] as Record<string, unknown>)
  const message = { clientId: 'first-message', body: 'The handle came loose. May I show you?' }
  const { body } = await worker.call('/v1/chats', { token, body: { context: { type: 'product', id: '310' }, message } })
  chat = body.chat.id
})
afterAll(async () => {
  await pages?.close()
  await browser?.close()
  await worker?.stop()
})

async function visit(who: string, options: BrowserContextOptions & { lang?: string } = {}): Promise<Page> {
  const page = await pages.visit(who, { ...options, hash: `#shopbell-chat=${chat}` })
  await page.locator('textarea').waitFor()
  await page.locator('shopbell-attach button').first().waitFor()
  return page
}

const look = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` })
}

/** A photo as a phone takes it: 3000 × 2000 pixels that lie on their side, and where it was taken. */
async function takePhoto(): Promise<Buffer> {
  const page = await browser.newPage()
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000
    canvas.height = 2000
    const context = canvas.getContext('2d')!
    const sky = context.createLinearGradient(0, 0, 3000, 2000)
    sky.addColorStop(0, '#e6dfd3')
    sky.addColorStop(1, '#a8b8b4')
    context.fillStyle = sky
    context.fillRect(0, 0, 3000, 2000)
    context.fillStyle = '#5f7f86'
    context.fillRect(900, 500, 1300, 1000)
    context.strokeStyle = '#3c5359'
    context.lineWidth = 160
    context.beginPath()
    context.arc(2250, 1000, 320, -1.4, 1.4)
    context.stroke()
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]!
  })
  await page.close()
  const jpeg = Buffer.from(base64, 'base64')
  const place = Buffer.from('GPS 48.2082 N 16.3738 E')
  const tiff = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1')
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, place])
  const length = Buffer.from([(exif.length + 2) >> 8, (exif.length + 2) & 255])
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, exif, jpeg.subarray(2)])
}

async function choose(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.locator('shopbell-attach button').first().click(),
  ])
  await chooser.setFiles(files)
}

const tray = (page: Page) => page.locator('shopbell-tray .item')
const ready = (page: Page, count: number) =>
  expect.poll(() => page.locator('shopbell-tray .item:not([aria-busy=true])').count(), { timeout: 60_000 }).toBe(count)
const sendButton = (page: Page) => page.getByRole('button', { name: 'Send', exact: true })
const messages = async () => {
  const { token } = await shop.signIn('42', PEOPLE['42'] as Record<string, unknown>)
  return shop.messagesOf(token, chat)
}

describe('a photo', () => {
  it('goes from a phone to a seller who opens it, small, upright and without the place where it was taken', async () => {
    const phone = await visit('42', PHONE)
    await phone.locator('shopbell-attach button').first().tap()
    await phone.getByRole('button', { name: 'Take a photo' }).waitFor()
    await look(phone, 'phone-ask')
    const [chooser] = await Promise.all([
      phone.waitForEvent('filechooser'),
      phone.getByRole('button', { name: 'Choose files' }).tap(),
    ])
    const photo = { name: 'IMG_0412.jpeg', mimeType: 'image/jpeg', buffer: await takePhoto() }
    await chooser.setFiles([photo, { name: 'receipt-10482.pdf', mimeType: 'application/pdf', buffer: PDF }])
    await ready(phone, 2)
    await look(phone, 'phone-tray')
    await phone.locator('textarea').fill('Like this.')
    await sendButton(phone).tap()
    await phone.locator('.mine shopbell-files canvas').waitFor()
    expect(await tray(phone).count()).toBe(0)

    const seller = await visit('19', { viewport: { width: 1280, height: 800 } })
    const picture = seller.locator('shopbell-files .picture img')
    await picture.waitFor()
    // Upright: twice as large a side first, and the room for it is there before it is loaded.
    expect(await picture.evaluate((img: HTMLImageElement) => img.width)).toBe(213)
    expect(await picture.evaluate((img: HTMLImageElement) => Math.abs(img.height - 320))).toBeLessThan(3)
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300)
    await seller.locator('shopbell-files a.file', { hasText: 'receipt-10482.pdf' }).waitFor()
    await look(seller, 'desktop-log')
    await look(phone, 'phone-log')

    const { attachments } = (await messages()).at(-1)
    expect(attachments).toMatchObject([
      { name: 'IMG_0412.jpg', type: 'image/jpeg', width: 1365, height: 2048, thumbnail: true },
      { name: 'receipt-10482.pdf', type: 'application/pdf' },
    ])
    const { token } = await shop.signIn('19', PEOPLE['19'] as Record<string, unknown>)
    const { body } = await worker.call('/v1/files/links', { token, body: { files: [attachments[0].id] } })
    const bytes = Buffer.from(await (await fetch(worker.url + body.links[0].url)).arrayBuffer())
    expect(bytes.includes('GPS')).toBe(false)
    expect(bytes.includes('Exif')).toBe(false)
    expect(bytes.length).toBeLessThan(photo.buffer.length)
  })

  it('is looked at by keyboard, with the others of its chat, and gives the focus back', async () => {
    const phone = await visit('42')
    await choose(phone, [{ name: 'second.png', mimeType: 'image/png', buffer: makePng(300, 200) }])
    await ready(phone, 1)
    await phone.locator('textarea').press('Enter')
    const seller = await visit('19', { viewport: { width: 1280, height: 800 } })
    const first = seller.locator('shopbell-files .picture').first()
    await seller.locator('shopbell-files .picture').nth(1).waitFor()
    await first.focus()
    await seller.keyboard.press('Enter')
    const dialog = seller.getByRole('dialog')
    await dialog.getByText('1 of 2').waitFor()
    await expect
      .poll(() => dialog.locator('img').evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth))
      .toBe(1365)
    await look(seller, 'viewer')
    await seller.keyboard.press('ArrowRight')
    await dialog.getByText('2 of 2').waitFor()
    await dialog.getByRole('button', { name: 'Previous picture' }).click()
    await dialog.getByText('1 of 2').waitFor()
    const saved = seller.waitForEvent('download')
    await dialog.getByRole('link', { name: 'Download IMG_0412.jpg' }).click()
    expect((await saved).suggestedFilename()).toBe('IMG_0412.jpg')
    await seller.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    const focused = () =>
      seller.evaluate(() => {
        let at: Element | null = document.activeElement
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
        return at?.className
      })
    await expect.poll(focused).toBe('picture')
  })

  it('may be taken with the camera, and shows how far it is on its way', async () => {
    const phone = await visit('42', PHONE)
    const gate = Promise.withResolvers<void>()
    await phone.route('**/v1/files', async (route) => {
      await gate.promise
      await route.continue()
    })
    await phone.locator('shopbell-attach button').first().tap()
    const [chooser] = await Promise.all([
      phone.waitForEvent('filechooser'),
      phone.getByRole('button', { name: 'Take a photo' }).tap(),
    ])
    const asked = await chooser
      .element()
      .evaluate((input: HTMLInputElement) => [input.accept, input.getAttribute('capture')])
    expect(asked).toEqual(['image/*', 'environment'])
    await chooser.setFiles([{ name: 'camera.jpeg', mimeType: 'image/jpeg', buffer: await takePhoto() }])
    await phone.getByRole('progressbar', { name: /camera/ }).waitFor()
    gate.resolve()
    await expect.poll(() => phone.getByRole('progressbar').count()).toBe(0)
    await sendButton(phone).tap()
    const sent = async () => (await messages()).at(-1)?.attachments?.map(({ name }: { name: string }) => name)
    await expect.poll(sent).toEqual(['camera.jpg'])
  })
})

describe('what is attached', () => {
  it('can be pasted, dropped and taken out again before it is sent', async () => {
    const page = await visit('42')
    const png = [...makePng(60, 60)]
    const give = (type: 'paste' | 'drop', name: string) =>
      page.evaluate(
        ({ type, name, png }) => {
          const data = new DataTransfer()
          data.items.add(new File([new Uint8Array(png)], name, { type: 'image/png' }))
          const target = document.querySelector('shopbell-my-chats')!.shadowRoot!.querySelector('textarea')!
          const options = { bubbles: true, composed: true, cancelable: true }
          const event =
            type === 'paste'
              ? new ClipboardEvent('paste', { ...options, clipboardData: data })
              : new DragEvent('drop', { ...options, dataTransfer: data })
          target.dispatchEvent(event)
          return event.defaultPrevented
        },
        { type, name, png },
      )
    expect(await give('paste', 'pasted.png')).toBe(true)
    expect(await give('drop', 'dropped.png')).toBe(true)
    await ready(page, 2)
    await look(page, 'desktop-tray')
    await page.getByRole('button', { name: 'Remove pasted.png' }).click()
    await ready(page, 1)
    await page.getByRole('button', { name: 'Remove dropped.png' }).click()
    await ready(page, 0)
    expect(await sendButton(page).getAttribute('aria-disabled')).toBe('true')
  })

  it('says what is wrong with a file, and lets the others go', async () => {
    const page = await visit('42')
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    await choose(page, [
      { name: 'large.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([PDF, Buffer.alloc(1024 * 1024)]) },
      { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<!doctype html><script>1</script>') },
      { name: 'care.txt', mimeType: 'text/plain', buffer: Buffer.from('Wash by hand.') },
      { name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
      { name: 'logo.svg', mimeType: 'image/svg+xml', buffer: svg },
    ])
    await page.getByText('Too large. Files may have 1 MB.').waitFor()
    await page.getByText('This file is empty.').first().waitFor()
    await expect.poll(() => page.getByText('Files of this kind can’t be sent.').count()).toBeGreaterThanOrEqual(1)
    await look(page, 'desktop-refused')
    await page.locator('textarea').press('Enter')
    await expect.poll(async () => (await messages()).at(-1).attachments?.[0].name).toBe('care.txt')
  })

  it('waits with its message over a lost network and a reload, and goes out once', async () => {
    const page = await visit('42')
    const before = (await messages()).length
    await page.route('**/v1/files', (route) => route.abort())
    await choose(page, [{ name: 'kept.png', mimeType: 'image/png', buffer: makePng(80, 60) }])
    await ready(page, 1)
    await page.reload()
    await ready(page, 1)
    await page.locator('textarea').fill('Kept with its words')
    await page.locator('textarea').press('Enter')
    await page.locator('.pending shopbell-files canvas').waitFor()
    await page.reload()
    await page.locator('.pending shopbell-files canvas').waitFor()
    await look(page, 'desktop-pending')
    expect(await messages()).toHaveLength(before)
    await page.unroute('**/v1/files')
    await expect.poll(async () => (await messages()).length, { timeout: 60_000 }).toBe(before + 1)
    const last = (await messages()).at(-1)
    expect(last).toMatchObject({ body: 'Kept with its words', attachments: [{ name: 'kept.png' }] })
    await expect.poll(() => page.locator('.pending').count()).toBe(0)
    expect((await messages()).length).toBe(before + 1)
  })
})

describe('what somebody uploads', () => {
  it('runs nothing in a browser, however it is opened', async () => {
    const { token } = await shop.signIn('42', PEOPLE['42'] as Record<string, unknown>)
    const gif = Buffer.from('GIF89a\x04\0\x03\0\0\0\0,*/=1;window.ran=true;/*', 'latin1')
    const script = Buffer.from('window.ran = true // and <script>window.ran = true</script>')
    const png = Buffer.concat([makePng(4, 4), Buffer.from('<script>window.ran = true</script>')])
    const files = await Promise.all(
      [PDF, gif, script, png].map(
        async (bytes) => (await upload(worker, token, bytes, { name: 'x.html' })).body.file.id,
      ),
    )
    const { body } = await worker.call('/v1/files/links', { token, body: { files } })
    expect(body.links).toHaveLength(4)
    const page = await browser.newPage()
    for (const { url } of body.links) {
      const address = worker.url + url
      const saved = page.waitForEvent('download')
      await page.goto(address).catch(() => undefined)
      expect((await saved).suggestedFilename()).toMatch(/^x\.html\.(pdf|gif|txt|png)$/)
      await page.setContent(
        `<script src="${address}"></script><iframe src="${address}"></iframe><embed src="${address}">
         <object data="${address}"></object><link rel="stylesheet" href="${address}"><img src="${address}">`,
      )
      await page.waitForLoadState('load').catch(() => undefined)
      expect(await page.evaluate(() => 'ran' in window)).toBe(false)
      for (const frame of page.frames()) expect(await frame.evaluate(() => 'ran' in window)).toBe(false)
    }
    await page.close()
  })
})

describe('a part that does not come', () => {
  const file = { name: 'receipt.pdf', mimeType: 'application/pdf', buffer: PDF }

  it('is asked for again at once, under an address that the browser has not given up', async () => {
    const page = await visit('42')
    await page.route(/\/w\/(take-in|tray)\.[^?]*\.js$/, (route) => route.abort())
    await choose(page, [file])
    await ready(page, 1)
    expect(await tray(page).textContent()).toContain('receipt.pdf')
    await tray(page).getByRole('button').first().click()
  })

  it('is told, and comes with the next try', async () => {
    const page = await visit('42')
    await page.route(/\/w\/take-in\./, (route) => route.abort())
    await choose(page, [file])
    await page.getByText('No connection').first().waitFor()
    await page.unroute(/\/w\/take-in\./)
    await choose(page, [{ ...file, name: 'second.pdf' }])
    await expect.poll(() => tray(page).allTextContents()).toHaveLength(2)
    await ready(page, 2)
    expect((await tray(page).allTextContents()).join()).not.toMatch(/No connection.*No connection/s)
    for (let left = 2; left; left--) await tray(page).first().getByRole('button').first().click()
  })
})
