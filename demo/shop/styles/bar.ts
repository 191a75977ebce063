/** The demo's strip above each page. Every name starts with `demo-`, so that no theme below is touched. */
export const bar = /* css */ `
.demo-bar { position: relative; z-index: 5; display: flex; align-items: center; justify-content: space-between; gap: 16px; min-height: 44px; padding: 0 24px; border-bottom: 1px solid #2a3236; background: #13191c; color: #e9edee; font: 400 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; letter-spacing: normal; }
.demo-bar * { box-sizing: border-box; }
.demo-kind { display: flex; gap: 12px; margin: 0; min-width: 0; white-space: nowrap; font: inherit; color: #adb7bc; }
.demo-kind a { color: #fff; font-weight: 600; text-decoration: none; }
.demo-kind a:hover { text-decoration: underline; text-underline-offset: 3px; }
.demo-kind span { overflow: hidden; text-overflow: ellipsis; }
.demo-who { display: inline-flex; align-items: center; gap: 4px; flex: none; min-height: 44px; margin: 0; padding: 0 8px; margin-inline-end: -8px; border: 0; background: none; color: inherit; font: inherit; letter-spacing: inherit; cursor: pointer; }
.demo-who b { font-weight: 600; color: #fff; }
.demo-hint { color: #adb7bc; }
.demo-bar :focus-visible { outline: 2px solid #63c7bd; outline-offset: -2px; border-radius: 6px; }
.demo-people { position: fixed; inset: 48px 16px auto auto; width: 272px; max-width: calc(100vw - 32px); margin: 0; padding: 8px; border: 0; border-radius: 12px; color-scheme: light dark; background: light-dark(#fff, #191f22); color: light-dark(#13191c, #e9edee); box-shadow: 0 0 0 1px light-dark(rgb(16 24 28 / .08), rgb(255 255 255 / .1)), 0 12px 32px -4px rgb(16 24 28 / .3); font: 400 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; letter-spacing: normal; }
.demo-people h2 { margin: 8px 12px 4px; font: 500 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; letter-spacing: normal; text-align: start; color: light-dark(#616c72, #98a3a8); }
.demo-people button { position: relative; display: grid; width: 100%; min-height: 44px; margin: 0; padding: 6px 40px 6px 12px; border: 0; border-radius: 6px; background: none; color: inherit; font: inherit; letter-spacing: inherit; text-align: start; text-transform: none; cursor: pointer; }
.demo-people button:hover { background: light-dark(#eef1f1, #232a2e); }
.demo-people button b { font-weight: 500; }
.demo-people button span { font-size: 13px; color: light-dark(#4d585e, #adb7bc); }
.demo-people [aria-pressed=true]::after { content: ""; position: absolute; inset-inline-end: 16px; inset-block-start: 50%; width: 6px; height: 12px; border: solid light-dark(#0b655f, #63c7bd); border-width: 0 2px 2px 0; transform: translateY(-65%) rotate(45deg); }
@media (max-width: 719px) { .demo-bar { padding: 0 16px; } .demo-hint { display: none; } .demo-people { inset-inline-end: 12px; } }
`
