import { en } from './en.ts'
import type { enFiles } from './en-files.ts'
import type { enSeldom } from './en-seldom.ts'
import type { enStart } from './en-start.ts'

type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }
type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Plural }
/** One language, whole. */
export type Catalogue = Texts<typeof en & typeof enSeldom & typeof enStart & typeof enFiles>
export type Key = keyof Catalogue

const others: Record<string, () => Promise<Catalogue>> = {
  ar: () => import('./ar.ts').then(({ ar }) => ar),
  de: () => import('./de.ts').then(({ de }) => de),
  es: () => import('./es.ts').then(({ es }) => es),
  fr: () => import('./fr.ts').then(({ fr }) => fr),
}

/** The words of one language, with its dates and numbers. Formatters are made once: one costs more than a row. */
export class Words {
  readonly #texts: Partial<Record<string, string | Plural>>
  readonly #plurals
  readonly #number
  readonly #time
  readonly #day
  readonly #year
  readonly #full

  constructor(
    readonly lang: string,
    texts: Partial<Catalogue>,
  ) {
    const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(lang, options)
    this.#texts = texts
    this.#plurals = new Intl.PluralRules(lang)
    this.#number = new Intl.NumberFormat(lang)
    this.#time = format({ timeStyle: 'short' })
    this.#day = format({ day: 'numeric', month: 'short' })
    this.#year = format({ dateStyle: 'medium' })
    this.#full = format({ dateStyle: 'full', timeStyle: 'short' })
  }

  /** Set where the language runs from right to left; else the page decides. */
  get dir(): 'rtl' | undefined {
    return this.lang.startsWith('ar') ? 'rtl' : undefined
  }

  /** A number `n` among the values also picks the plural. */
  say(key: Key, values: Record<string, string | number> = {}): string {
    const text = this.#texts[key] ?? ''
    const one = typeof text === 'string' ? text : (text[this.#plurals.select(Number(values.n))] ?? text.other)
    return one.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name] ?? ''
      if (typeof value === 'number') return this.#number.format(value)
      // Isolated, so that a Latin name does not turn the words around it.
      return this.dir ? `\u2068${value}\u2069` : value
    })
  }

  /** What to tell a person about a refusal. */
  error(code = 'internal'): string {
    return String(this.#texts[code] ?? this.say('internal'))
  }

  time(at: number): string {
    return this.#time.format(at)
  }

  full(at: number): string {
    return this.#full.format(at)
  }

  day(at: number, now = new Date()): string {
    const then = new Date(at).toDateString()
    if (then === now.toDateString()) return this.say('today')
    const before = new Date(now)
    before.setDate(before.getDate() - 1)
    if (then === before.toDateString()) return this.say('yesterday')
    return (then.slice(-4) === now.toDateString().slice(-4) ? this.#day : this.#year).format(at)
  }

  /** As short as a list row wants it: the time today, else the day. */
  short(at: number, now?: Date): string {
    const day = this.day(at, now)
    return day === this.say('today') ? this.time(at) : day
  }
}

export const english = new Words('en', en)

/** The words of the nearest `lang`, the element's own first, else of the site's settings; English where we have no other. */
export async function wordsFor(element: Element, locale: string): Promise<Words> {
  const lang = element.closest('[lang]')?.getAttribute('lang') || locale
  const texts = await others[lang.slice(0, 2).toLowerCase()]?.().catch(() => null)
  try {
    return texts || lang.startsWith('en') ? new Words(lang, texts ?? en) : english
  } catch {
    return english // A lang that is none, such as `en_US`.
  }
}
