import { css } from 'lit'

export const signInStyles = css`
  :host {
    display: grid;
    gap: var(--shopbell-s4);
    align-content: start;
    width: min(416px, 100%);
    margin-inline: auto;
    padding: clamp(32px, 20dvh, 176px) var(--shopbell-s4) var(--shopbell-s8);
  }
  .head,
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--shopbell-s3);
  }
  .head {
    margin-block-end: var(--shopbell-s2);
  }
  .head .i {
    width: 32px;
    height: 32px;
    color: var(--shopbell-accent-text);
  }
  h1 {
    font-size: var(--shopbell-text-4);
    font-weight: var(--shopbell-semibold);
    line-height: 28px;
    letter-spacing: -0.01em;
  }
  h1,
  p {
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  form {
    gap: var(--shopbell-s4);
  }
  .field {
    display: grid;
    gap: var(--shopbell-s2);
  }
  label {
    font-weight: var(--shopbell-medium);
  }
  .input {
    text-align: start;
  }
  .input[aria-invalid='true'] {
    border-color: var(--shopbell-bad);
  }
  .digits {
    font-size: var(--shopbell-text-4);
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.25em;
  }
  .error .i {
    align-self: flex-start;
    margin-block-start: 1px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--shopbell-s2);
  }
  .link {
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--shopbell-accent-text);
  }
  .link:hover {
    text-decoration: underline;
  }
  .turn {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .turn {
      animation: none;
    }
  }
  @media (pointer: coarse) {
    .link {
      min-height: var(--shopbell-touch);
    }
  }
`
