import * as z from 'zod'
import { MAX_FILE_LINKS } from './bounds.ts'
import { FileId } from './ids.ts'

/** What a file is to a person; decided by its bytes. */
export const FileKind = z.enum(['image', 'video', 'audio', 'document', 'archive'])
export type FileKind = z.infer<typeof FileKind>

/** A file of a message, or one that was uploaded for the next. Its bytes come by a link (`POST /files/links`). */
export const Attachment = z.strictObject({
  id: FileId,
  /** As it is saved: one safe line, with an ending that fits the bytes. */
  name: z.string(),
  kind: FileKind,
  /** Media type, decided by the bytes. */
  type: z.string(),
  /** In bytes. */
  size: z.number().int(),
  /** In pixels, as it is shown; null where that is not known. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** There is a small picture of it. */
  thumbnail: z.boolean(),
  /** It is no longer kept: what is left of it is that it was here. */
  removed: z.literal(true).optional(),
})
export type Attachment = z.infer<typeof Attachment>

export const UploadedFile = z.strictObject({ file: Attachment })

/** Files of chats of mine, or uploads of mine. */
export const LinkFiles = z.strictObject({ files: z.array(FileId).min(1).max(MAX_FILE_LINKS) })
/** Files that are not mine, or not there any more, are left out. */
export const FileLinks = z.strictObject({
  links: z.array(
    z.strictObject({
      file: FileId,
      /** Under the deployment’s address; good for minutes, for as long as the session holds. */
      url: z.string(),
      thumbnail: z.string().nullable(),
    }),
  ),
  /** When the links end, ms since 1970. */
  expiresAt: z.number().int(),
})
export type FileLinks = z.infer<typeof FileLinks>
/** `link` comes as part of the address that `POST /files/links` answers. */
export const FileLinkQuery = z.strictObject({ link: z.string().max(400).optional() })
