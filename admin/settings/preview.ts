import { html, nothing } from 'lit'
import { allFields } from '../form/schema.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { number } from '../locales/say.ts'
import type { Draft } from './draft.ts'
import { say } from './words.ts'

type Preview = (draft: Draft, frame: Frame) => unknown

const note = (title: string, content: unknown) => html`<section class="note"><h2>${title}</h2>${content}</section>`
const text = (draft: Draft, path: string) => String(draft.value(path) ?? '')

/** A span as people say it, in its largest whole unit. */
function spanOf(seconds: number): string {
  const sizes = [
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const
  const [unit, size] = sizes.find(([, size]) => seconds % size === 0) ?? ['second', 1]
  return number(seconds / size, { style: 'unit', unit, unitDisplay: 'long' })
}

const rate = (draft: Draft, count: string, window: string) =>
  say('perTime', { n: Number(draft.stored(count)), time: spanOf(Number(draft.stored(window))) })

const limits: Preview = (draft) => html`
  ${note(
    say('effect'),
    draft.stored('limits.enabled')
      ? html`<ul class="facts">
          <li><span>${say('newChats')}</span>${rate(draft, 'limits.chatsPerWindow', 'limits.chatWindowSec')}</li>
          <li><span>${say('messages')}</span>${rate(draft, 'limits.messagesPerWindow', 'limits.messageWindowSec')}</li>
          <li><span>${say('inOneChat')}</span>${rate(draft, 'limits.burstPerChat', 'limits.burstWindowSec')}</li>
        </ul>`
      : html`<p class="help">${say('noLimits')}</p>`,
  )}
  ${note(
    say('shopperSees'),
    html`<p class="held">${icon('ring')}${say('held')}</p>
      <div class="box">${say('heldText')}</div>`,
  )}
`

function buttonOf(draft: Draft, context: 'product' | 'order') {
  const at = `contexts.${context}`
  if (!draft.value(`${at}.enabled`)) return html`<p class="help">${say('contextOff')}</p>`
  const position = text(draft, `${at}.buttonPosition`)
  if (context === 'order' && !draft.value(`${at}.button`)) return html`<p class="help">${say('noButton')}</p>`
  void import('./button-view.ts')
  return html`${position === 'manual' ? html`<p class="help">${say('byHand')}</p>` : nothing}
    <shopbell-button-view .context=${context} .label=${text(draft, `${at}.buttonLabel`)} .position=${position}></shopbell-button-view>`
}

const product: Preview = (draft) => note(say('theButton'), buttonOf(draft, 'product'))

/** A template with made-up values in its tokens' place. */
const filled = (template: string) => template.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, token) => SAMPLES[token] ?? whole)
const SAMPLES: Record<string, string> = {
  customer_name: 'Sam Rivera',
  seller_name: 'Northfold',
  order_id: '10482',
  order_details: '1 × Alder stoneware mug\n2 × Linen napkin',
  order_date: '22 Nov 2026',
  order_total: '£86.00',
  order_view_url: 'https://shop.example/orders/10482',
  seller_item_count: '3',
}

const order: Preview = (draft) => html`
  ${note(say('theButton'), buttonOf(draft, 'order'))}
  ${
    draft.value('contexts.order.enabled')
      ? note(
          say('starter'),
          html`<p class="bubble" dir="auto">${filled(text(draft, 'contexts.order.starterMessage'))}</p>`,
        )
      : nothing
  }
`

const notifications: Preview = (draft, frame) => {
  const events = (['newMessage', 'chatCreated'] as const).filter((event) => {
    const subject = allFields.get(`notifications.${event}.subject`)
    return subject && draft.isShown(subject)
  })
  if (!events.length) return note(say('shopperSees'), html`<p class="help">${say('noMails')}</p>`)
  void import('./mail-view.ts')
  return events.map((event) => {
    const at = `notifications.${event}`
    return note(
      say('theMail', { event: say(event) }),
      html`<shopbell-mail-view
        .frame=${frame}
        .event=${event}
        .subject=${text(draft, `${at}.subject`)}
        .body=${text(draft, `${at}.body`)}
      ></shopbell-mail-view>`,
    )
  })
}

const brand: Preview = (draft) => {
  void import('./brand-view.ts')
  return note(
    say('inYourColor'),
    html`<shopbell-brand-view .accent=${text(draft, 'brand.accent')} .theme=${text(draft, 'brand.theme')}></shopbell-brand-view>`,
  )
}

const guests: Preview = (draft) => {
  const mode = text(draft, 'guests.mode')
  const asked =
    mode === 'name_email' ? (['guestName', 'guestEmail'] as const) : mode === 'name' ? (['guestName'] as const) : []
  return note(
    say('asGuest'),
    asked.length
      ? asked.map(
          (label) => html`<div class="field"><span class="small">${say(label)}</span><div class="box"></div></div>`,
        )
      : html`<p class="help">${say(mode === 'none' ? 'guestNone' : 'guestFree')}</p>`,
  )
}

const privacy: Preview = (draft) => {
  if (!draft.value('privacy.eraser')) return nothing
  return note(
    say('erased'),
    draft.value('privacy.redactMessages')
      ? html`<p class="bubble gone" dir="auto">${text(draft, 'privacy.placeholder')}</p>
          <p class="bubble">${say('before_')}</p>`
      : html`<p class="help">${say('vanished')}</p>`,
  )
}

const general: Preview = (draft) => {
  const url = text(draft, 'general.chatsPageUrl')
  const goes = draft.value('general.opens') === 'auto' && url !== ''
  return note(say('opensWhere'), html`<p class="help">${goes ? say('opensPage', { url }) : say('opensPanel')}</p>`)
}

const region: Preview = (draft) => {
  try {
    const locale = text(draft, 'region.locale')
    const timeZone = text(draft, 'region.timeZone')
    const time = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(Date.now())
    return note(say('now'), html`<p class="help" lang=${locale}>${time}</p>`)
  } catch {
    return nothing // A language that is being typed is none yet.
  }
}

const PREVIEWS: Record<string, Preview> = {
  limits,
  brand,
  guests,
  privacy,
  general,
  region,
  notifications,
  'contexts.product': product,
  'contexts.order': order,
}

/** What a section does, shown beside it; nothing where there is nothing to see. */
export const previewOf = (path: string, draft: Draft, frame: Frame, _rev: number) =>
  PREVIEWS[path]?.(draft, frame) ?? nothing
