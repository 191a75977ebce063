import { css } from 'lit'

export const diagnosticsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--shopbell-s4);
    margin-block-start: var(--shopbell-s6);
    container: checks / inline-size;
  }
  .checks li {
    display: grid;
    grid-template-columns: 20px 200px minmax(0, 1fr) auto;
    gap: var(--shopbell-s3);
    align-items: center;
    min-height: 48px;
    padding: var(--shopbell-s2) var(--shopbell-s4);
  }
  .checks li + li {
    border-block-start: 1px solid var(--shopbell-line);
  }
  .checks b {
    font-weight: var(--shopbell-medium);
  }
  .checks li > span {
    display: flex;
  }
  .checks p {
    color: var(--shopbell-muted);
    text-wrap: pretty;
  }
  .remedy {
    display: block;
    color: var(--shopbell-text);
  }
  .busy {
    opacity: 0.6;
  }
  @container checks (max-width: 719px) {
    .checks li {
      grid-template-columns: 20px minmax(0, 1fr);
      gap: var(--shopbell-s1) var(--shopbell-s3);
      padding-block: var(--shopbell-s3);
    }
    .checks li > :nth-child(n + 3) {
      grid-column: 2;
      justify-self: start;
    }
    .row > .btn {
      flex: 1 1 auto;
    }
  }
`
