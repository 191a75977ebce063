import { ListOutbox, MailDraft, MailPreview, OutboxPage, Retried, RetryMails, TestSent } from '../notifications.ts'
import type { RouteGroup } from './route.ts'

export const notificationGroup: RouteGroup = {
  title: 'Notifications',
  about: 'What mails say, and what became of them. [How they are set up and when they go out](notifications.md).',
  routes: [
    {
      method: 'POST',
      path: '/v1/notifications/preview',
      summary: 'See a mail as its reader does',
      help: 'With the templates sent, or the saved ones, and an invented chat.',
      auth: 'key_or_staff',
      body: MailDraft,
      answers: [{ status: 200, schema: MailPreview }],
    },
    {
      method: 'POST',
      path: '/v1/notifications/test',
      summary: 'Have such a mail sent to me',
      help: 'To the address of who asks; ten an hour.',
      auth: 'staff',
      body: MailDraft,
      answers: [{ status: 202, schema: TestSent }],
      errors: ['mails_limited', 'invalid'],
    },
    {
      method: 'GET',
      path: '/v1/notifications/outbox',
      summary: 'Mails that wait, went out, or could not',
      auth: 'key_or_staff',
      query: ListOutbox,
      answers: [{ status: 200, schema: OutboxPage }],
    },
    {
      method: 'POST',
      path: '/v1/notifications/outbox/retry',
      summary: 'Try again what could not be sent',
      help: 'One may arrive twice where the provider took it a day ago and its answer was lost.',
      auth: 'key_or_staff',
      body: RetryMails,
      answers: [{ status: 200, schema: Retried }],
    },
  ],
}
