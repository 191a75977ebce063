import { css } from 'lit'

/** The two panes, and the list. */
export const styles = css`
  :host {
    display: block;
    height: min(720px, 100dvh);
    container: shopbell / inline-size;
  }
  :host([hidden]) {
    display: none;
  }
  .chats {
    display: grid;
    grid-template: minmax(0, 1fr) / 340px minmax(0, 1fr);
    height: 100%;
    overflow: hidden;
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-bg);
  }
  .pane {
    display: grid;
    min-height: 0;
  }
  .chats > .notice {
    grid-column: 1 / 3;
  }
  .list {
    border-inline-end: 1px solid var(--shopbell-line);
  }
  .top {
    display: grid;
    gap: var(--shopbell-s3);
    padding: var(--shopbell-s4) var(--shopbell-s4) var(--shopbell-s3);
  }
  .top .btn {
    margin: -8px;
  }
  h1 {
    font-size: var(--shopbell-text-4);
    font-weight: var(--shopbell-semibold);
    line-height: 28px;
  }
  .find {
    position: relative;
  }
  .find .i {
    position: absolute;
    inset-block: 0;
    inset-inline-start: var(--shopbell-s2);
    margin-block: auto;
    color: var(--shopbell-faint);
  }
  .find .input {
    padding-inline-start: 36px;
  }
  .filters {
    display: flex;
    gap: var(--shopbell-s1);
    margin-inline: -4px;
  }
  .filters button {
    position: relative;
    height: 28px;
    padding: 0 var(--shopbell-s2);
    border: 0;
    border-radius: 99px;
    background: none;
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    font-weight: var(--shopbell-medium);
    white-space: nowrap;
  }
  .filters [aria-pressed='true'] {
    background: var(--shopbell-sunken);
    color: var(--shopbell-text);
  }
  @media (pointer: coarse) {
    .filters button::after {
      content: '';
      position: absolute;
      inset: -8px 0;
    }
  }
  .rows {
    display: flex;
    flex: 1;
    flex-direction: column;
    padding: 0 var(--shopbell-s2) var(--shopbell-s2);
    overflow: hidden auto;
  }
  .row {
    display: grid;
    grid-template-columns: 48px minmax(0, 1fr);
    column-gap: var(--shopbell-s3);
    width: 100%;
    padding: var(--shopbell-s3) var(--shopbell-s2);
    border: 0;
    border-radius: var(--shopbell-radius);
    background: none;
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    text-align: start;
  }
  .row:hover {
    background: var(--shopbell-subtle);
  }
  .row[aria-current] {
    background: var(--shopbell-accent-tint);
  }
  .row:focus-visible {
    box-shadow: inset 0 0 0 2px var(--shopbell-accent-text);
  }
  .row .thumb {
    grid-row: 1 / 4;
    align-self: center;
    width: 48px;
    height: 48px;
  }
  .line {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: var(--shopbell-s2);
  }
  .row b {
    color: var(--shopbell-text);
    font-size: var(--shopbell-text-2);
  }
  .row:not(.unread) b {
    font-weight: var(--shopbell-medium);
  }
  time {
    flex: none;
  }
  .unread .last {
    color: var(--shopbell-text);
    font-weight: var(--shopbell-medium);
  }
  .rows > .bone {
    flex: none;
    height: 59px;
    margin: var(--shopbell-s3) var(--shopbell-s2);
  }
  @container shopbell (max-width: 959px) {
    .chats {
      grid-template-columns: 300px minmax(0, 1fr);
    }
    .filters button {
      padding: 0 6px;
    }
  }
  @container shopbell (max-width: 719px) {
    .chats {
      grid-template-columns: minmax(0, 1fr);
      border: 0;
      border-radius: 0;
    }
    .reading > .list,
    :not(.reading) > .pane {
      display: none;
    }
    .list {
      border: 0;
    }
  }
  @media (forced-colors: active) {
    [aria-current],
    [aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`
