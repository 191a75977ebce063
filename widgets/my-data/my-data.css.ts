import { css } from 'lit'

/** What the dialog about one's own data has beside the other dialogs. */
export const myDataStyles = css`
  section:focus {
    outline: 0;
    box-shadow: none;
  }
  form {
    gap: var(--shopbell-s3);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--shopbell-s2);
  }
  .btn {
    white-space: normal;
  }
  .btn.danger:not([aria-disabled='true']) {
    color: var(--shopbell-bad);
  }
  .btn.sure:not([aria-disabled='true']) {
    border-color: transparent;
    background: var(--shopbell-bad);
    color: var(--shopbell-bg);
  }
  .code {
    max-width: 160px;
    letter-spacing: 0.2em;
    font-variant-numeric: tabular-nums;
  }
  .list {
    display: grid;
    gap: var(--shopbell-s1);
    margin: 0;
    padding-inline-start: var(--shopbell-s5);
    list-style: disc;
  }
  .list li::marker {
    color: var(--shopbell-faint);
  }
  .asked li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--shopbell-s3);
    padding-block: var(--shopbell-s1);
  }
  [aria-invalid='true'] {
    border-color: var(--shopbell-bad);
  }
  p:empty {
    display: none;
  }
  .bone {
    height: 16px;
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-sunken);
  }
`
