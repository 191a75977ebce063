import { describe, expect, it } from 'vitest'
import { MAIL_TOKENS, readTemplate, Settings } from '../../../protocol/settings/index.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { spokenLanguage, TOKENS_OF, wordsFor } from './words.ts'

const ALL = { en, de, es, fr, ar }
const used = (template: string, tokens: readonly string[]) => {
  const read = readTemplate(template, tokens)
  if ('problem' in read) throw new Error(read.problem)
  return read.parts.flatMap((part) => ('token' in part ? [part.token] : [])).sort()
}

describe.each(Object.entries(ALL))('the mails in %s', (_, words) => {
  it('use the tokens that their senders hand over, and the same ones as the English', () => {
    for (const [kind, { subject, body }] of Object.entries(words.mails)) {
      const tokens = ['site_name', ...TOKENS_OF[kind as keyof typeof TOKENS_OF]]
      const english = en.mails[kind as keyof typeof en.mails]
      expect([...new Set(used(body, tokens))], kind).toEqual([...new Set(used(english.body, tokens))])
      expect(used(subject, tokens), kind).toEqual(used(english.subject, tokens))
    }
    for (const event of ['newMessage', 'chatCreated'] as const)
      for (const part of ['subject', 'body'] as const)
        expect(used(words.events[event][part], MAIL_TOKENS)).toEqual(used(en.events[event][part], MAIL_TOKENS))
  })

  it('say everything, and are saved as templates would be', () => {
    for (const [name, text] of Object.entries(words)) if (typeof text === 'string') expect(text, name).not.toBe('')
    const { newMessage, chatCreated } = words.events
    expect(Settings.safeParse({ notifications: { newMessage, chatCreated } }).success).toBe(true)
  })
})

describe('the language', () => {
  it('is the first that we speak', () => {
    expect(spokenLanguage('nl-NL,nl;q=0.9,de-AT;q=0.8,en;q=0.7')).toBe('de-AT')
    expect(spokenLanguage('ar')).toBe('ar')
    for (const none of [undefined, '', '*', 'nl', 'constructor', '<script>', `${'x'.repeat(9)}`])
      expect(spokenLanguage(none)).toBeNull()
  })

  it('is English where nobody knows better', () => {
    expect(wordsFor(null, 'nl').words).toBe(en)
    expect(wordsFor(null, 'fr-CA')).toEqual({ locale: 'fr-CA', words: fr })
    expect(wordsFor('es', 'fr').words).toBe(es)
  })
})
