import * as z from 'zod'
import { PersonName } from '../text.ts'
import { field, section } from './field.ts'
import { orNone } from './or-none.ts'

export const Brand = section(
  z
    .strictObject({
      name: field(orNone(PersonName), {
        label: 'Shop name',
        help: 'The name people see in chats and mails. Left empty, it is the name the site was created with.',
        control: 'text',
      }),
      accent: field(
        z
          .string()
          .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0b655f')
          .max(7)
          .toLowerCase()
          .default('#0b655f'),
        {
          label: 'Accent colour',
          help: 'Your colour, on buttons and your own messages. The text on it is made black or white, whichever can be read.',
          control: 'color',
        },
      ),
      theme: field(z.enum(['auto', 'light', 'dark']).default('auto'), {
        label: 'Theme',
        help: 'Light, dark, or as each visitor’s device asks for.',
        control: 'select',
        options: { auto: 'As the device asks', light: 'Light', dark: 'Dark' },
      }),
    })
    .prefault({}),
  { label: 'Appearance', help: 'How the button, the panel and My Chats look.' },
)
