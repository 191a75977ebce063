import type { ApiError } from './client/request.ts'
import { enShell } from './locales/en-shell.ts'
import { catalogue } from './locales/say.ts'
import { refusalIn } from './words.ts'

/** The frame's words as a page says them: in English, as all of it is. */
export const say = catalogue('page', enShell)

/** What to tell a person about a refusal, on a page. */
export const refusal = (error: ApiError) => refusalIn(say, error)
