import { expect, test } from 'vitest'
import { checkBoundaries } from './check-boundaries.ts'

const check = (sources: Record<string, string>) => checkBoundaries(new Map(Object.entries(sources)))

test('has nothing against what the design allows', () => {
  expect(
    check({
      'protocol/chats.ts': "import * as z from 'zod'\nimport { ChatId } from './ids.ts'",
      'widgets/client/api.ts':
        "import type { Chat } from '../../protocol/chats.ts'\nimport { type Me, type Role } from '../../protocol/sessions.ts'\nimport { MAX_MESSAGE_CHARS } from '../../protocol/bounds.ts'",
      'widgets/loader/load.ts':
        "import type { StartChat } from '../start-chat/start-chat.ts'\nconst bring = () => import('../start-chat/start-chat.ts')",
      'widgets/start-chat/start-chat.ts': "import { LitElement } from 'lit'",
      'worker/chats/start.ts': "import { sellersOf } from '../catalog/sellers-of.ts'",
      'worker/chats/start-store.ts':
        "import type { Limit } from '../messages/store.ts'\nimport { chats } from '../db/schema/sites.ts'\ndb.prepare('SELECT 1')",
      'worker/rooms/chat-room.ts': "import { insert } from '../messages/store.ts'",
      'worker/app.ts': "import { chatRoutes } from './chats/routes.ts'",
      'demo/worker.ts': "import worker from '../worker/index.ts'",
    }),
  ).toEqual([])
})

test.each([
  ['protocol is a leaf', { 'protocol/chats.ts': "import { Hono } from 'hono'" }],
  ['protocol is a leaf', { 'protocol/chats.ts': "import type { Env } from '../worker/env.ts'" }],
  ['the browser takes only types from protocol', { 'widgets/a.ts': "import { Chat } from '../protocol/chats.ts'" }],
  [
    'the browser takes only types from protocol',
    { 'admin/a.ts': "import { type Chat, ERRORS } from '../protocol/errors.ts'" },
  ],
  ['the browser takes only types from protocol', { 'ui/a.ts': "export { Chat } from '../protocol/chats.ts'" }],
  ['the browser knows nothing of the worker', { 'widgets/a.ts': "import type { Env } from '../worker/env.ts'" }],
  ['the browser knows nothing of the worker', { 'widgets/a.ts': "const env = await import('../worker/env.ts')" }],
  ['routes.ts speaks HTTP and no SQL', { 'worker/chats/routes.ts': "import { eq } from 'drizzle-orm'" }],
  ['only stores touch the tables', { 'worker/chats/start.ts': "import { chats } from '../db/schema/sites.ts'" }],
  ['only stores touch the tables', { 'worker/chats/start.ts': "env.DB.prepare('SELECT 1')" }],
  [
    'a feature never reaches into another’s routes or store',
    { 'worker/chats/start.ts': "import { find } from '../catalog/store.ts'" },
  ],
  [
    'a feature never reaches into another’s routes or store',
    { 'worker/chats/start.ts': "import {\n  a,\n  b,\n} from '../catalog/routes.ts'" },
  ],
  [
    'the product imports nothing of tests',
    { 'worker/chats/start.ts': "import { shop } from '../../demo/shop/app.ts'" },
  ],
  [
    'the loader never brings Lit',
    {
      'widgets/loader/shopbell.ts': "import { open } from '../open.ts'",
      'widgets/open.ts': "import { html } from 'lit/html.js'",
    },
  ],
  [
    'imports run in one direction',
    {
      'worker/a.ts': "import './b.ts'",
      'worker/b.ts': "import { c } from './c.ts'",
      'worker/c.ts': "export * from './a.ts'",
    },
  ],
])('%s: a breach is noticed', (sentence, sources) => {
  expect(check(sources as Record<string, string>).join('\n')).toContain(sentence)
})

test('reads no import out of a comment', () => {
  expect(check({ 'protocol/a.ts': "// import { Hono } from 'hono'\n/* import('hono') */" })).toEqual([])
})

test('names a ring of imports once', () => {
  expect(check({ 'worker/a.ts': "import './b.ts'", 'worker/b.ts': "import './a.ts'" })).toHaveLength(1)
})
