import { html, nothing } from 'lit'
import type { Analytics, AnalyticsTable, ContextCounts, SellerCounts } from '../../protocol/analytics.ts'
import { icon } from '../icon.ts'
import { number, when } from '../locales/say.ts'
import { duration, percent, tenths } from './amount.ts'
import { say } from './words.ts'

export type Download = (table: AnalyticsTable) => void

const DAYS_AT_FIRST = 10

export const csvButton = (table: AnalyticsTable, title: string, download: Download) =>
  html`<button class="btn btn-quiet" @click=${() => download(table)}>
    ${icon('download')}<span aria-hidden="true">${say('csv')}</span><span class="sr">${say('csvOf', { table: title })}</span>
  </button>`

const head = (title: string, table: AnalyticsTable, download: Download) =>
  html`<header><h2>${title}</h2>${csvButton(table, title, download)}</header>`
const th = (words: string) => html`<th class="n" scope="col">${words}</th>`
const n = (value: number) => html`<td class="n">${number(value)}</td>`
const time = (ms: number | null) => html`<td class="n">${ms === null ? '–' : duration(ms)}</td>`

export function contextTable({ contexts, totals }: Analytics, download: Download) {
  const all = contexts.reduce((sum, { messages }) => sum + messages, 0)
  const share = (messages: number) => (all ? messages / all : 0)
  const row = ({ context, chats, messages, averageMessages }: ContextCounts) => html`<tr>
    <th scope="row">${say(context)}</th>
    ${n(chats)}${n(messages)}
    <td class="n">${averageMessages === null ? '–' : tenths(averageMessages)}</td>
    <td class="n">
      <svg class="share" viewBox="0 0 56 4" aria-hidden="true">
        <rect class="all" width="56" height="4" rx="2" /><rect width=${56 * share(messages)} height="4" rx="2" />
      </svg>
      <span class="pc">${percent(share(messages))}</span>
    </td>
  </tr>`
  return html`<section class="card">
    ${head(say('contexts'), 'contexts', download)}
    <div class="scroll" tabindex="0" role="group" aria-label=${say('contexts')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${say('context')}</th>
            ${th(say('colChats'))}${th(say('colMessages'))}${th(say('perChat'))}${th(say('share'))}
          </tr>
        </thead>
        <tbody>${contexts.map(row)}</tbody>
        <tfoot>
          <tr>
            <th scope="row">${say('all')}</th>
            ${n(totals.chats)}${n(totals.messages)}
            <td class="n">${totals.averageMessages === null ? '–' : tenths(totals.averageMessages)}</td>
            <td class="n">${all ? percent(1) : '–'}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  </section>`
}

/** The newest day first; a long range opens on a press. */
export function dayTable({ days }: Analytics, download: Download, showAll: boolean, open: () => void) {
  const newest = days.toReversed()
  const shown = showAll ? newest : newest.slice(0, DAYS_AT_FIRST)
  return html`<section class="card">
    ${head(say('days'), 'days', download)}
    <div class="scroll" tabindex="0" role="group" aria-label=${say('days')}>
      <table class="days">
        <thead>
          <tr>
            <th scope="col">${say('day')}</th>
            ${th(say('colChats'))}${th(say('colMessages'))}${th(say('colActive'))}${th(say('files'))}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            ({ day, chats, messages, active, attachments }) => html`<tr>
              <th scope="row">${when(Date.parse(day), { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' })}</th>
              ${n(chats)}${n(messages)}${n(active)}${n(attachments)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      shown.length < days.length
        ? html`<button class="btn btn-quiet more" @click=${open}>${say('showAll', { n: days.length })}</button>`
        : nothing
    }
  </section>`
}

export function sellerTable({ sellers }: Analytics, download: Download) {
  const row = ({ name, chats, messages, firstResponse, unanswered }: SellerCounts) => html`<tr>
    <th scope="row" dir="auto">${name}</th>
    ${n(chats)}${n(messages)}${time(firstResponse.medianMs)}${time(firstResponse.p90Ms)}${n(unanswered)}
  </tr>`
  return html`<section class="card">
    ${head(say('sellers'), 'sellers', download)}
    ${
      sellers.length
        ? html`<div class="scroll" tabindex="0" role="group" aria-label=${say('sellers')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">${say('seller')}</th>
                  ${th(say('colChats'))}${th(say('colMessages'))}${th(say('colMedian'))}${th(say('colP90'))}${th(say('colUnanswered'))}
                </tr>
              </thead>
              <tbody>${sellers.map(row)}</tbody>
            </table>
          </div>`
        : html`<p class="quiet">${say('noSellers')}</p>`
    }
  </section>`
}

// A Monday, to name the weekdays by.
const MONDAY = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

/** Each hour of the week, the darker the busier. */
export function hourTable({ hours, range }: Analytics, download: Download) {
  const most = Math.max(1, ...hours.flat())
  const dayName = (day: number, weekday: 'short' | 'long') => when(MONDAY + day * DAY_MS, { timeZone: 'UTC', weekday })
  const hourName = (hour: number) => when(MONDAY + hour * 3_600_000, { timeZone: 'UTC', hour: 'numeric' })
  const cell = (count: number, day: number, hour: number) => {
    const words = say('hourCell', { day: dayName(day, 'long'), hour: hourName(hour), n: count })
    return html`<td class="heat l${Math.ceil((count / most) * 8)}" title=${words}><span class="sr">${number(count)}</span></td>`
  }
  return html`<section class="card">
    ${head(say('hours'), 'hours', download)}
    <p class="help quiet">${say('hoursHint', { zone: range.zone.replaceAll('_', ' ') })}</p>
    <div class="scroll" tabindex="0" role="group" aria-label=${say('hours')}>
      <table class="hours">
        <thead>
          <tr>
            <th scope="col"><span class="sr">${say('weekday')}</span></th>
            ${Array.from({ length: 24 }, (_, hour) => html`<th scope="col">${hour % 6 ? html`<span class="sr">${hourName(hour)}</span>` : hourName(hour)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${hours.map(
            (row, day) => html`<tr>
              <th scope="row">${dayName(day, 'short')}</th>
              ${row.map((count, hour) => cell(count, day, hour))}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}
