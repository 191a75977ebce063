import type { NewMessage } from '../../protocol/chats.ts'
import type { UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import type { Site } from '../sites/load.ts'
import { sendableFiles } from './store.ts'

/** As many files as the site allows, if it takes files at all: attachments_off, invalid. */
export function requireAllowedFiles({ settings: { attachments } }: Site, { attachments: files }: NewMessage): void {
  if (!files?.length) return
  if (!attachments.enabled) throw new AppError('attachments_off')
  if (files.length <= attachments.perMessage) return
  const issues = [{ path: 'attachments', message: `at most ${attachments.perMessage} files` }]
  throw new AppError('invalid', { issues })
}

/**
 * A look ahead before a chat is made for a first message, so that one that will be refused makes none. The message's
 * own batch has the last word. Throws attachment_unknown.
 */
export async function requireSendable(env: Env, site: Site, user: UserId, message: NewMessage): Promise<void> {
  requireAllowedFiles(site, message)
  const { clientId, attachments: files } = message
  if (!files?.length) return
  const found = await sendableFiles(database(env, site.db), site.id, { user, clientId, files })
  if (found !== files.length) throw new AppError('attachment_unknown')
}
