import { expect, test } from 'vitest'
import { isAutomatic } from './is-automatic.ts'

const mail = (headers: Record<string, string>, sender = 'sam@mail.example') => {
  const all: Record<string, string> = { Subject: 'Re: New message', 'Content-Type': 'text/plain', ...headers }
  return isAutomatic(sender, (name) => all[name] ?? null)
}

test.each([
  ['a person', {}],
  ['a person whose server says so', { 'Auto-Submitted': 'no' }],
  ['a person in a hurry', { Precedence: 'first-class', Subject: 'Automatic doors?' }],
])('%s is no machine', (_, headers) => {
  expect(mail(headers)).toBe(false)
})

test.each<[string, Record<string, string>, string?]>([
  ['Gmail’s vacation responder', { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk', 'X-Autoreply': 'yes' }],
  ['Outlook’s automatic reply', { 'X-Auto-Response-Suppress': 'All', 'Auto-Submitted': 'auto-generated' }],
  ['Outlook’s automatic reply whose headers got lost', { Subject: 'Automatic reply: New message' }],
  ['one in German', { Subject: 'Automatische Antwort: Neue Nachricht' }],
  ['one in Spanish', { Subject: 'Respuesta automática: Mensaje' }],
  ['one in French', { Subject: 'Réponse automatique : Message' }],
  ['one in Arabic', { Subject: '=?UTF-8?B?2LHYryDYqtmE2YLYp9im2Yo=?= : x' }],
  ['Exchange alone', { 'X-Auto-Response-Suppress': 'DR, OOF, AutoReply' }],
  ['a bounce', { 'Content-Type': 'multipart/report; report-type=delivery-status' }, ''],
  ['a bounce with angle brackets', {}, '<>'],
  ['a bounce by name', {}, 'MAILER-DAEMON@mx.example'],
  ['a newsletter', { 'List-Unsubscribe': '<https://x.example>' }],
  ['a mailing list', { 'List-Id': '<x.example>', Precedence: 'list' }],
  ['a mail of ours that came back', { 'X-Shopbell': 'notification' }],
  ['a mail from nobody', {}, 'no-reply@shop.example'],
])('%s is one', (_, headers, sender) => {
  expect(mail(headers, sender)).toBe(true)
})
