import { css } from 'lit'

export const signInStyles = css`
  :host {
    display: grid;
    gap: var(--shopbell-s4);
    width: min(384px, 100%);
  }
  .head {
    display: grid;
    gap: var(--shopbell-s3);
    margin-block-end: var(--shopbell-s2);
  }
  .head .i {
    width: 32px;
    height: 32px;
    color: var(--shopbell-accent-text);
  }
  .digits {
    font-size: var(--shopbell-text-4);
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.25em;
  }
  .row {
    justify-content: space-between;
  }
  .btn {
    width: 100%;
  }
`
