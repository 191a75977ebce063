import { en, type MyDataTexts } from './en.ts'

const others: Record<string, () => Promise<MyDataTexts>> = {
  ar: () => import('./ar.ts').then(({ ar }) => ar),
  de: () => import('./de.ts').then(({ de }) => de),
  es: () => import('./es.ts').then(({ es }) => es),
  fr: () => import('./fr.ts').then(({ fr }) => fr),
}

/** The words of a language that My Chats speaks too. */
export const myDataWords = async (lang: string): Promise<MyDataTexts> =>
  (await others[lang.slice(0, 2)]?.().catch(() => null)) ?? en

/** A text with its holes filled, each isolated so that a Latin address does not turn the words around it. */
export const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (_, name) => `\u2068${values[name] ?? ''}\u2069`)
