import { en, type SignInTexts } from './en.ts'

const others: Record<string, () => Promise<SignInTexts>> = {
  ar: () => import('./ar.ts').then(({ ar }) => ar),
  de: () => import('./de.ts').then(({ de }) => de),
  es: () => import('./es.ts').then(({ es }) => es),
  fr: () => import('./fr.ts').then(({ fr }) => fr),
}

/** The words of a language that My Chats speaks too. */
export const signInWords = async (lang: string): Promise<SignInTexts> =>
  (await others[lang.slice(0, 2)]?.().catch(() => null)) ?? en

/** A text with its one hole filled, isolated so that a Latin name does not turn the words around it. */
export const filled = (text: string, value: string): string => text.replace(/\{\w+\}/, () => `\u2068${value}\u2069`)
