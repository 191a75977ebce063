import { css } from 'lit'

export const panelStyles = css`
  :host {
    display: block;
    container: panel / inline-size;
    background: var(--shopbell-bg);
    color: var(--shopbell-text);
    font: var(--shopbell-regular) var(--shopbell-text-2) / var(--shopbell-leading) var(--shopbell-font);
  }
  :host([hosted]) {
    --shopbell-bar: 56px;
    min-height: 100dvh;
  }
  :host(:not([hosted])) {
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius-card);
  }
  .frame {
    display: grid;
    grid-template-rows: auto 1fr;
    min-height: inherit;
  }
  .bar {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    align-items: center;
    gap: var(--shopbell-s4);
    min-height: 56px;
    padding: 0 var(--shopbell-s6);
    border-block-end: 1px solid var(--shopbell-line);
    border-start-start-radius: inherit;
    border-start-end-radius: inherit;
    background: var(--shopbell-bg);
  }
  :host([hosted]) .bar {
    position: sticky;
    inset-block-start: 0;
    z-index: 3;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s2);
    min-width: 0;
    font-weight: var(--shopbell-semibold);
  }
  .brand .i {
    color: var(--shopbell-accent-text);
  }
  .brand span {
    color: var(--shopbell-muted);
    font-weight: var(--shopbell-regular);
  }
  .tabs {
    display: flex;
    gap: var(--shopbell-s6);
    align-self: stretch;
  }
  .tabs a {
    display: flex;
    align-items: center;
    border-block: 2px solid transparent;
    color: var(--shopbell-muted);
    font-weight: var(--shopbell-medium);
    white-space: nowrap;
  }
  .tabs a:hover {
    color: var(--shopbell-text);
    text-decoration: none;
  }
  .tabs [aria-current] {
    border-block-end-color: var(--shopbell-accent-text);
    color: var(--shopbell-text);
  }
  .tools {
    display: flex;
    justify-self: end;
    gap: var(--shopbell-s2);
    max-width: 100%;
  }
  .tools > .btn {
    min-width: 0;
  }
  .view {
    min-width: 0;
  }
  .center {
    display: grid;
    align-content: center;
    justify-items: center;
    min-height: min(100dvh, 640px);
    padding: var(--shopbell-s6) var(--shopbell-s4);
  }
  .toast {
    position: fixed;
    inset-block-end: 76px;
    inset-inline: 16px;
    z-index: 5;
    width: fit-content;
    max-width: min(560px, calc(100vw - 32px));
    margin-inline: auto;
    padding: var(--shopbell-s3) var(--shopbell-s4);
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-text);
    color: var(--shopbell-bg);
    box-shadow: var(--shopbell-shadow);
  }
  @container panel (max-width: 719px) {
    :host([hosted]) .frame {
      --shopbell-bar: calc(var(--shopbell-control) + 53px);
    }
    .bar {
      grid-template-columns: minmax(20px, 1fr) minmax(0, auto);
      gap: 0 var(--shopbell-s2);
      padding: var(--shopbell-s2) var(--shopbell-s4) 0;
    }
    .tabs {
      grid-area: 2 / 1 / 3 / 3;
      gap: var(--shopbell-s4);
      min-width: 0;
      min-height: 44px;
    }
    /* Where the name has no room it goes to a second line, which is not shown. */
    .brand {
      flex-wrap: wrap;
      height: 20px;
      overflow: hidden;
    }
    .brand span {
      display: none;
    }
    .tabs a {
      min-width: 0;
      line-height: 1.2;
      white-space: normal;
    }
  }
`
