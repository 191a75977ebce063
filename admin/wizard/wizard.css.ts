import { css } from 'lit'

export const wizardStyles = css`
  :host {
    container: form / inline-size;
  }
  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--shopbell-s5);
    max-width: 640px;
    margin-inline: auto;
    padding: var(--shopbell-s8) var(--shopbell-s4) var(--shopbell-s10);
  }
  h1 {
    font-size: var(--shopbell-text-5);
    line-height: 36px;
    letter-spacing: -0.02em;
  }
  h1:focus-visible {
    box-shadow: none;
  }
  .page-head {
    margin: 0;
  }
  .lead {
    font-size: var(--shopbell-text-3);
  }
  nav {
    display: grid;
    gap: var(--shopbell-s2);
  }
  .steps {
    display: grid;
    grid-template-columns: repeat(5, 1fr);
    gap: var(--shopbell-s1);
  }
  .steps a {
    display: block;
    padding-block: 10px;
    border-radius: var(--shopbell-radius);
  }
  .steps a::before {
    content: '';
    display: block;
    height: 4px;
    border-radius: 2px;
    background: var(--shopbell-line);
  }
  .steps a.past::before {
    background: var(--shopbell-accent-text);
    opacity: 0.5;
  }
  .steps a[aria-current]::before {
    background: var(--shopbell-accent-text);
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--shopbell-s3);
  }
  .pad {
    padding: var(--shopbell-s3) var(--shopbell-s4);
  }
  h3 {
    margin-block-start: var(--shopbell-s2);
    padding-block-start: var(--shopbell-s3);
    border-block-start: 1px solid var(--shopbell-line);
    font-size: var(--shopbell-text-1);
  }
  .lone {
    gap: var(--shopbell-s1);
  }
  .banner a {
    color: inherit;
    text-decoration: underline;
  }
  .buttons {
    padding-block-start: var(--shopbell-s4);
    border-block-start: 1px solid var(--shopbell-line);
  }
`
