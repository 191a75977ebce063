import { expect, test } from 'vitest'
import { waitIn } from '../my-chats/wait.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { enFiles } from './en-files.ts'
import { enSeldom } from './en-seldom.ts'
import { enStart } from './en-start.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { Words } from './words.ts'

const english = { ...en, ...enSeldom, ...enStart, ...enFiles }
const all = { en: english, de, fr, es, ar }
const holes = (text: unknown) => JSON.stringify(text).match(/\{\w+\}/g) ?? []

test('every language fills the same holes as English and says something everywhere', () => {
  for (const [lang, texts] of Object.entries(all)) {
    for (const [key, text] of Object.entries(english)) {
      const other = texts[key as keyof typeof english]
      expect(JSON.stringify(other).length, `${lang} ${key}`).toBeGreaterThan(3)
      expect(new Set(holes(other)), `${lang} ${key}`).toEqual(new Set(holes(text)))
    }
  }
})

test('a language has a text for each of its plurals', () => {
  for (const [lang, texts] of Object.entries(all)) {
    const words = new Words(lang, texts)
    for (let n = 0; n < 120; n++) expect(words.say('newMessages', { n })).not.toContain('{')
  }
})

test('numbers choose the plural and are written as the language does', () => {
  const words = new Words('en', english)
  expect(words.say('newMessages', { n: 1 })).toBe('1 new message')
  expect(words.say('newMessages', { n: 1200 })).toBe('1,200 new messages')
  expect(waitIn(words, 7200)).toBe('8 s')
  expect(waitIn(words, 400_000)).toBe('7 min')
})

test('days are told from midnight to midnight', () => {
  const words = new Words('en-GB', english)
  const now = new Date(2026, 2, 30, 0, 30)
  expect(words.day(new Date(2026, 2, 30, 0, 1).getTime(), now)).toBe('Today')
  expect(words.day(new Date(2026, 2, 29, 0, 1).getTime(), now)).toBe('Yesterday')
  expect(words.day(new Date(2026, 2, 28, 23).getTime(), now)).toBe('28 Mar')
  expect(words.day(new Date(2025, 2, 28).getTime(), now)).toBe('28 Mar 2025')
  expect(words.short(new Date(2026, 2, 30, 0, 1).getTime(), now)).toBe('00:01')
})

test('an unknown refusal is still told in words', () => {
  expect(new Words('en', english).error('teapot')).toBe('Something went wrong.')
})
