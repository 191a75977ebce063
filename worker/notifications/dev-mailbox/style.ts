/** How the dev mailbox looks. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fff, #191f22);
  --desk: light-dark(#f4f6f7, #0f1315);
  --ink: light-dark(#13191c, #e8ecee);
  --quiet: light-dark(#5a666c, #a3adb2);
  --line: light-dark(#e3e6e8, #2b3337);
  --accent: light-dark(#0b655f, #58c3b9);
  font: 14px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; grid-template-columns: 320px 1fr; background: var(--desk); color: var(--ink); }
a { color: var(--accent); }
nav { background: var(--paper); border-inline-end: 1px solid var(--line); min-height: 100%; }
h1 { display: flex; justify-content: space-between; align-items: baseline; margin: 0; padding: 18px 16px 12px; font-size: 20px; }
h1 a { font-size: 13px; font-weight: 400; }
ol { list-style: none; margin: 0; padding: 0; }
li a { display: grid; grid-template-columns: 1fr auto; gap: 2px 8px; padding: 10px 16px; min-height: 44px; color: inherit; text-decoration: none; border-top: 1px solid var(--line); }
li a[aria-current] { background: var(--desk); box-shadow: inset 3px 0 var(--accent); }
li b, li span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
li span { grid-column: 1 / -1; color: var(--quiet); }
time { color: var(--quiet); font-variant-numeric: tabular-nums; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
main { min-width: 0; display: flex; flex-direction: column; }
header { padding: 18px 24px 14px; background: var(--paper); border-bottom: 1px solid var(--line); }
h2 { margin: 0 0 8px; font-size: 20px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 0 0 12px; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.choices { display: flex; flex-wrap: wrap; gap: 8px 16px; }
[role='group'] { display: inline-flex; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
[role='group'] a { padding: 6px 12px; color: inherit; text-decoration: none; }
[role='group'] a[aria-current] { background: var(--accent); color: light-dark(#fff, #0f1315); }
.stage { flex: 1; display: flex; justify-content: center; padding: 16px; }
iframe { width: 100%; min-height: 720px; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); }
iframe.phone { width: 390px; }
iframe.light { color-scheme: light; background: #fff; }
iframe.dark { color-scheme: dark; background: #0f1315; }
pre { margin: 0; padding: 24px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
.none { margin: 0; padding: 16px; color: var(--quiet); }
@media (max-width: 760px) {
  body { display: block; }
  nav { border: 0; }
  ol { max-height: 38dvh; overflow: auto; }
}
`
