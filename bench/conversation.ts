export interface Line {
  chat: string
  seq: number
  clientId: string
  side: 'customer' | 'seller'
  author: string
  name: null
  body: string
  at: number
}

/**
 * Messages `from` to `to` of a long conversation: runs of one to three, short and long ones, now and then a link, a new
 * day about every 150. Needs nothing around it, since it runs in the page.
 */
export function conversation(from: number, to: number): Line[] {
  const WORDS = 'the bowl is turned from one piece of walnut and oiled by hand so please keep it dry'.split(' ')
  const START = Date.UTC(2026, 0, 5, 8)
  const lines: Line[] = []
  for (let seq = from; seq <= to; seq++) {
    const side = Math.floor(seq / 2) % 2 || seq % 7 === 0 ? 'customer' : 'seller'
    const words = Array.from({ length: 3 + ((seq * 7) % 22) }, (_, i) => WORDS[(seq + i * 5) % WORDS.length])
    const link = seq % 13 === 0 ? ` https://shop.example/p/${seq}` : ''
    lines.push({
      chat: 'chat_bench',
      seq,
      clientId: `line-${seq}`,
      side,
      author: `usr_${side}`,
      name: null,
      body: words.join(' ') + link,
      at: START + seq * 570_000,
    })
  }
  return lines
}
