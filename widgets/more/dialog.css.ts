import { css } from 'lit'

/** A small sheet over the page: in the middle, on phones at the bottom. */
export const dialogStyles = css`
  dialog {
    width: min(440px, calc(100vw - 32px));
    max-height: min(680px, calc(100dvh - 32px));
    margin: auto;
    padding: 0;
    overflow: auto;
    border: 0;
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-bg);
    color: inherit;
    box-shadow: var(--shopbell-shadow, 0 12px 40px rgb(0 0 0 / 24%));
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }
  header {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--shopbell-s3);
    padding-block: var(--shopbell-s4) 0;
    padding-inline: var(--shopbell-s5) var(--shopbell-s4);
    background: var(--shopbell-bg);
  }
  :is(h2, h3, p) {
    margin: 0;
  }
  h2 {
    font-size: var(--shopbell-text-4);
    font-weight: var(--shopbell-semibold);
    line-height: 28px;
  }
  h3 {
    font-weight: var(--shopbell-semibold);
  }
  section {
    display: grid;
    gap: var(--shopbell-s3);
    padding: var(--shopbell-s4) var(--shopbell-s5);
  }
  section + section {
    border-block-start: 1px solid var(--shopbell-line);
  }
  section:last-of-type {
    padding-block-end: max(var(--shopbell-s5), env(safe-area-inset-bottom));
  }
  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--shopbell-s4);
    min-height: var(--shopbell-control);
    cursor: pointer;
  }
  .switch:has(:disabled) {
    color: var(--shopbell-muted);
    cursor: default;
  }
  [type='checkbox'] {
    appearance: none;
    position: relative;
    flex: none;
    width: 40px;
    height: 24px;
    border: 1px solid var(--shopbell-edge);
    border-radius: var(--shopbell-radius-full);
    background: var(--shopbell-sunken);
    cursor: inherit;
    transition: background var(--shopbell-motion);
  }
  [type='checkbox']::before {
    content: '';
    position: absolute;
    inset-block-start: 3px;
    inset-inline-start: 3px;
    width: 16px;
    height: 16px;
    border-radius: 50%;
    background: var(--shopbell-edge);
    transition: translate var(--shopbell-motion);
  }
  [type='checkbox']:checked {
    border-color: transparent;
    background: var(--shopbell-accent);
  }
  [type='checkbox']:checked::before {
    background: var(--shopbell-on-accent);
    translate: 16px 0;
  }
  [dir='rtl'] [type='checkbox']:checked::before {
    translate: -16px 0;
  }
  [type='checkbox']:disabled {
    opacity: 0.5;
  }
  form,
  label.field {
    display: grid;
    gap: var(--shopbell-s2);
  }
  form .btn {
    justify-self: start;
  }
  @media (forced-colors: active) {
    [type='checkbox'] {
      appearance: auto;
    }
    [type='checkbox']::before {
      display: none;
    }
  }
  @media (max-width: 480px) {
    dialog {
      width: 100%;
      max-width: 100%;
      margin-block-end: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
  }
`
