import { expect, it } from 'vitest'
import { Loaded, Paged } from './page.ts'

const idle = () => undefined
const host = {
  addController: idle,
  removeController: idle,
  requestUpdate: idle,
  updateComplete: Promise.resolve(true),
}

/** A server whose answers come when, and in the order in which, the test gives them. */
function slowServer<T>() {
  const asked: PromiseWithResolvers<T>[] = []
  const ask = () => {
    asked.push(Promise.withResolvers<T>())
    return asked.at(-1)!.promise
  }
  return { asked, ask }
}

it('leaves an answer aside that a later one has overtaken, good or bad', async () => {
  const { asked, ask } = slowServer<string>()
  const loaded = new Loaded(host, ask)
  const loads = [loaded.load(), loaded.load(), loaded.load()]
  asked[2]!.resolve('newest')
  await loads[2]
  asked[0]!.resolve('oldest')
  asked[1]!.reject(new Error('lost'))
  await Promise.all(loads)
  expect(loaded).toMatchObject({ value: 'newest', failed: null, busy: false })
})

it('keeps what is there where asking again fails', async () => {
  const { asked, ask } = slowServer<string>()
  const loaded = new Loaded(host, ask)
  const first = loaded.load()
  asked[0]!.resolve('first')
  await first
  const second = loaded.load()
  asked[1]!.reject(new Error('lost'))
  await second
  expect(loaded).toMatchObject({ value: 'first', failed: { code: 'internal' }, busy: false })
})

interface Page {
  rows: string[]
  next: string | null
}
const join = (so: Page, { rows, next }: Page) => ({ rows: [...so.rows, ...rows], next })
const noRefusal = () => expect.unreachable()

it('puts the next page behind what is there', async () => {
  const { asked, ask } = slowServer<Page>()
  const paged = new Paged(host, ask, join)
  const load = paged.load()
  asked[0]!.resolve({ rows: ['a', 'b'], next: 'b' })
  await load
  const more = paged.more(noRefusal)
  asked[1]!.resolve({ rows: ['c'], next: null })
  await more
  expect(paged.value).toEqual({ rows: ['a', 'b', 'c'], next: null })
  await paged.more(noRefusal)
  expect(asked).toHaveLength(2)
})

it('puts no page behind a list that was asked for anew meanwhile', async () => {
  const { asked, ask } = slowServer<Page>()
  const paged = new Paged(host, ask, join)
  const load = paged.load()
  asked[0]!.resolve({ rows: ['a'], next: 'a' })
  await load
  const more = paged.more(noRefusal)
  const again = paged.load()
  asked[2]!.resolve({ rows: ['z'], next: 'z' })
  await again
  asked[1]!.resolve({ rows: ['b'], next: 'b' })
  await more
  expect(paged.value).toEqual({ rows: ['z'], next: 'z' })
})
