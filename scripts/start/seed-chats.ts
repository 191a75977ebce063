import { randomUUID } from 'node:crypto'
import { ask } from './ask.ts'

/** Who speaks, having read all before it, and the words. */
type Line = [who: string, words: string]
interface SeededChat {
  product: string
  lines: [Line, ...Line[]]
}

const CHATS: SeededChat[] = [
  {
    product: 'CUSHION-4',
    lines: [
      ['alex', 'Does the cover come without the filling? I have one to fit.'],
      ['jonas', 'It does, for £38. Tell me the size of yours and I will check the fit.'],
      ['alex', 'It is 50 × 50, but quite flat.'],
    ],
  },
  {
    product: 'STOOL-3',
    lines: [
      ['alex', 'Hello! Could you make this one 50 cm high?'],
      ['priya', 'Yes, up to 65. It takes about two weeks and costs £12 more.'],
      ['priya', 'Shall I set one aside from the next batch?'],
    ],
  },
  {
    product: '310',
    lines: [
      ['sam', 'Is this bowl turned from one piece of wood?'],
      ['priya', 'From one piece, always. You can follow the grain across the rim.'],
      ['sam', 'Lovely. Would it hold salad for six?'],
    ],
  },
]

/** A few conversations, so that nobody's first look is at an empty inbox. Sent as real people would. */
export async function seedChats(site: string, url: string) {
  const tokens = new Map<string, string>()
  for (const who of ['sam', 'alex', 'priya', 'jonas']) tokens.set(who, await signIn(site, url, who))
  const say = async (who: string, path: string, body: object) =>
    (await ask('POST', `${url}/v1${path}`, { token: tokens.get(who), origin: url, body })).body
  const read = (who: string, chat: string, seq: number) =>
    ask('PUT', `${url}/v1/chats/${chat}/read`, { token: tokens.get(who), origin: url, body: { seq } })

  for (const { product, lines } of CHATS) {
    const [[shopper, words], ...rest] = lines
    const context = { type: 'product', id: product }
    const { chat } = await say(shopper, '/chats', { context, message: message(words) })
    for (const [who, said] of rest) {
      const sent = await say(who, `/chats/${chat.id}/messages`, message(said))
      await read(who, chat.id, sent.message.seq)
    }
  }
}

const message = (body: string) => ({ clientId: randomUUID(), body })

/** The way of a real page: the shop's server vouches for its visitor. */
async function signIn(site: string, url: string, who: string): Promise<string> {
  const identity = await fetch(`${url}/demo/identity`, { headers: { Cookie: `demo_who=${who}` } })
  const { assertion } = (await identity.json()) as { assertion: string }
  const session = await ask('POST', `${url}/v1/sessions`, { origin: url, body: { site, assertion } })
  return session.body.token
}
