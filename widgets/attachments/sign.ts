import { html } from 'lit'

/** Drawn on 20 × 20 with one stroke, as the others are. */
const PATHS = {
  alert: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14m0 3.5v4m0 2.9v.1',
  audio: 'M8 15V4.5l8-1.5v10.5M8 15a2 2 0 1 1-4 0 2 2 0 0 1 4 0Zm8-1.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z',
  camera: 'M3 6.5h3l1.5-2h5l1.5 2h3v9.5H3zM10 8.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
  clip: 'm16 9.5-6 6a3.5 3.5 0 0 1-5-5L11.5 4a2.3 2.3 0 0 1 3.3 3.3L8.5 13.6a1.1 1.1 0 0 1-1.6-1.6L12.5 6.5',
  close: 'm5 5 10 10M15 5 5 15',
  download: 'M10 3v9.5M6 9l4 4 4-4M4 16.5h12',
  file: 'M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15',
  next: 'M8 4.5 13.5 10 8 15.5',
  previous: 'M12 4.5 6.5 10l5.5 5.5',
  video: 'M3 5.5h10v9H3zM13 9l4-2.5v7L13 11',
}
export type Sign = keyof typeof PATHS

export const sign = (name: Sign, small = '') =>
  html`<svg class="i ${small} i-${name}" viewBox="0 0 20 20" aria-hidden="true"><path d=${PATHS[name]} /></svg>`
