import { html } from 'lit'

/** Drawn on 20 × 20 with one stroke. */
const PATHS = {
  alert: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14m0 3.5v4m0 2.9v.1',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  chat: 'M10 3.5c-4 0-7 2.6-7 6 0 1.6.7 3 1.8 4.1L4 17l3.7-1.7c5.7 1.3 9.3-2 9.3-5.8s-3-6-7-6Z',
  check: 'm4 10.5 4 4 8-9',
  checks: 'm2 10.5 3.3 3.5 7-8M9.5 12.8l1.2 1.2 7-8',
  close: 'm5 5 10 10M15 5 5 15',
  down: 'M10 4v12M5 11l5 5 5-5',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  order: 'M3.5 6.5h13v10h-13zl2-3h9l2 3M8 9.5h4',
  post: 'M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15',
  product: 'M4.5 7h11l.8 9.5H3.7L4.5 7ZM7 9V6a3 3 0 0 1 6 0v3',
  ring: 'M10 3a7 7 0 1 1-6.7 5',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11m4 9.5 4 4',
  send: 'M10 16V4M5 9l5-5 5 5',
}
export type Sign = keyof typeof PATHS

export const icon = (name: Sign, small = '') =>
  html`<svg class="i ${small} i-${name}" viewBox="0 0 20 20" aria-hidden="true"><path d=${PATHS[name]} /></svg>`
