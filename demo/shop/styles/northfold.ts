/** Northfold's own look. */
export const northfold = /* css */ `
:root { color-scheme: light dark; --page: light-dark(#fff, #14191b); --sunken: light-dark(#eef1f1, #232a2e); --line: light-dark(#e2e6e7, #2a3236); --edge: light-dark(#879196, #6b777d); --text: light-dark(#13191c, #e9edee); --muted: light-dark(#4d585e, #adb7bc); --faint: light-dark(#616c72, #98a3a8); --link: light-dark(#0b655f, #63c7bd); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 400 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1, h2, p, ul, dl, dd { margin: 0; padding: 0; }
a { color: inherit; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 6px; }
.num { font-variant-numeric: tabular-nums; }
.muted { color: var(--muted); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.shop { display: flex; align-items: center; gap: 24px; min-height: 56px; padding: 0 24px; border-block-end: 1px solid var(--line); }
.shop a { display: inline-flex; align-items: center; min-height: 44px; text-decoration: none; }
.wordmark { font-size: 16px; font-weight: 600; letter-spacing: -.01em; }
.shop nav { display: flex; gap: 20px; }
.shop nav a { color: var(--muted); }
.shop nav a:hover { color: var(--text); }
.shop .end { margin-inline-start: auto; }

.home { max-width: 1200px; margin: 0 auto; padding: 0 24px 40px; }
.lead { display: grid; gap: 12px; max-width: 620px; padding: 48px 0 40px; }
.lead h1 { font-size: 36px; line-height: 1.15; font-weight: 600; letter-spacing: -.025em; text-wrap: balance; }
.lead p { font-size: 16px; color: var(--muted); text-wrap: pretty; }
.lead p b { font-weight: 500; color: var(--text); }
.maker { padding-block-end: 40px; scroll-margin-top: 16px; }
.maker h2 { display: flex; align-items: center; gap: 12px; margin-block-end: 16px; font-size: 20px; font-weight: 600; letter-spacing: -.01em; }
.maker h2 img { border-radius: 50%; }
.goods { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 24px; list-style: none; }
.good { display: grid; gap: 2px; text-decoration: none; border-radius: 12px; }
.good img { width: 100%; height: auto; aspect-ratio: 1; margin-block-end: 10px; border-radius: 12px; transition: opacity 160ms cubic-bezier(.2, 0, 0, 1); }
.good:hover img { opacity: .88; }
.good .row { display: flex; justify-content: space-between; gap: 12px; }
.good b { font-weight: 500; }
.good .kind { font-size: 13px; color: var(--faint); }

.product { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 4fr); gap: 20px 48px; max-width: 1040px; margin: 0 auto; padding: 20px 24px 56px; }
.crumb { grid-column: 1 / -1; font-size: 13px; color: var(--faint); }
.crumb a { text-decoration: none; }
.picture { width: 100%; height: auto; aspect-ratio: 1; border-radius: 12px; }
.buy { display: grid; gap: 16px; align-content: start; }
.by { font-size: 13px; color: var(--muted); }
.buy h1 { font-size: 28px; line-height: 36px; font-weight: 600; letter-spacing: -.02em; }
.price { font-size: 20px; line-height: 28px; }
.actions { display: grid; gap: 8px; }
.actions form { display: contents; }
.add-to-cart { width: 100%; min-height: 44px; border: 0; border-radius: 6px; background: var(--text); color: var(--page); font: inherit; font-weight: 500; cursor: pointer; }
.add-to-cart:hover { opacity: .9; }
.facts { display: grid; grid-template-columns: auto 1fr; gap: 8px 16px; padding-block-start: 16px; border-block-start: 1px solid var(--line); font-size: 13px; }
.facts dt { color: var(--muted); }

.foot { padding: 24px; border-block-start: 1px solid var(--line); font-size: 13px; color: var(--faint); text-align: center; }
.foot b { font-weight: 500; color: var(--muted); }

.filled { display: flex; flex-direction: column; height: 100dvh; }
.chats { flex: 1; min-height: 0; display: grid; }
.chats > shopbell-my-chats { display: block; min-height: 0; height: 100%; }

@media (max-width: 959px) { .goods { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (max-width: 719px) {
  .shop { gap: 16px; min-height: 48px; padding: 0 16px; } .shop nav:not(.end) { display: none; } .shop nav { gap: 16px; }
  .home { padding: 0 16px 24px; } .lead { padding: 32px 0 28px; } .lead h1 { font-size: 28px; }
  .goods { gap: 20px 12px; } .good .row { display: grid; gap: 0; } .maker { padding-block-end: 32px; }
  .product { grid-template-columns: minmax(0, 1fr); gap: 16px; padding: 12px 16px 40px; }
  .add-to-cart { font-size: 16px; }
}
@media (prefers-reduced-motion: reduce) { .good img { transition: none; } }
`
