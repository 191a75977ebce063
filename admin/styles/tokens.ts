import { css } from 'lit'

/** What the panel needs beside the widgets' tokens. */
export const panelTokens = css`
  :host {
    --shopbell-text-5: 28px;
    --shopbell-s6: 24px;
    --shopbell-s10: 40px;
    --shopbell-font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
    --shopbell-mono: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    --shopbell-ok: light-dark(#17703f, #6acb92);
    --shopbell-ok-tint: light-dark(#e6f4ec, #15291e);
    --shopbell-warn-tint: light-dark(#fdf2dc, #2d2413);
    --shopbell-bad-tint: light-dark(#fcebea, #341c1b);
  }
`
