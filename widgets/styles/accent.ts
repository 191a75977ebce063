import { css } from '../lit/css.ts'

/**
 * The merchant's one colour and all that follows from it: `--shopbell-brand` of the shop's own style sheet, else
 * `--shopbell-site`, which the settings set. CSS computes it, so either is as legible.
 * `y` of XYZ is WCAG's relative luminance: white is at least 4.5:1 on an accent up to 0.183, black on all above.
 */
export const accent = css`
  :host {
    --shopbell-own: var(--shopbell-brand, var(--shopbell-site, #0b655f));
    --shopbell-accent: light-dark(var(--shopbell-own), oklch(from var(--shopbell-own) max(l, 0.5) c h));
    --shopbell-on-accent: color(
      from var(--shopbell-accent) xyz-d65 clamp(0, (0.183 - y) * 1e6, 0.9505) clamp(0, (0.183 - y) * 1e6, 1)
        clamp(0, (0.183 - y) * 1e6, 1.089)
    );
    --shopbell-accent-text: light-dark(
      oklch(from var(--shopbell-accent) min(l, 0.5) c h),
      oklch(from var(--shopbell-accent) max(l, 0.77) c h)
    );
    --shopbell-shadow:
      0 0 0 1px light-dark(#10181c0f, #ffffff14), 0 12px 32px -4px light-dark(#10181c2e, #0009);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
`
