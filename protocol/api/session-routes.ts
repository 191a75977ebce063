import { ChangeGuest, Me, NewSession, Refresh, Session } from '../sessions.ts'
import type { RouteGroup } from './route.ts'

export const sessionGroup: RouteGroup = {
  title: 'Sessions',
  about: 'A session is one person in one browser. Its token is good for 15 minutes; the refresh token gets the next.',
  routes: [
    {
      method: 'POST',
      path: '/v1/sessions',
      summary: 'Open a session',
      help: 'With the shop’s assertion, with a one-time link, or as a guest with neither. A guest’s `guestToken` brings the guest’s chats along, once.',
      auth: 'origin',
      body: NewSession,
      answers: [{ status: 201, schema: Session }],
      errors: ['assertion_invalid', 'link_invalid', 'guests_refused', 'guest_details_required', 'guests_limited'],
    },
    {
      method: 'POST',
      path: '/v1/sessions/refresh',
      summary: 'Get the next token',
      help: 'Each refresh token works once. One that turns up again later ends the session, for it may be stolen.',
      auth: 'origin',
      body: Refresh,
      answers: [{ status: 200, schema: Session }],
      errors: ['session_ended', 'guests_refused'],
    },
    {
      method: 'DELETE',
      path: '/v1/sessions/current',
      summary: 'Sign out',
      auth: 'session',
      answers: [{ status: 204 }],
    },
    {
      method: 'GET',
      path: '/v1/me',
      summary: 'Who I am',
      auth: 'session',
      answers: [{ status: 200, schema: Me }],
      errors: ['session_ended'],
    },
    {
      method: 'PUT',
      path: '/v1/me',
      summary: 'Tell who I am, as a guest',
      help: 'What the shop asks of guests may be asked later too: then writing is refused with `guest_details_required` until it is told here.',
      auth: 'session',
      body: ChangeGuest,
      answers: [{ status: 200, schema: Me }],
      errors: ['session_ended', 'forbidden'],
    },
  ],
}
