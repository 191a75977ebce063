import * as z from 'zod'
import { field, section } from './field.ts'
import { PageUrl } from './page-url.ts'

export const General = section(
  z
    .strictObject({
      chatsPageUrl: field(PageUrl, {
        label: 'Chats page URL',
        help: 'The page of your shop that shows My Chats. New chats open there unless their own context names another page.',
        control: 'url',
      }),
      opens: field(z.enum(['auto', 'panel']).default('auto'), {
        label: 'Where a new chat opens',
        help: 'After the first message: on its page, if there is one, or in the panel where it was written.',
        control: 'select',
        options: { auto: 'On its page, else in the panel', panel: 'Always in the panel' },
      }),
    })
    .prefault({}),
  { label: 'General', help: 'Where people read their chats.' },
)
