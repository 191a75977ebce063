import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sellersOf } from '../../worker/catalog/sellers-of.ts'
import { createSite, type MadeSite } from '../support/identity.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: MadeSite

beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker.stop())
beforeEach(async () => {
  site = await createSite(worker)
  await server('/v1/sellers', { sellers: [{ id: 'oak', name: 'Oak Works' }] })
})

const server = (path: string, body: unknown, options: object = {}) =>
  worker.call(path, { method: 'PUT', origin: null, token: site.server.secret, body, ...options })
const put = (products: unknown, options: object = {}) => server('/v1/catalog/products', { products }, options)
const rows = async (of = site.id): Promise<any[]> => {
  const found = await worker.env.DB.prepare('SELECT * FROM products WHERE site = ? ORDER BY id').bind(of).all()
  return found.results
}
const bowl = { id: '310', title: 'Walnut Bowl', seller: 'oak' }

describe('the catalog', () => {
  it('takes five hundred products at once, long ids and other scripts among them', async () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      id: `9007199254740993${i}`,
      title: `椀 ${i}`,
      seller: 'oak',
    }))
    expect(await put(many)).toMatchObject({ status: 200, body: { saved: 500 } })
    expect(await rows()).toHaveLength(500)
    expect((await rows())[0]).toMatchObject({ id: '90071992547409930', title: '椀 0', seller: 'oak' })
  })

  it('refuses five hundred and one, and none at all', async () => {
    const many = Array.from({ length: 501 }, (_, i) => ({ id: `${i}`, title: 'Bowl' }))
    expect(await put(many)).toMatchObject({ status: 422, body: { code: 'invalid', issues: [{ path: 'products' }] } })
    expect((await put([])).status).toBe(422)
    expect(await rows()).toEqual([])
  })

  it('replaces a product as a whole', async () => {
    await put([{ ...bowl, url: 'https://shop.example/310', picture: 'https://shop.example/310.jpg', price: '$48.00' }])
    await put([{ id: '310', title: 'Cherry Bowl' }])
    expect(await rows()).toMatchObject([
      { id: '310', title: 'Cherry Bowl', seller: null, url: null, picture: null, price: null },
    ])
  })

  it('takes the last of two rows for one product', async () => {
    expect((await put([bowl, { id: '310', title: 'First' }, { ...bowl, title: 'Last' }])).body).toEqual({ saved: 1 })
    expect(await rows()).toMatchObject([{ title: 'Last', seller: 'oak' }])
  })

  it('saves nothing where one row names a seller that the site does not have', async () => {
    const answer = await put([bowl, { ...bowl, id: '311', seller: 'elm' }, { id: '312', title: 'Cup' }])
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'seller_unknown', issues: [{ path: 'products.1.seller', message: 'No seller elm at this site.' }] },
    })
    expect(await rows()).toEqual([])
  })

  it('does not touch or lean on another site', async () => {
    await put([bowl])
    const first = site
    site = await createSite(worker)
    expect((await put([bowl])).body.code).toBe('seller_unknown')
    await put([{ id: '310', title: 'Another bowl' }])
    expect(await rows(first.id)).toMatchObject([{ title: 'Walnut Bowl', seller: 'oak' }])
    expect(await rows()).toMatchObject([{ title: 'Another bowl', seller: null }])
  })

  it.each([
    ['a url that runs code', { url: 'javascript:alert(1)' }, 'url'],
    ['a picture that runs code', { picture: 'data:image/svg+xml,<svg/>' }, 'picture'],
    ['a title over 200 characters', { title: 'x'.repeat(201) }, 'title'],
    ['a title that reads backwards', { title: 'a\u202eb' }, 'title'],
    ['an id with a space', { id: '3 10' }, 'id'],
    ['an id that is a number', { id: 310 }, 'id'],
    ['an unknown key', { colour: 'red' }, ''],
  ])('refuses %s', async (_, wrong, field) => {
    const { status, body } = await put([bowl, { ...bowl, ...wrong }])
    expect(status).toBe(422)
    expect(body.issues[0].path).toBe(['products', '1', field].filter(Boolean).join('.'))
    expect(await rows()).toEqual([])
  })

  it('keeps quotes, braces and JSON in a title as they are', async () => {
    const title = `'); DROP TABLE products; -- {"seller":"elm"} {{order_id}} <b>`
    await put([{ ...bowl, title }])
    expect(await rows()).toMatchObject([{ title, seller: 'oak' }])
  })

  it('is for the shop’s server alone', async () => {
    const { token } = await site.signIn('u1')
    expect((await put([bowl], { token, origin: 'https://shop.example' })).status).toBe(403)
    expect((await put([bowl], { origin: 'https://shop.example' })).body.code).toBe('forbidden')
    expect((await put([bowl], { token: undefined })).status).toBe(401)
  })

  it('refuses a body over one megabyte', async () => {
    expect((await put([{ ...bowl, title: 'x'.repeat(1_100_000) }])).status).toBe(413)
  })
})

it('tells who answers for a thing: the product’s seller, else the site’s default one', async () => {
  await put([bowl, { id: '311', title: 'Cup' }])
  const here = { id: site.id, defaultSeller: 'shop' } as Parameters<typeof sellersOf>[1]
  const db = worker.env.DB as Parameters<typeof sellersOf>[0]
  expect(await sellersOf(db, here, 'product', '310')).toEqual(['oak'])
  expect(await sellersOf(db, here, 'product', '311')).toEqual(['shop'])
  expect(await sellersOf(db, here, 'product', 'unheard-of')).toEqual(['shop'])
  expect(await sellersOf(db, here, 'order', '310')).toEqual(['shop'])
  expect(await sellersOf(db, here, 'post', '310')).toEqual(['shop'])
})
