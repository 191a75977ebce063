import { css } from 'lit'

export const styles = css`
  dialog {
    position: fixed;
    inset: 0;
    width: 100%;
    max-width: none;
    height: 100%;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
    background: #0c0e0e;
    color: #fff;
  }
  dialog:focus-visible {
    box-shadow: none;
  }
  dialog::backdrop {
    background: none;
  }
  .stage {
    position: absolute;
    inset: 64px 0 24px;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    place-items: center;
    touch-action: pinch-zoom;
  }
  img {
    max-width: 100%;
    max-height: 100%;
    width: auto;
    height: auto;
    object-fit: contain;
    border-radius: 4px;
  }
  img.loading {
    opacity: 0.4;
  }
  .top {
    position: absolute;
    inset: 0 0 auto;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: var(--shopbell-s2);
    height: 64px;
    padding-inline: var(--shopbell-s4) var(--shopbell-s2);
  }
  .top > span {
    flex: 1;
    min-width: 0;
    display: grid;
    justify-items: start;
  }
  .cut {
    max-width: 100%;
  }
  .btn,
  .btn:hover {
    width: 44px;
    min-height: 44px;
    border-color: transparent;
    background: rgb(0 0 0 / 0.4);
    color: #fff;
  }
  .btn:hover {
    background: rgb(255 255 255 / 0.16);
  }
  .btn:focus-visible {
    box-shadow: 0 0 0 2px #fff;
  }
  .small {
    color: rgb(255 255 255 / 0.75);
  }
  .next,
  .previous {
    position: absolute;
    inset-block: 0;
    z-index: 1;
    height: 44px;
    margin-block: auto;
    border-radius: 50%;
  }
  .next {
    inset-inline-end: var(--shopbell-s3);
  }
  .previous {
    inset-inline-start: var(--shopbell-s3);
  }
  .btn:dir(rtl) > :is(.i-next, .i-previous) {
    scale: -1 1;
  }
  p {
    color: rgb(255 255 255 / 0.85);
  }
`
