import { expect, test } from 'vitest'

// Dialogs bring their own words, a file a language.
const ofMore = (lang: string) => import(`../more/words/${lang}.ts`)
const ofSignIn = (lang: string) => import(`../sign-in/words/${lang}.ts`)
const ofMyData = (lang: string) => import(`../my-data/words/${lang}.ts`)

const holes = (text: string) => text.match(/\{\w+\}/g) ?? []

test.each([
  ['more', ofMore],
  ['my-data', ofMyData],
  ['sign-in', ofSignIn],
])('every language says all of %s, with the same holes', async (_, wordsOf) => {
  const { en } = await wordsOf('en')
  for (const lang of ['ar', 'de', 'es', 'fr']) {
    const { [lang]: texts } = await wordsOf(lang)
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort())
    for (const [key, text] of Object.entries<string>(en)) {
      expect(texts[key].length, `${lang} ${key}`).toBeGreaterThan(1)
      expect(holes(texts[key]), `${lang} ${key}`).toEqual(holes(text))
    }
  }
})
