import * as z from 'zod'
import { MAX_FILE_BYTES, MAX_MESSAGE_FILES } from '../bounds.ts'
import { field, section } from './field.ts'

const MEGABYTE = 1024 * 1024
const on = { 'attachments.enabled': true }

const whole = (max: number) =>
  z.int('must be a whole number').min(1, 'must be at least 1').max(max, `must be at most ${max}`)

const kind = (label: string, help: string, standard: boolean) =>
  field(z.boolean().default(standard), { label, help, control: 'toggle', shownWhen: on })

export const Attachments = section(
  z
    .strictObject({
      enabled: field(z.boolean().default(true), {
        label: 'Enable attachments',
        help: 'Customers and sellers can put pictures and files into their messages.',
        control: 'toggle',
      }),
      perMessage: field(whole(MAX_MESSAGE_FILES).default(5), {
        label: 'Files per message',
        help: 'How many files one message may carry.',
        control: 'number',
        unit: 'files',
        shownWhen: on,
      }),
      maxMegabytes: field(whole(MAX_FILE_BYTES / MEGABYTE).default(10), {
        label: 'Largest file',
        help: 'Pictures are made smaller in the browser before they are sent, so this is for documents and videos.',
        control: 'number',
        unit: 'MB',
        shownWhen: on,
      }),
      images: kind('Pictures', 'JPEG, PNG, WebP, AVIF, GIF and HEIC.', true),
      videos: kind('Videos', 'MP4, QuickTime and WebM.', true),
      audio: kind('Sound', 'MP3, M4A, AAC, Ogg, WAV and FLAC.', true),
      documents: kind(
        'Documents',
        'PDF, Word, Excel, PowerPoint, OpenDocument and plain text, always as a download.',
        true,
      ),
      archives: kind('Archives', 'ZIP files. Nobody can see what is in them before they open them.', false),
      uploadsPerHour: field(whole(2000).default(120), {
        label: 'Uploads per hour',
        help: 'How many files one person may upload within an hour, and at most twenty of the largest size. Enough for a seller who answers two hundred chats with pictures here and there.',
        control: 'number',
        unit: 'files',
        shownWhen: on,
      }),
    })
    .prefault({}),
  { label: 'Attachments', help: 'Pictures and files in messages, and how large they may be.' },
)
