import type { ApiError } from './client/request.ts'
import { enShell } from './locales/en-shell.ts'
import { catalogue } from './locales/say.ts'

/** What the frame says, which every part may use. */
export const say = catalogue('shell', enShell)

const known = (code: string): code is keyof typeof enShell => Object.hasOwn(enShell, code)

/** What to tell a person about a refusal. */
export const refusal = ({ code }: ApiError) => say(known(code) ? code : 'internal')
