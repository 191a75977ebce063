import * as z from 'zod'
import { field, section } from './field.ts'

/** An IANA time zone, or an alias of one. */
export const TimeZone = z.string().max(50).refine(isTimeZone, 'must be a time zone such as Europe/Vienna')

export const Region = section(
  z
    .strictObject({
      locale: field(
        z
          .string()
          .max(35)
          .refine(isKnownLocale, { abort: true, error: 'must be a language such as en, de-AT or pt-BR' })
          .overwrite((tag) => new Intl.Locale(tag).toString())
          .default('en'),
        {
          label: 'Language',
          help: 'The language of your shop, for dates, amounts and the words of the button. Visitors’ pages may ask for another.',
          control: 'locale',
        },
      ),
      timeZone: field(TimeZone.default('UTC'), {
        label: 'Time zone',
        help: 'Where a day begins and ends in reports, and the clock of times in mails.',
        control: 'time_zone',
      }),
    })
    .prefault({}),
  { label: 'Region', help: 'Language and time of your shop.' },
)

/** A well-formed tag of a language that nobody knows has no dates and no words either. */
function isKnownLocale(tag: string) {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0
  } catch {
    return false // Intl has no other way of saying it.
  }
}

function isTimeZone(name: string) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false // Intl has no other way of saying it.
  }
}
