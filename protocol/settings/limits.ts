import * as z from 'zod'
import { field, section } from './field.ts'

const whole = (max: number) =>
  z.int('must be a whole number').min(1, 'must be at least 1').max(max, `must be at most ${max}`)
const Count = whole(1000)
const WindowSec = whole(86_400)
const on = { 'limits.enabled': true }

export const Limits = section(
  z
    .strictObject({
      enabled: field(z.boolean().default(true), {
        label: 'Enable rate limits',
        help: 'Stops people and programs that flood your sellers. Every limit counts for each person, sellers included.',
        control: 'toggle',
      }),
      chatsPerWindow: field(Count.default(20), {
        label: 'Chats per window',
        help: 'How many new chats one person may start within the chat window. Twenty an hour is room for a long shopping trip and no use to a flood.',
        control: 'number',
        unit: 'chats',
        group: 'New chats',
        shownWhen: on,
      }),
      chatWindowSec: field(WindowSec.default(3600), {
        label: 'Chat window (sec)',
        help: 'How far back new chats are counted.',
        control: 'number',
        unit: 'seconds',
        shownWhen: on,
      }),
      messagesPerWindow: field(Count.default(240), {
        label: 'Messages per window',
        help: 'How many messages one person may send over all chats within the message window. A seller can answer two hundred chats in one go and still write on; nobody types 240 messages in five minutes.',
        control: 'number',
        unit: 'messages',
        group: 'Messages, all chats together',
        shownWhen: on,
      }),
      messageWindowSec: field(WindowSec.default(300), {
        label: 'Message window (sec)',
        help: 'How far back messages are counted.',
        control: 'number',
        unit: 'seconds',
        shownWhen: on,
      }),
      burstPerChat: field(Count.default(10), {
        label: 'Burst per chat',
        help: 'How many messages one person may send in one chat within the burst window. Ten leaves room for somebody who writes a sentence in five pieces.',
        control: 'number',
        unit: 'messages',
        group: 'Burst in one chat',
        shownWhen: on,
      }),
      burstWindowSec: field(WindowSec.default(20), {
        label: 'Burst window (sec)',
        help: 'How far back the burst is counted. What is held back meanwhile goes out by itself afterwards.',
        control: 'number',
        unit: 'seconds',
        shownWhen: on,
      }),
    })
    .prefault({}),
  { label: 'Rate limits', help: 'How much one person may send in a time. Retries of a message are not counted again.' },
)
