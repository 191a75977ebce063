import * as z from 'zod'
import { Title } from '../text.ts'
import { field } from './field.ts'
import { PageUrl } from './page-url.ts'

const MAX_LABEL_CHARS = 40

/** A short text that shoppers read on a button or in a menu. */
export const Label = Title.max(MAX_LABEL_CHARS)

/** Where the chats of a context are read, the same for orders and products. */
export function routingFields(context: 'order' | 'product', endpointLabel: string) {
  const on = { [`contexts.${context}.enabled`]: true }
  const routing = `contexts.${context}.routing`
  return {
    routing: field(z.enum(['static', 'account']).default('static'), {
      label: 'Routing',
      help: 'Whether these chats are read on a page of their own or inside the customer’s account.',
      control: 'select',
      options: { static: 'Static page', account: 'Account endpoint' },
      shownWhen: on,
    }),
    pageUrl: field(PageUrl, {
      label: 'Page URL',
      help: 'The page that shows My Chats for this context. Left empty, it is the chats page.',
      control: 'url',
      shownWhen: { ...on, [routing]: 'static' },
    }),
    accountUrl: field(PageUrl, {
      label: 'Account URL',
      help: 'The address of the customer’s account, where the menu entry opens My Chats.',
      control: 'url',
      shownWhen: { ...on, [routing]: 'account' },
    }),
    endpointLabel: field(Label.default(endpointLabel), {
      label: 'Endpoint label',
      help: 'The name of the entry in the account menu.',
      control: 'text',
      shownWhen: { ...on, [routing]: 'account' },
    }),
  }
}
