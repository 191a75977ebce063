import { css } from 'lit'

export const filesStyles = css`
  :host {
    max-width: min(80%, 480px);
  }
  ul {
    display: grid;
    gap: var(--shopbell-s2);
  }
  li {
    display: grid;
    justify-items: start;
    gap: var(--shopbell-s1);
  }
  :host(.theirs) li {
    justify-items: end;
  }
  .picture {
    padding: 0;
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-sunken);
    overflow: hidden;
    cursor: zoom-in;
  }
  .picture > img {
    display: block;
    max-width: 100%;
    object-fit: cover;
  }
  .file {
    position: relative;
    display: flex;
    align-items: center;
    gap: var(--shopbell-s2);
    max-width: 100%;
    min-height: 44px;
    padding: var(--shopbell-s1) var(--shopbell-s3);
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-bg);
    color: inherit;
  }
  a.file:hover {
    background: var(--shopbell-subtle);
  }
  .file > .i {
    color: var(--shopbell-muted);
  }
  .file > span {
    display: grid;
    min-width: 0;
  }
  .gone {
    border-style: dashed;
    background: none;
    color: var(--shopbell-muted);
  }
  dialog {
    width: fit-content;
    max-width: calc(100vw - 32px);
    padding: var(--shopbell-s4);
  }
  dialog > .row {
    margin-block-end: var(--shopbell-s3);
    flex-wrap: nowrap;
  }
  dialog img {
    display: block;
    max-width: 100%;
    max-height: calc(100dvh - 140px);
    margin-inline: auto;
    border-radius: var(--shopbell-radius);
  }
`
