import { css } from 'lit'

/**
 * Everything the widgets use, beside the colours of `accent`; nothing else is hard-coded. Light or dark follows
 * `color-scheme`: the page's own, or the `theme` attribute. Sizes are px because themes set the root's font size at will.
 * Text pairs are at least 4.5:1 on -bg, -subtle and -sunken; control edges at least 3:1 on -bg.
 */
export const tokens = css`
  :host {
    --shopbell-text-1: 13px;
    --shopbell-text-2: 14px;
    --shopbell-text-3: 16px;
    --shopbell-text-4: 20px;
    --shopbell-leading: 1.45;
    --shopbell-regular: 400;
    --shopbell-medium: 500;
    --shopbell-semibold: 600;

    --shopbell-s1: 4px;
    --shopbell-s2: 8px;
    --shopbell-s3: 12px;
    --shopbell-s4: 16px;
    --shopbell-s5: 20px;
    --shopbell-s8: 32px;

    --shopbell-radius: 6px;
    --shopbell-radius-card: 12px;
    --shopbell-radius-joint: 4px;
    --shopbell-radius-full: 999px;
    --shopbell-control: 36px;
    --shopbell-touch: 44px;
    --shopbell-motion: 160ms cubic-bezier(0.2, 0, 0, 1);

    --shopbell-page: light-dark(#f7f8f8, #0d1113);
    --shopbell-bg: light-dark(#fff, #14191b);
    --shopbell-subtle: light-dark(#f7f8f8, #191f22);
    --shopbell-sunken: light-dark(#eef1f1, #232a2e);
    --shopbell-line: light-dark(#e2e6e7, #2a3236);
    --shopbell-edge: light-dark(#879196, #6b777d);
    --shopbell-text: light-dark(#13191c, #e9edee);
    --shopbell-muted: light-dark(#4d585e, #adb7bc);
    --shopbell-faint: light-dark(#616c72, #98a3a8);

    --shopbell-accent-tint: color-mix(in oklab, var(--shopbell-accent-text) 12%, var(--shopbell-bg));

    --shopbell-warn: light-dark(#855300, #e3b35a);
    --shopbell-bad: light-dark(#b3261e, #f2938c);
    --shopbell-focus: 0 0 0 2px var(--shopbell-bg), 0 0 0 4px var(--shopbell-accent-text);
  }
  @media (max-width: 480px), (pointer: coarse) {
    :host {
      --shopbell-control: var(--shopbell-touch);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --shopbell-motion: 0ms;
    }
  }
`
