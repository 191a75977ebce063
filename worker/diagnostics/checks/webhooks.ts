import { DAY_MS } from '../../durations.ts'
import { howLong } from '../ago.ts'
import { attention, broken, type CheckUp, type Finding, ok, type Subject } from '../check.ts'
import { type HookState, knowsOrders, readHookStates } from '../store.ts'

const QUIET_MS = 7 * DAY_MS
const NAMES = { woocommerce: 'WooCommerce', shopify: 'Shopify' }

export const webhooks: CheckUp = {
  id: 'webhooks',
  title: 'Webhooks',
  async look({ env, db, site, now }) {
    const states = await readHookStates(env, db, site.id)
    if (states.length > 0) return states.map((state) => ofOne(state, now)).toSorted(worstFirst)[0] ?? ok('')
    if (!site.settings.contexts.order.enabled || (await knowsOrders(db, site.id))) return ok('None are set up.')
    return attention(
      'Chats about orders are on, but nobody tells us of orders.',
      'Add a webhook of your shop (Settings, Install), or send orders with the server key.',
    )
  },
}

const RANK = { broken: 0, attention: 1, ok: 2 }
const worstFirst = (one: Finding, other: Finding) => RANK[one.state] - RANK[other.state]

function ofOne({ source, receivedAt, refusedAt, stuck, trouble }: HookState, now: Subject['now']): Finding {
  const name = NAMES[source]
  const ago = (at: number) => `${howLong(now - at)} ago`
  if (refusedAt !== null && refusedAt > (receivedAt ?? 0))
    return broken(
      `${name}’s last deliveries are refused: the signature does not fit (${ago(refusedAt)}).`,
      `Give ${name} the secret that is shown when a webhook is added, or add a new one. WooCommerce switches a webhook off at the seventh failure in a row: switch it on again there.`,
    )
  if (stuck > 0)
    return attention(
      `${stuck} of ${name}’s deliveries could not be worked on. They are tried again.`,
      'The cause is in the Worker’s log.',
    )
  if (trouble !== null)
    return attention(
      `${name} could not be asked for orders that never came.`,
      'Check the address and the read key that were given for it (`npm run site -- hook sweep`).',
    )
  if (receivedAt === null)
    return attention(
      `${name} has not sent anything yet.`,
      `Check in ${name} that the webhook is active and has our address.`,
    )
  if (now - receivedAt > QUIET_MS)
    return attention(
      `${name} sent something last ${ago(receivedAt)}.`,
      `Check in ${name} that the webhook is still active.`,
    )
  return ok(`${name} sent something ${ago(receivedAt)}.`)
}
