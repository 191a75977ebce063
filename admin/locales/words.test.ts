import { expect, test } from 'vitest'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { enShell } from './en-shell.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

const values = (text: unknown) => (JSON.stringify(text).match(/\{\w+\}/g) ?? []).toSorted()

test.each(Object.entries({ ar, de, es, fr }))(
  '%s says what the frame says, with the same values in it',
  (_, { shell = {} }) => {
    // The product’s name reads alike everywhere.
    const { product, ...words } = enShell
    expect(Object.keys(shell).toSorted()).toEqual(Object.keys(words).toSorted())
    for (const [key, text] of Object.entries(words)) expect([key, values(shell[key])]).toEqual([key, values(text)])
  },
)
