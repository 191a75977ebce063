import { css } from 'lit'

export const styles = css`
  .tray {
    display: flex;
    gap: var(--shopbell-s2);
    margin-block-end: var(--shopbell-s2);
    padding: 6px 6px 2px 2px;
    overflow-x: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .item {
    position: relative;
    flex: none;
    display: flex;
    align-items: center;
    gap: var(--shopbell-s2);
    height: 64px;
    max-width: 240px;
    border-radius: 10px;
    background: var(--shopbell-sunken);
    animation: appear 0.15s;
  }
  .item:not(.picture) {
    padding-inline: var(--shopbell-s3) var(--shopbell-s5);
  }
  .picture {
    width: 64px;
  }
  canvas {
    width: 100%;
    height: 100%;
    border-radius: inherit;
    object-fit: cover;
  }
  .item > span {
    display: grid;
    justify-items: start;
    min-width: 0;
    font-size: var(--shopbell-text-1);
  }
  .cut {
    max-width: 100%;
  }
  .item small {
    color: var(--shopbell-muted);
    font-size: inherit;
  }
  .bad {
    outline: 1px solid var(--shopbell-bad);
    outline-offset: -1px;
  }
  .bad small,
  .bad > .i {
    color: var(--shopbell-bad);
  }
  .bad small {
    white-space: normal;
    line-height: 1.25;
  }
  .remove {
    position: absolute;
    inset-block-start: -6px;
    inset-inline-end: -6px;
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    padding: 0;
    border: 2px solid var(--shopbell-bg);
    border-radius: 50%;
    background: var(--shopbell-text);
    color: var(--shopbell-bg);
  }
  .remove .i {
    width: 12px;
    height: 12px;
    stroke-width: 2.5;
  }
  /* The finger's target is larger than what one sees. */
  .remove::after {
    content: '';
    position: absolute;
    inset: -10px;
  }
  /* A picture on its way is dimmed, so that the bar upon it can be seen whatever it shows. */
  .picture:has(progress) canvas {
    filter: brightness(0.55);
  }
  progress {
    --track: color-mix(in srgb, var(--shopbell-muted) 30%, transparent);
    --done: var(--shopbell-accent-text);
    position: absolute;
    inset-inline: 6px;
    inset-block-end: 6px;
    width: calc(100% - 12px);
    height: 4px;
    overflow: hidden;
    border: 0;
    border-radius: 2px;
    appearance: none;
    background: var(--track);
  }
  .picture progress {
    --track: rgb(255 255 255 / 0.4);
    --done: #fff;
  }
  progress::-webkit-progress-bar {
    background: none;
  }
  progress::-webkit-progress-value {
    background: var(--done);
  }
  progress::-moz-progress-bar {
    background: var(--done);
  }
  .drop {
    display: grid;
    place-items: center;
    min-height: 64px;
    margin-block-end: var(--shopbell-s2);
    border: 1.5px dashed var(--shopbell-accent-text);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-accent-tint);
    color: var(--shopbell-accent-text);
    font-weight: var(--shopbell-medium);
  }
  @keyframes appear {
    from {
      opacity: 0;
      scale: 0.9;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .item {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .item {
      border: 1px solid;
    }
  }
`
