import type { ParseArgsOptionsConfig } from 'node:util'
import type { AllowedAddress, CreatedSite, Invite, NewKey, OwnerLink, SiteSummary } from '../../protocol/operator.ts'
import { type Deployment, Told } from './deployment.ts'
import { HOOK_COMMANDS } from './hook-commands.ts'
import { listing } from './listing.ts'
import { welcome } from './snippets.ts'

/** Values of the flags, as typed. */
export type Flags = Record<string, string | boolean | (string | boolean)[] | undefined>

export interface Command {
  /** As it is called: flags in brackets may be left out. */
  usage: string
  options: ParseArgsOptionsConfig
  needs: string[]
  run(deployment: Deployment, flags: Flags): Promise<string>
}

const one = { type: 'string' } as const
const many = { type: 'string', multiple: true } as const
const text = (flags: Flags, name: string) => String(flags[name])
const texts = (flags: Flags, name: string) => (Array.isArray(flags[name]) ? flags[name].map(String) : undefined)
const optional = (flags: Flags, name: string) => (flags[name] === undefined ? {} : { [name]: flags[name] })
const siteOf = (flags: Flags) => `/sites/${encodeURIComponent(text(flags, 'site'))}`

/** An address copied from a browser's bar is an origin and a slash; international names become the ASCII that browsers send. */
export function toOrigin(typed: string): string {
  const url = URL.parse(typed)
  return url && url.pathname === '/' && !url.search && !url.hash && !url.username ? url.origin : typed
}

async function rotateKey(deployment: Deployment, flags: Flags): Promise<string> {
  const use = flags.use === undefined ? 'identity' : text(flags, 'use')
  const { sites } = await deployment.ask<{ sites: SiteSummary[] }>('GET', '/sites')
  const site = sites.find((each) => each.site === flags.site)
  const made = await deployment.ask<NewKey>('POST', `${siteOf(flags)}/keys`, { use })
  const old = site?.keys.find((key) => key.use === use && !key.revoked)
  const next = old
    ? `The old key ${old.id} still works. When nothing uses it any more:\n  npm run site -- key revoke --site ${text(flags, 'site')} --key ${old.id}`
    : ''
  return `New ${use} key ${made.id} (shown once):\n  ${made.secret}\n${next}`.trimEnd()
}

async function addSeller(deployment: Deployment, flags: Flags): Promise<string> {
  const members = texts(flags, 'member')
  const seller = {
    id: text(flags, 'id'),
    name: text(flags, 'name'),
    ...optional(flags, 'picture'),
    ...(members && { members }),
  }
  await deployment.ask('PUT', `${siteOf(flags)}/sellers`, { sellers: [seller] })
  const people = members ? members.join(', ') : `${seller.id} (the seller's own account at the shop)`
  return `Seller ${seller.id} is saved. Who answers: ${people}`
}

async function invite(deployment: Deployment, flags: Flags): Promise<string> {
  const body = { seller: text(flags, 'id'), email: text(flags, 'email'), ...optional(flags, 'name') }
  const { link, expiresAt } = await deployment.ask<Invite>('POST', `${siteOf(flags)}/invites`, body)
  return `Send this to ${body.email}; it works once, until ${new Date(expiresAt).toUTCString()}:\n  ${link}`
}

async function ownerLink(deployment: Deployment, flags: Flags): Promise<string> {
  const { link, expiresAt, isSetup } = await deployment.ask<OwnerLink>('POST', `${siteOf(flags)}/owner-link`)
  const says = isSetup
    ? 'This site has no owner yet. Whoever opens this first becomes it'
    : 'This signs the site’s owner in, once'
  return `${says}, until ${new Date(expiresAt).toUTCString()}:\n  ${link}`
}

