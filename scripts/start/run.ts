import { rmSync } from 'node:fs'
import { buildWhenStale } from './build-when-stale.ts'
import { loadDemoSite } from './demo-site.ts'
import { migrate } from './migrate.ts'
import { readOptions, type StartOptions, USAGE } from './options.ts'
import { ownerLink } from './owner-link.ts'
import { requireFreePort } from './port.ts'
import { ensureSecret } from './secret.ts'
import { seed } from './seed.ts'
import { whenParentEnds } from './when-parent-ends.mjs'
import { type DevServer, serve } from './wrangler.ts'

main().catch((error: Error) => {
  console.error(`\n${error.message}\n`)
  process.exit(1)
})

async function main() {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') return console.log(USAGE)
  await requireFreePort(options.port)
  if (options.reset) rmSync(options.state, { recursive: true, force: true })
  await Promise.all([buildWhenStale(), migrate(options.state)])
  await run(options)
}

async function run(options: StartOptions) {
  const secret = ensureSecret()
  const demo = loadDemoSite(options.state, secret)
  // Links in mails lead here; without a key of a mail provider the mails are shown at /dev/mail.
  const vars = {
    ...demo.vars,
    SHOPBELL_URL: `http://localhost:${options.port}`,
    DEV_MAILBOX: 'on',
    MAIL_REPLY_DOMAIN: 'reply.localhost',
  }
  const server = serve({ ...options, vars })
  const isStopping = stopOnSignal(server)
  await server.ready
  const url = `http://localhost:${options.port}`
  await seed(demo, url, secret)
  tell(options, await ownerLink(demo.site, url, secret))
  const lastWords = await server.ended
  if (isStopping()) return
  throw new Error(`The Worker stopped:\n\n${lastWords}`)
}

/** Answers whether it is stopping already. */
function stopOnSignal(server: DevServer) {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await server.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  whenParentEnds(stop)
  return () => stopping
}

function tell({ port, state }: StartOptions, settings: string) {
  const bold = (text: string) => (process.stdout.isTTY ? `\x1b[1m${text}\x1b[0m` : text)
  const url = `http://localhost:${port}`
  console.log(`
  ${bold('Shopbell is running.')} Stop it with Ctrl-C.

  Demo shop   ${url}/demo/
  My chats    ${url}/demo/chats
  Inbox       ${url}/inbox
  Mails       ${url}/dev/mail
  Settings    ${settings}
              (signs you in as the owner, once; a new link with every start)
  Guide       README.md, docs/

  Be a shopper in one window and a seller in another (a private one): the
  switch at the top right says who you are. Data is kept in ${state.replace(`${process.cwd()}/`, '')}.
`)
}
