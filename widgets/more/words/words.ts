import { en, type MoreTexts } from './en.ts'

const others: Record<string, () => Promise<MoreTexts>> = {
  ar: () => import('./ar.ts').then(({ ar }) => ar),
  de: () => import('./de.ts').then(({ de }) => de),
  es: () => import('./es.ts').then(({ es }) => es),
  fr: () => import('./fr.ts').then(({ fr }) => fr),
}

/** The words of a language that My Chats speaks too. */
export const moreWords = async (lang: string): Promise<MoreTexts> =>
  (await others[lang.slice(0, 2)]?.().catch(() => null)) ?? en
