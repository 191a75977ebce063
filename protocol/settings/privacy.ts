import * as z from 'zod'
import { Title } from '../text.ts'
import { field, section } from './field.ts'

const Days = z.int('must be a whole number').min(0, 'must be at least 0').max(3650, 'must be at most 3650')
const onEraser = { 'privacy.eraser': true }

export const Privacy = section(
  z
    .strictObject({
      exporter: field(z.boolean().default(true), {
        label: 'Enable personal data exporter',
        help: 'A person’s chats are part of WordPress’s personal data exports, and shoppers can get a copy of their own from their chats. Off, only you can hand one out, from this panel or by your server.',
        control: 'toggle',
      }),
      eraser: field(z.boolean().default(true), {
        label: 'Enable personal data eraser',
        help: 'A person’s chat data is removed when WordPress or Shopify asks for it. Off, such requests, and those of shoppers, wait in this panel for you to decide.',
        control: 'toggle',
      }),
      redactMessages: field(z.boolean().default(true), {
        label: 'Redact erased user messages',
        help: 'Leaves a placeholder where an erased message stood, so that the rest of the chat still makes sense. Off, the messages vanish.',
        control: 'toggle',
        shownWhen: onEraser,
      }),
      placeholder: field(Title.default('Message removed by privacy request'), {
        label: 'Erased message placeholder',
        help: 'The text in place of an erased message.',
        control: 'text',
        shownWhen: { ...onEraser, 'privacy.redactMessages': true },
      }),
      deleteAttachments: field(z.boolean().default(true), {
        label: 'Delete erased user attachments',
        help: 'Files and pictures that the person sent are deleted for good.',
        control: 'toggle',
        shownWhen: onEraser,
      }),
      ownRequests: field(z.enum(['off', 'ask', 'automatic']).default('ask'), {
        label: 'Shoppers’ own requests',
        help: 'Whether people can get a copy of their data, and ask to be erased, from their chats. A guest proves their address first.',
        control: 'select',
        options: {
          off: 'Not offered',
          ask: 'A copy at once; somebody of yours decides about an erasure',
          automatic: 'Both at once',
        },
      }),
      keepChatsDays: field(Days.default(0), {
        label: 'Keep chats for (days)',
        help: 'Chats in which nothing has happened for this long are cleared. 0 keeps them for ever. People under a legal hold are left alone.',
        control: 'number',
        unit: 'days',
      }),
      oldChats: field(z.enum(['redact', 'delete']).default('redact'), {
        label: 'Old chats',
        help: 'What becomes of them then.',
        control: 'select',
        options: { redact: 'Their messages become placeholders', delete: 'They are deleted' },
      }),
      keepFilesDays: field(Days.default(0), {
        label: 'Keep attachments for (days)',
        help: 'Files and pictures older than this are deleted; the messages stay. 0 keeps them for ever.',
        control: 'number',
        unit: 'days',
      }),
    })
    .prefault({}),
  { label: 'Privacy', help: 'What happens when somebody asks for their data, or asks to be forgotten.' },
)
