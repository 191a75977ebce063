import type { FileId, UserId } from '../../protocol/ids.ts'
import { uploadFile } from '../attachments/upload.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import type { Answer } from './read-answer.ts'

/** Stores the files of an answer for its message. Throws what `uploadFile` throws. */
export async function keepFiles(env: Env, site: Site, user: UserId, files: Answer['files']): Promise<FileId[]> {
  const kept: FileId[] = []
  for (const { name, bytes } of files) {
    const body = new Response(bytes as Uint8Array<ArrayBuffer>).body
    if (!body) continue
    const upload = { user, session: null, name: name ?? 'file', length: bytes.byteLength, thumbnail: 0, body }
    kept.push((await uploadFile(env, site, upload)).id)
  }
  return kept
}
