import { FileKind } from '../../protocol/attachments.ts'
import type { Settings } from '../../protocol/settings/index.ts'

type Attachments = Settings['attachments']

const SETTING = {
  image: 'images',
  video: 'videos',
  audio: 'audio',
  document: 'documents',
  archive: 'archives',
} as const satisfies Record<FileKind, keyof Attachments>

/** The kinds of files that a site takes. */
export const allowedKinds = (settings: Attachments): FileKind[] =>
  FileKind.options.filter((kind) => settings[SETTING[kind]])

/** The largest file that a site takes, in bytes. */
export const maxBytes = ({ maxMegabytes }: Attachments) => maxMegabytes * 1024 * 1024
