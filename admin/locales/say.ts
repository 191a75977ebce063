type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }
export type Texts = Record<string, string | Plural>
type Values = Record<string, string | number>
export type Say<Key> = (key: Key, values?: Values) => string

/** The other languages, each with its catalogues by name; what a language has not is English. */
const others: Record<string, () => Promise<Record<string, Texts>>> = {
  ar: () => import('./ar.ts').then(({ ar }) => ar),
  de: () => import('./de.ts').then(({ de }) => de),
  es: () => import('./es.ts').then(({ es }) => es),
  fr: () => import('./fr.ts').then(({ fr }) => fr),
}

interface Tongue {
  /** A BCP 47 tag that `Intl` knows. */
  tag: string
  plurals: Intl.PluralRules
  numbers: Intl.NumberFormat
}
const tongueOf = (tag: string): Tongue => ({
  tag,
  plurals: new Intl.PluralRules(tag),
  numbers: new Intl.NumberFormat(tag),
})

let lang = 'en'
let translated: Record<string, Texts> = {}
let tongue = tongueOf(lang)
/** Of what is not translated: an English of the reader's own, where there is one. */
let english = tongue

/** The language of the frame from now on. */
export const language = () => lang

/** The language of the pages, which are in English only: their numbers and dates are too. They run from left to right. */
export const pageLanguage = () => english.tag

/** Which way the frame runs. */
export const direction = () => (lang.startsWith('ar') ? 'rtl' : 'ltr')

/** Takes up a language; English where we have no other. Dates and numbers follow the tag as it is. */
export async function speak(tag: string): Promise<void> {
  const own = await others[tag.slice(0, 2).toLowerCase()]?.().catch(() => null)
  translated = own ?? {}
  lang = own || /^en\b/i.test(tag) ? known(tag) : 'en'
  tongue = tongueOf(lang)
  english = own ? tongueOf('en') : tongue
}

/** A page's `lang` may be none, such as `de_AT`. */
function known(tag: string): string {
  try {
    return new Intl.Locale(tag).toString()
  } catch {
    return tag.slice(0, 2)
  }
}

/** A catalogue of one part of the panel. A number `n` among the values also picks the plural. */
export function catalogue<T extends Texts>(name: string, words: T): Say<keyof T & string> {
  return (key, values = {}) => {
    const other = translated[name]?.[key]
    const text = other ?? words[key] ?? key
    const { plurals, numbers } = other ? tongue : english
    const one = typeof text === 'string' ? text : (text[plurals.select(Number(values.n))] ?? text.other)
    return one.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name]
      if (value === undefined) return whole
      return typeof value === 'number' ? numbers.format(value) : value
    })
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Dates and times of a page; a formatter is made once. */
export function when(at: number, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }) {
  const key = english.tag + JSON.stringify(options)
  const format = formats.get(key) ?? new Intl.DateTimeFormat(english.tag, options)
  formats.set(key, format)
  return format.format(at)
}

export const number = (value: number, options?: Intl.NumberFormatOptions) =>
  options ? new Intl.NumberFormat(english.tag, options).format(value) : english.numbers.format(value)
