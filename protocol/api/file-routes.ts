import { FileLinkQuery, FileLinks, LinkFiles, UploadedFile } from '../attachments.ts'
import type { RouteGroup } from './route.ts'

export const fileGroup: RouteGroup = {
  title: 'Files',
  about:
    'A file is uploaded first and goes into one message then (`attachments` of [NewMessage](#newmessage)); one that is in no message after a day is gone. A file that is not yours is answered like one that does not exist.',
  routes: [
    {
      method: 'POST',
      path: '/v1/files',
      summary: 'Upload a file for a message',
      help: 'What it is, is decided by its bytes: see [what a site takes](settings.md#attachments). Markup (HTML, SVG, XML) and programs are refused, as are pictures of more than 50 million pixels.',
      auth: 'session',
      headers: [
        { name: 'Content-Length', help: 'How many bytes come. Browsers send it by themselves.', required: true },
        {
          name: 'Shopbell-File-Name',
          help: 'What it is called, percent-encoded. Its ending is made to fit the bytes.',
        },
        {
          name: 'Shopbell-Thumbnail-Bytes',
          help: 'The first so many bytes of the body are a small picture of the file (JPEG, PNG or WebP of at most 96 KiB and 800 pixels a side), and the file comes after them.',
        },
      ],
      bytes:
        'The file as it is, with any `Content-Type`. At most what the site’s settings say, and never more than 25 MB.',
      answers: [{ status: 201, schema: UploadedFile }],
      errors: [
        'session_ended',
        'blocked',
        'attachments_off',
        'length_required',
        'file_empty',
        'file_too_large',
        'file_refused',
        'picture_too_large',
        'uploads_limited',
      ],
    },
    {
      method: 'DELETE',
      path: '/v1/files/:file',
      summary: 'Take an upload back that was not sent',
      auth: 'session',
      answers: [{ status: 204 }],
      errors: ['not_found'],
    },
    {
      method: 'POST',
      path: '/v1/files/links',
      summary: 'Get links to files',
      help: 'They open without a header, so that an `<img>` or a download may use them, for 15 minutes and for as long as the session holds, its person is in the chat and is not blocked, and the file is kept.',
      auth: 'session',
      body: LinkFiles,
      answers: [{ status: 200, schema: FileLinks }],
    },
    {
      method: 'GET',
      path: '/v1/files/:file',
      summary: 'The bytes of a file, by a link',
      help: 'Always as a download, with a policy that lets nothing in it run; pictures, videos and sound show in their elements. One `Range` may be asked for.',
      auth: 'none',
      query: FileLinkQuery,
      headers: [{ name: 'Range', help: 'One range of bytes.' }],
      answers: [
        { status: 200, bytes: true },
        { status: 206, bytes: true, when: 'The range that was asked for.' },
      ],
      errors: ['not_found'],
    },
  ],
}
