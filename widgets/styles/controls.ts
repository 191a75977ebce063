import { css } from 'lit'

/** Shared parts: base, icon, button, input, badge, avatar, thumb. Needs `accent` and `tokens`. */
export const controls = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host {
    color: var(--shopbell-text);
    font-size: var(--shopbell-text-2);
    line-height: var(--shopbell-leading);
    text-align: start;
    -webkit-font-smoothing: antialiased;
  }
  h1,
  h2,
  p,
  ul {
    padding: 0;
    list-style: none;
  }
  h1,
  h2,
  p,
  ul,
  button,
  input,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
  }
  button {
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid transparent;
    box-shadow: var(--shopbell-focus);
  }
  .small {
    font-size: var(--shopbell-text-1);
  }
  .muted {
    color: var(--shopbell-muted);
  }
  .faint {
    color: var(--shopbell-faint);
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-width: 0;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  .i {
    width: 20px;
    height: 20px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .i-s {
    width: 16px;
    height: 16px;
    stroke-width: 1.875;
  }

  .btn {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--shopbell-s2);
    min-height: var(--shopbell-control);
    padding: 0 var(--shopbell-s3);
    border: 1px solid var(--shopbell-edge);
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-bg);
    color: var(--shopbell-text);
    font-weight: var(--shopbell-medium);
    text-decoration: none;
    white-space: nowrap;
  }
  .btn:hover {
    background: var(--shopbell-subtle);
  }
  .btn.btn-primary {
    border-color: transparent;
    background: var(--shopbell-accent);
    color: var(--shopbell-on-accent);
  }
  .btn-primary:hover {
    opacity: 0.92;
  }
  .btn-quiet {
    border-color: transparent;
    background: none;
    color: var(--shopbell-muted);
  }
  .btn-icon {
    width: var(--shopbell-control);
    padding: 0;
    flex: none;
  }
  .btn[aria-disabled='true'] {
    border-color: transparent;
    background: var(--shopbell-sunken);
    color: var(--shopbell-faint);
    cursor: default;
    opacity: 1;
  }

  .input {
    width: 100%;
    min-height: var(--shopbell-control);
    padding: 0 var(--shopbell-s3);
    border: 1px solid var(--shopbell-edge);
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-bg);
  }
  ::placeholder {
    color: var(--shopbell-faint);
    opacity: 1;
  }
  .error {
    display: flex;
    gap: var(--shopbell-s1);
    align-items: center;
    color: var(--shopbell-bad);
    font-size: var(--shopbell-text-1);
  }

  .badge {
    display: inline-grid;
    place-items: center;
    min-width: 20px;
    height: 20px;
    padding: 0 6px;
    border-radius: var(--shopbell-radius-full);
    background: var(--shopbell-accent);
    color: var(--shopbell-on-accent);
    font-size: var(--shopbell-text-1);
    line-height: 1;
    font-weight: var(--shopbell-semibold);
    font-variant-numeric: tabular-nums;
  }
  .avatar {
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    flex: none;
    border-radius: 50%;
    background: var(--shopbell-accent-tint);
    color: var(--shopbell-accent-text);
    font-size: var(--shopbell-text-1);
    line-height: 1;
    font-weight: var(--shopbell-semibold);
    letter-spacing: -0.02em;
  }
  @media (max-width: 480px), (pointer: coarse) {
    .input {
      font-size: var(--shopbell-text-3);
    }
  }
`
