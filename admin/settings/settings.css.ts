import { css } from 'lit'

export const settingsStyles = css`
  :host {
    display: grid;
    grid-template-rows: 1fr auto;
    min-height: 100%;
  }
  .body {
    display: grid;
    grid-template-columns: 224px minmax(0, 640px) minmax(0, 280px);
    align-items: start;
    column-gap: var(--shopbell-s10);
    min-height: 100%;
    padding-inline-end: var(--shopbell-s6);
  }
  .body.wide {
    grid-template-columns: 224px minmax(0, 640px);
  }
  /* The bar to save covers the end of what sticks beside it. */
  .barred {
    --shopbell-save: 61px;
  }
  shopbell-settings-side {
    align-self: stretch;
  }
  .main {
    min-width: 0;
    padding: var(--shopbell-s6) 0 var(--shopbell-s10);
  }
  .main > .banner {
    margin-block-end: var(--shopbell-s4);
  }
  .summary {
    display: grid;
    gap: var(--shopbell-s1);
    margin-block-end: var(--shopbell-s5);
    scroll-margin-block-start: calc(var(--shopbell-bar, 0px) + var(--shopbell-s4));
    padding: var(--shopbell-s4);
    border: 1px solid var(--shopbell-bad);
    border-radius: var(--shopbell-radius-card);
  }
  .summary h2 {
    display: flex;
    gap: var(--shopbell-s2);
    color: var(--shopbell-bad);
  }
  .aside {
    position: sticky;
    inset-block-start: var(--shopbell-bar, 0px);
    display: grid;
    gap: var(--shopbell-s4);
    padding-block: var(--shopbell-s6);
  }
  .facts {
    display: grid;
    gap: var(--shopbell-s2);
    font-size: var(--shopbell-text-1);
    font-variant-numeric: tabular-nums;
  }
  .facts li {
    display: flex;
    justify-content: space-between;
    gap: var(--shopbell-s2);
  }
  .facts span {
    color: var(--shopbell-muted);
  }
  .held {
    display: flex;
    gap: var(--shopbell-s2);
    color: var(--shopbell-warn);
    font-size: var(--shopbell-text-1);
    text-wrap: pretty;
  }
  .bubble {
    justify-self: start;
    max-width: 100%;
    padding: var(--shopbell-s2) var(--shopbell-s3);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-sunken);
    font-size: var(--shopbell-text-1);
    white-space: pre-line;
  }
  .gone {
    background: none;
    border: 1px dashed var(--shopbell-line);
    color: var(--shopbell-muted);
    font-style: italic;
  }
  .box {
    min-height: var(--shopbell-control);
    padding: 7px var(--shopbell-s3);
    border: 1px solid var(--shopbell-edge);
    border-radius: var(--shopbell-radius-card);
  }
  @container panel (max-width: 1099px) {
    .body,
    .body.wide {
      grid-template-columns: 200px minmax(0, 1fr);
      column-gap: var(--shopbell-s8);
    }
    .aside {
      position: static;
      grid-column: 2;
      padding-block-start: 0;
    }
  }
  @container panel (max-width: 719px) {
    .body,
    .body.wide {
      display: block;
      padding: 0 var(--shopbell-s4);
    }
    .main {
      padding-block-start: var(--shopbell-s4);
    }
  }
`
