import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { DemoContext } from './env.ts'
import { PEOPLE, type Person } from './people.ts'

const COOKIE = 'demo_who'

/** Who is signed in at the demo shop; null for a guest. A real shop has its own sessions for this. */
export const whoIs = (c: Context<DemoContext>): Person | null =>
  PEOPLE.find(({ id }) => id === getCookie(c, COOKIE)) ?? null

export function become(c: Context<DemoContext>, id: string) {
  const person = PEOPLE.find((known) => known.id === id)
  setCookie(c, COOKIE, person?.id ?? '', {
    path: '/demo',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: person ? 365 * 86_400 : 0,
  })
}
