import type { HookList, NewHook } from '../../protocol/operator.ts'
import type { Command, Flags } from './commands.ts'
import { type Deployment, Told } from './deployment.ts'

const one = { type: 'string' } as const
const text = (flags: Flags, name: string) => String(flags[name])
const optional = (flags: Flags, name: string) => (flags[name] === undefined ? {} : { [name]: flags[name] })
const siteOf = (flags: Flags) => `/sites/${encodeURIComponent(text(flags, 'site'))}`

async function add(deployment: Deployment, flags: Flags): Promise<string> {
  const body = { source: text(flags, 'source'), ...optional(flags, 'secret'), ...optional(flags, 'shop') }
  const made = await deployment.ask<NewHook>('POST', `${siteOf(flags)}/hooks`, body)
  if (made.source === 'shopify')
    return `Hooks of Shopify signed with that secret are taken (${made.id}). Send them to:\n  ${made.url}`
  return `Secret ${made.id} for WooCommerce’s webhooks (shown once):
  ${made.secret}
The plugin takes it as it is. By hand: WooCommerce, Settings, Advanced, Webhooks, one each for Order created, Order
updated, Order deleted, Order restored, Product created, Product updated and Customer updated, with this secret, to:
  ${made.url}`
}

async function rotate(deployment: Deployment, flags: Flags): Promise<string> {
  const { hooks } = await deployment.ask<HookList>('GET', `${siteOf(flags)}/hooks`)
  const old = hooks.find(({ source }) => source === flags.source)?.keys.at(-1)
  const told = await add(deployment, flags)
  const after = old
    ? `\nThe old secret ${old.id} still works. When nothing is signed with it any more:\n  npm run site -- key revoke --site ${text(flags, 'site')} --key ${old.id}`
    : ''
  return told + after
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const minute = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

function shown({ source, url, keys, address, trouble, waiting, counts }: HookList['hooks'][number]): string {
  const lines = [
    `${source}  ${url}`,
    ...keys.map(({ id, createdAt }) => `  secret: ${id}, of ${day(createdAt)}`),
    keys.length === 0 ? `  no secret yet: npm run site -- hook add --site … --source ${source}` : '',
    address ? `  shop: ${address}` : '',
    trouble ? `  asking for missed orders failed: ${trouble}` : '',
    waiting ? `  waiting: ${waiting}` : '',
    ...counts.map(({ outcome, n, lastAt }) => `  ${outcome.replace('_', ' ')}: ${n}, last ${minute(lastAt)} UTC`),
  ]
  return lines.filter(Boolean).join('\n')
}

async function sweep(deployment: Deployment, flags: Flags): Promise<string> {
  const path = `${siteOf(flags)}/sweep`
  if (flags.off) {
    await deployment.ask('DELETE', path)
    return 'The shop is asked no more, and its read key is forgotten.'
  }
  if (!flags.at || !flags.key || !flags.secret) throw new Told('Give --at, --key and --secret, or --off.')
  const body = { url: text(flags, 'at'), key: text(flags, 'key'), secret: text(flags, 'secret') }
  await deployment.ask('PUT', path, body)
  return `${body.url} is asked every 15 minutes for orders that never came. At once: npm run orders:sweep`
}

/** What an operator does about the hooks of shops' platforms. */
export const HOOK_COMMANDS: Record<string, Command> = {
  'hook add': {
    usage: '--site site_… --source woocommerce|shopify [--secret …] [--shop wool.myshopify.com]',
    options: { site: one, source: one, secret: one, shop: one },
    needs: ['site', 'source'],
    run: add,
  },
  'hook rotate': {
    usage: '--site site_… --source woocommerce|shopify [--secret …]',
    options: { site: one, source: one, secret: one },
    needs: ['site', 'source'],
    run: rotate,
  },
  'hook list': {
    usage: '--site site_…',
    options: { site: one },
    needs: ['site'],
    run: async (deployment, flags) =>
      (await deployment.ask<HookList>('GET', `${siteOf(flags)}/hooks`)).hooks.map(shown).join('\n\n'),
  },
  'hook sweep': {
    usage: '--site site_… --at https://shop.example --key ck_… --secret cs_…, or --off',
    options: { site: one, at: one, key: one, secret: one, off: { type: 'boolean' } },
    needs: ['site'],
    run: sweep,
  },
}