/** Every command by its words. */
export const COMMANDS: Record<string, Command> = {
  create: {
    usage: '--name "Wool & Co" --origin https://shop.example [--origin …]',
    options: { name: one, origin: many },
    needs: ['name', 'origin'],
    async run(deployment, flags) {
      const origins = texts(flags, 'origin')?.map(toOrigin)
      const made = await deployment.ask<CreatedSite>('POST', '/sites', { name: text(flags, 'name'), origins })
      return welcome(deployment.url, made)
    },
  },
  list: {
    usage: '',
    options: {},
    needs: [],
    run: async (deployment) => listing((await deployment.ask<{ sites: SiteSummary[] }>('GET', '/sites')).sites),
  },
  'owner link': {
    usage: '--site site_…',
    options: { site: one },
    needs: ['site'],
    run: ownerLink,
  },
  restored: {
    usage: '--site site_…',
    options: { site: one },
    needs: ['site'],
    async run(deployment, flags) {
      await deployment.ask('POST', `${siteOf(flags)}/restored`)
      return 'Every page of this site drops what it holds and loads anew, at once or within five minutes.'
    },
  },
  'key rotate': {
    usage: '--site site_… [--use identity|admin|server]',
    options: { site: one, use: one },
    needs: ['site'],
    run: rotateKey,
  },
  'key revoke': {
    usage: '--site site_… --key key_…',
    options: { site: one, key: one },
    needs: ['site', 'key'],
    async run(deployment, flags) {
      const key = text(flags, 'key')
      if (!key.startsWith('key_')) throw new Told('--key takes the id of a key (key_…), not its secret.')
      await deployment.ask('DELETE', `${siteOf(flags)}/keys/${encodeURIComponent(key)}`)
      return `${key} is revoked, and every session that it opened has ended.`
    },
  },
  'origin add': {
    usage: '--site site_… --origin https://shop.example [--admin]',
    options: { site: one, origin: one, admin: { type: 'boolean' } },
    needs: ['site', 'origin'],
    async run(deployment, flags) {
      const body = { origin: toOrigin(text(flags, 'origin')), use: flags.admin ? 'admin' : 'shop' }
      await deployment.ask('PUT', `${siteOf(flags)}/origins`, body)
      return `${body.origin} may speak to this site${flags.admin ? ' for its admins' : ''}, everywhere within ten seconds.`
    },
  },
  'origin remove': {
    usage: '--site site_… --origin https://shop.example [--admin]',
    options: { site: one, origin: one, admin: { type: 'boolean' } },
    needs: ['site', 'origin'],
    async run(deployment, flags) {
      const origin = toOrigin(text(flags, 'origin'))
      const query = new URLSearchParams({ origin, use: flags.admin ? 'admin' : 'shop' })
      await deployment.ask('DELETE', `${siteOf(flags)}/origins?${query}`)
      return `${origin} may no longer speak to this site, everywhere within ten seconds.`
    },
  },
  'seller add': {
    usage: '--site site_… --id 7 --name "Wool & Co" [--picture https://…] [--member 12 …]',
    options: { site: one, id: one, name: one, picture: one, member: many },
    needs: ['site', 'id', 'name'],
    run: addSeller,
  },
  'seller default': {
    usage: '--site site_… --id 7',
    options: { site: one, id: one },
    needs: ['site', 'id'],
    async run(deployment, flags) {
      await deployment.ask('PUT', `${siteOf(flags)}/default-seller`, { seller: text(flags, 'id') })
      return `Seller ${text(flags, 'id')} answers for everything that names no other.`
    },
  },
  'seller invite': {
    usage: '--site site_… --id 7 --email ann@shop.example [--name Ann]',
    options: { site: one, id: one, email: one, name: one },
    needs: ['site', 'id', 'email'],
    run: invite,
  },
  'mail allow': {
    usage: '--email ann@shop.example',
    options: { email: one },
    needs: ['email'],
    async run(deployment, flags) {
      const email = text(flags, 'email')
      const { lifted } = await deployment.ask<AllowedAddress>('POST', '/mail/allow', { email })
      if (!lifted) return `Nothing held mail to ${email} back.`
      return `${email} gets mail again. If it bounced, remove it from Resend’s own list of suppressions too.`
    },
  },
  ...HOOK_COMMANDS,
}
