import { css } from 'lit'

export const styles = css`
  :host {
    display: grid;
    gap: 2px;
    width: fit-content;
    max-width: min(80%, 480px);
    margin-block: 2px;
  }
  :host([mine]) {
    margin-inline-start: auto;
    justify-items: end;
  }
  .pictures {
    display: grid;
    gap: 2px;
    max-width: 100%;
    overflow: hidden;
    border-radius: var(--shopbell-radius-card);
  }
  .several {
    grid-template-columns: repeat(2, minmax(0, 136px));
  }
  .picture {
    position: relative;
    display: block;
    max-width: 100%;
    padding: 0;
    border: 0;
    background: var(--shopbell-sunken);
    color: var(--shopbell-muted);
    overflow: hidden;
  }
  .picture:focus-visible {
    box-shadow: inset 0 0 0 2px var(--shopbell-bg);
    outline: 2px solid var(--shopbell-accent-text);
    outline-offset: -2px;
  }
  .picture > :is(img, canvas) {
    display: block;
    max-width: 100%;
    height: auto;
    object-fit: cover;
  }
  .several .picture {
    aspect-ratio: 1;
  }
  .several .picture > :is(img, canvas) {
    width: 100% !important;
    height: 100%;
  }
  .several .picture:first-child:nth-last-child(odd) {
    grid-column: span 2;
    aspect-ratio: 2;
  }
  .missing {
    display: grid;
    place-items: center;
    position: absolute;
    inset: 0;
    padding: var(--shopbell-s2);
    font-size: var(--shopbell-text-1);
    text-align: center;
  }
  video {
    display: block;
    max-width: 100%;
    height: auto;
    border-radius: var(--shopbell-radius-card);
    background: #000;
  }
  audio {
    width: 280px;
    max-width: 100%;
  }
  .file {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s3);
    max-width: 100%;
    min-height: 44px;
    padding: var(--shopbell-s2) var(--shopbell-s3);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-sunken);
    color: var(--shopbell-text);
    text-decoration: none;
  }
  :host([mine]:not([pending])) .file {
    background: var(--shopbell-accent);
    color: var(--shopbell-on-accent);
  }
  .file > span {
    display: grid;
    min-width: 0;
  }
  .file small {
    font-size: var(--shopbell-text-1);
    opacity: 0.8;
  }
  .gone,
  :host([mine]) .gone {
    background: none;
    border: 1px dashed var(--shopbell-edge);
    color: var(--shopbell-muted);
  }
  progress {
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0;
    width: 100%;
    height: 4px;
    border: 0;
    appearance: none;
    background: none;
    accent-color: var(--shopbell-accent);
  }
  progress::-webkit-progress-bar {
    background: rgb(0 0 0 / 0.25);
  }
  progress::-webkit-progress-value {
    background: var(--shopbell-accent-text);
  }
  progress::-moz-progress-bar {
    background: var(--shopbell-accent-text);
  }
  .wrap {
    position: relative;
    max-width: 100%;
    overflow: hidden;
    border-radius: var(--shopbell-radius-card);
  }
  @media (forced-colors: active) {
    .file,
    .pictures {
      border: 1px solid;
    }
  }
`
