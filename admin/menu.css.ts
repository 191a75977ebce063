import { css } from 'lit'

export const menuStyles = css`
  :host {
    position: relative;
  }
  .btn-icon {
    border-radius: 50%;
  }
  .menu {
    position: absolute;
    inset-block-start: calc(100% + 4px);
    inset-inline-end: 0;
    z-index: 4;
    display: grid;
    min-width: 240px;
    max-width: calc(100vw - 32px);
    padding: var(--shopbell-s2);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-bg);
    box-shadow: var(--shopbell-shadow);
  }
  .menu > p {
    padding: var(--shopbell-s2) var(--shopbell-s3);
    overflow-wrap: anywhere;
  }
  .menu :is(a, button) {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s2);
    min-height: var(--shopbell-control);
    padding: 0 var(--shopbell-s3);
    border: 0;
    border-radius: var(--shopbell-radius);
    background: none;
    color: inherit;
    text-align: start;
  }
  .menu :is(a, button):hover {
    background: var(--shopbell-sunken);
    text-decoration: none;
  }
  .menu[hidden] {
    display: none;
  }
`
