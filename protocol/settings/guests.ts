import * as z from 'zod'
import { field, section } from './field.ts'

export const Guests = section(
  z
    .strictObject({
      mode: field(z.enum(['none', 'free', 'name', 'name_email']).default('free'), {
        label: 'Guests may write',
        help: 'What somebody without an account must tell before the first message.',
        control: 'select',
        options: {
          none: 'No, only signed-in customers',
          free: 'Yes, without any details',
          name: 'Yes, with a name',
          name_email: 'Yes, with a name and an e-mail address',
        },
      }),
    })
    .prefault({}),
  { label: 'Guests', help: 'Visitors who are not signed in at your shop.' },
)
