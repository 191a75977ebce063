import { ContinueLink, PushBrowser, PushEndpoint, PushState, PushSubscriptionIn } from '../reach.ts'
import type { RouteGroup } from './route.ts'

export const reachGroup: RouteGroup = {
  title: 'Mail and push',
  about:
    'How people are reached who are away, and how they stop it. What mails look like and when they go is under Notifications.',
  routes: [
    {
      method: 'POST',
      path: '/v1/me/link',
      summary: 'Mail me a link to my chats',
      help: 'For guests, since browsers clear what they store. The link opens the chats in another browser, once and within 30 minutes, and confirms the address; it leads to the chats page with `#shopbell-link=…`, or to our own. An address that is not confirmed yet gets one a day, others five.',
      auth: 'session',
      body: ContinueLink,
      answers: [{ status: 204 }],
      errors: ['forbidden', 'mails_limited'],
    },
    {
      method: 'GET',
      path: '/v1/push',
      summary: 'See whether this browser rings',
      help: 'And the key to subscribe with. `endpoint` is that of the browser’s subscription, if it has one.',
      auth: 'session',
      query: PushEndpoint,
      answers: [{ status: 200, schema: PushState }],
    },
    {
      method: 'PUT',
      path: '/v1/push',
      summary: 'Have this browser ring',
      help: 'From the hosted inbox alone, whose service worker shows what comes. It rings for messages that are still unread after 10 seconds, while the session holds. At most ten browsers a person.',
      auth: 'session',
      body: PushSubscriptionIn,
      answers: [{ status: 204 }],
      errors: ['forbidden'],
    },
    {
      method: 'DELETE',
      path: '/v1/push',
      summary: 'Have this browser ring no more',
      auth: 'session',
      query: PushBrowser,
      answers: [{ status: 204 }],
    },
    {
      method: 'POST',
      path: '/v1/hooks/resend',
      summary: 'Hear from Resend',
      help: 'Where Resend’s webhook goes, signed by Svix (`svix-id`, `svix-timestamp`, `svix-signature`) with the secret in `RESEND_WEBHOOK_SECRET`, at most five minutes old. An address that bounced for good (`email.bounced`), complained (`email.complained`) or was suppressed there gets no more mail; other events are answered 200 and change nothing.',
      auth: 'signature',
      answers: [{ status: 200 }],
    },
  ],
}
