import type { ApiError } from './client/request.ts'
import { enShell } from './locales/en-shell.ts'
import { catalogue } from './locales/say.ts'

/** What the frame says, in the reader's language. */
export const say = catalogue('shell', enShell)

const known = (code: string): code is keyof typeof enShell => Object.hasOwn(enShell, code)

export const refusalIn = (words: typeof say, { code }: ApiError) => words(known(code) ? code : 'internal')

/** What to tell a person about a refusal. */
export const refusal = (error: ApiError) => refusalIn(say, error)
