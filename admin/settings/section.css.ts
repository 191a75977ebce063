import { css } from 'lit'

export const sectionStyles = css`
  :host {
    container: form / inline-size;
  }
  h2 {
    margin-block-start: var(--shopbell-s3);
    padding-block: var(--shopbell-s3) 2px;
    border-block-start: 1px solid var(--shopbell-line);
  }
  .contexts {
    display: grid;
    gap: var(--shopbell-s4);
    margin-block-start: var(--shopbell-s3);
  }
  .contexts li {
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius-card);
  }
  .contexts a {
    display: grid;
    grid-template-columns: 1fr auto;
    padding: var(--shopbell-s4);
    border-radius: inherit;
    color: inherit;
  }
  .contexts a:hover {
    background: var(--shopbell-subtle);
    text-decoration: none;
  }
  .contexts b {
    font-weight: var(--shopbell-semibold);
  }
  .contexts a > .help {
    grid-row: 2;
  }
  .contexts a > .i {
    grid-area: 1 / 2 / 3;
    align-self: center;
    rotate: -90deg;
    color: var(--shopbell-muted);
  }
  .contexts a > .i:dir(rtl) {
    rotate: 90deg;
  }
  .contexts shopbell-field {
    padding-inline: var(--shopbell-s4);
    border-block-start: 1px solid var(--shopbell-line);
  }
`
