import { type Context, Hono } from 'hono'
import { FileLinkQuery, LinkFiles } from '../../protocol/attachments.ts'
import { FileId } from '../../protocol/ids.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { requireSession } from '../http/session.ts'
import { body, query } from '../http/validate.ts'
import { linkFiles } from './links.ts'
import { discardUpload } from './remove.ts'
import { serveFile } from './serve.ts'
import { uploadFile } from './upload.ts'

/** Files: upload one for the next message, take it back, get links to files, and the bytes behind a link. */
export const attachmentRoutes = new Hono<AppContext>()
  .post('/files', requireSession, async (c) => {
    const { site, session } = c.var
    const { body } = c.req.raw
    const length = wholeNumber(c.req.header('Content-Length'))
    if (length === null) throw new AppError('length_required')
    if (!body) throw new AppError('file_empty')
    const file = await uploadFile(c.env, site, {
      user: session.sub,
      session: session.sid,
      name: readName(c.req.header('Shopbell-File-Name')),
      length,
      thumbnail: wholeNumber(c.req.header('Shopbell-Thumbnail-Bytes')) ?? 0,
      body,
    })
    return c.json({ file }, 201)
  })
  .post('/files/links', requireSession, body(LinkFiles), async (c) => {
    const { site, session } = c.var
    return c.json(await linkFiles(c.env, site, session, c.req.valid('json').files, Date.now()))
  })
  .delete('/files/:file', requireSession, async (c) => {
    await discardUpload(c.env, c.var.site, c.var.session.sub, fileId(c))
    return c.body(null, 204)
  })
  .get('/files/:file', query(FileLinkQuery), async (c) => {
    const { link = '' } = c.req.valid('query')
    return serveFile(c.env, fileId(c), link, c.req.header('Range'))
  })

/** The file that a path names; what cannot be one is answered like one that does not exist. */
function fileId(c: Context<AppContext>): FileId {
  const id = FileId.safeParse(c.req.param('file'))
  if (!id.success) throw new AppError('not_found')
  return id.data
}

const wholeNumber = (text: string | undefined) => (text && /^\d{1,12}$/.test(text) ? Number(text) : null)

/** A header holds ASCII, so the name comes percent-encoded. It is no query, since addresses are logged. */
function readName(text = ''): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return '' // It is named after its kind then.
  }
}
