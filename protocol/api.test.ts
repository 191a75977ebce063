import { expect, it } from 'vitest'
import { errorsOf } from './api/route.ts'
import { API } from './api.ts'

// By a variable: the worker's types (Workers) and a test's (DOM) do not go into one program.
const path = '../worker/app.ts'
const { app }: { app: { routes: { method: string; path: string }[] } } = await import(path)

/** Pages and what belongs to them are no part of the API. */
const isApi = (route: string) => / \/(v1\/|healthz$)/.test(route)

const documented = API.flatMap(({ routes }) => routes)
const name = (route: { method: string; path: string }) => `${route.method} ${route.path}`
const served = new Set(app.routes.filter(({ method }) => method !== 'ALL').map(name))

it('documents every route of the worker, and no other', () => {
  expect(documented.map(name).sort()).toEqual([...served].filter(isApi).sort())
})

it('documents each route once', () => {
  expect(new Set(documented.map(name)).size).toBe(documented.length)
})

it('names the refusals that a body and a session bring along', () => {
  const send = documented.find((route) => name(route) === 'POST /v1/chats/:chat/messages')
  expect(errorsOf(send!)).toEqual(expect.arrayContaining(['session_required', 'invalid', 'burst_limited']))
})
