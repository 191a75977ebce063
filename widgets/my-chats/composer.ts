import { html, nothing } from 'lit'
import { MAX_MESSAGE_CHARS } from '../../protocol/bounds.ts'
import type { LocalFile } from '../attachments/local.ts'
import type { Desk } from './desk.ts'
import { icon } from './icon.ts'

// The server refuses them, and who pastes them does not see them.
const INVISIBLE = /[[\p{Cc}\p{Cs}\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]--[\n\t]]/gv

export const cleaned = (text: string): string => text.replace(/\r\n?/g, '\n').replace(INVISIBLE, '').trim()

export const problem = (text: string) =>
  text ? html`<p class="told error" role="alert">${icon('alert', 'i-s')}${text}</p>` : nothing

export const amber = (sign: 'alert' | 'ring', text: string) =>
  html`<p class="told error limit">${icon(sign)}${text}</p>`

/** Where one writes. The server takes the next message at `until` (ms since 1970). */
export function composer(desk: Desk, send: (body: string, files?: LocalFile[]) => void, until = 0) {
  const { words, text, views, files } = desk
  // Who is asked for something has a message that failed: what is shown seldom is here.
  const form = views?.details(desk)
  if (form) return form
  const wait = desk.countdown(until)
  const body = cleaned(text)
  const excess = body.length - MAX_MESSAGE_CHARS
  if (wait > 0 || excess > 0) void desk.bring()
  const idle = (!body && !files?.count) || files?.busy || excess > 0 || wait > 0
  const submit = () => {
    if (idle) return
    desk.write('')
    send(body, files?.take())
  }
  const pressed = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a word; Safari says so by 229 only.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    submit()
  }
  const typed = ({ target }: Event) => target instanceof HTMLTextAreaElement && desk.write(target.value)
  const area = html`<textarea
      rows=${Math.min(6, text.split('\n').length)}
      placeholder=${words.say('write')}
      aria-label=${words.say('write')}
      enterkeyhint="send"
      dir=${text ? 'auto' : nothing}
      .value=${text}
      @input=${typed}
      @keydown=${pressed}
    ></textarea>`
  return html`<div class="composer">
    ${problem(desk.trouble)}
    <div aria-hidden="true">${wait > 0 ? views?.countdown(words, wait) : nothing}</div>
    <div role="status">
      ${wait > 0 ? views?.kept(words) : excess > 0 ? views?.tooLong(words, excess) : nothing}
    </div>
    ${files?.tray()}
    <div class="box">
      ${files?.button()} ${area}
      <button
        class="btn btn-icon ${body || files?.count ? 'btn-primary' : ''}"
        aria-label=${words.say('send')}
        aria-disabled=${!!idle}
        @click=${submit}
      >
        ${icon('send')}
      </button>
    </div>
  </div>`
}
