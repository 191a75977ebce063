import type { AdminDesk } from './admin-page.ts'
import { type PastChat, random, writePast } from './history.ts'
import type { MadeSite } from './identity.ts'

const DAY = 86_400_000

/** People of a shop who have something to ask, and what its sellers say to it. */
const TALKS = [
  [
    'Sam Rivera',
    'sam@home.example',
    'Walnut bowl',
    ['Is it safe in a dishwasher?', 'By hand only, sorry.', 'Thank you, that helped.'],
  ],
  ['Inès Moreau', 'ines@home.example', 'Alder stoneware mug', ['Does the glaze hold up to boiling water?']],
  [
    'Jonas Weber',
    'jonas@home.example',
    'Linen napkin, set of four',
    ['Can I return one of the four?', 'Yes, within 30 days.'],
  ],
] as const

/** Gives a shop sellers and a few chats, so that its pages have something to show. */
export async function openForBusiness({ worker }: AdminDesk, site: MadeSite) {
  const sellers = [
    { id: 'shop', name: 'Northfold', members: ['s1'] },
    { id: '19', name: 'Oak Works', members: ['s2'] },
  ]
  await worker.call('/v1/sellers', { method: 'PUT', origin: null, token: site.server.secret, body: { sellers } })
  const seller = await site.signIn('s1', { role: 'seller', name: 'Priya Nair' })
  for (const [i, [name, email, title, texts]] of TALKS.entries()) {
    const { token } = await site.guest({ name, email })
    const [first, ...rest] = texts.map((body, n) => ({ clientId: `message-${i}-${n}`, body }))
    const context = { type: 'product', id: `p${i}`, claim: { title } }
    const { status, body } = await worker.call('/v1/chats', { token, body: { context, message: first } })
    if (status !== 201) throw new Error(`No chat: ${JSON.stringify(body)}`)
    for (const [n, message] of rest.entries())
      await worker.call(`/v1/chats/${body.chat.id}/messages`, { token: n % 2 ? token : seller.token, body: message })
  }
}

/** Three months of chats, more of them towards today and fewer on Sundays; the same in every run. */
export function writeQuarter({ worker }: AdminDesk, site: MadeSite) {
  const next = random(7)
  const upTo = (most: number) => Math.floor(next() * most)
  const chats = Array.from({ length: 90 }, (_, ago) => {
    const start = Date.now() - (ago + 1) * DAY
    const busy = new Date(start).getUTCDay() === 0 ? 3 : 9
    return Array.from({ length: 2 + upTo(busy - ago / 20) }, (_, n): PastChat => {
      const at = start + (8 + upTo(10)) * 3_600_000
      const sides = ['customer', 'seller'] as const
      return {
        id: `past-${ago}-${n}`,
        context: (['product', 'product', 'order', 'post'] as const)[upTo(4)] ?? 'product',
        seller: upTo(3) ? 'shop' : '19',
        at,
        messages: Array.from({ length: 1 + upTo(10) }, (_, m) => ({
          side: sides[m % 2] ?? 'customer',
          at: at + m * (60_000 + upTo(1_500_000)),
        })),
      }
    })
  }).flat()
  return writePast(worker.env.DB as unknown as Parameters<typeof writePast>[0], site.id, chats)
}
