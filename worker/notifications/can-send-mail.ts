import type { Env } from '../env.ts'
import { transportOf } from './transport.ts'

/** Whether mails leave this deployment at all, or wait until somebody sets a provider up. */
export const canSendMail = (env: Env): boolean => transportOf(env) !== null
