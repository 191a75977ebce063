import { css } from 'lit'

/** A chat and what a pane shows instead of one. */
export const threadStyles = css`
  .thread,
  .list {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  shopbell-log {
    flex: 1;
    min-height: 0;
  }
  b {
    font-weight: var(--shopbell-semibold);
  }
  .thumb {
    display: grid;
    place-items: center;
    position: relative;
    flex: none;
    width: 40px;
    height: 40px;
    overflow: hidden;
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-sunken);
    color: var(--shopbell-faint);
  }
  .thumb img {
    position: absolute;
    width: 100%;
    height: 100%;
    object-fit: cover;
    background: #e9e6e0;
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s3);
    flex: none;
    height: 64px;
    padding-inline: var(--shopbell-s4) var(--shopbell-s2);
    border-block-end: 1px solid var(--shopbell-line);
  }
  .card {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .i-more {
    stroke-width: 2.2;
  }
  .i-back:dir(rtl) {
    scale: -1 1;
  }
  .bar {
    padding: var(--shopbell-s1) var(--shopbell-s4);
    background: var(--shopbell-sunken);
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    text-align: center;
  }
  .tag {
    padding: 2px var(--shopbell-s2);
    border-radius: 99px;
    background: var(--shopbell-sunken);
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    font-weight: var(--shopbell-medium);
  }
  [popover] {
    position-area: end span-start;
    inset: auto;
    min-width: 180px;
    margin: var(--shopbell-s1) 0;
    padding: var(--shopbell-s1);
    border: 0;
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-bg);
    box-shadow: var(--shopbell-shadow);
  }
  [popover] .btn {
    width: 100%;
    justify-content: start;
    border: 0;
    font-weight: var(--shopbell-regular);
  }
  .composer,
  .foot {
    flex: none;
    padding: var(--shopbell-s3) var(--shopbell-s4) max(var(--shopbell-s4), env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--shopbell-line);
  }
  .box {
    display: flex;
    align-items: flex-end;
    gap: var(--shopbell-s1);
    padding: 3px;
    border: 1px solid var(--shopbell-edge);
    border-radius: var(--shopbell-radius-card);
  }
  .box:focus-within {
    border-color: var(--shopbell-accent-text);
    box-shadow: 0 0 0 1px var(--shopbell-accent-text);
  }
  .box .btn {
    border-radius: 8px;
  }
  .box textarea {
    flex: 1;
    min-width: 0;
    max-height: 136px;
    padding: var(--shopbell-s2);
    border: 0;
    outline: 0;
    box-shadow: none;
    background: none;
    line-height: 20px;
    resize: none;
    field-sizing: content;
    overflow-wrap: anywhere;
  }
  .told {
    gap: var(--shopbell-s2);
    width: 100%;
    margin-block-end: var(--shopbell-s2);
    font-variant-numeric: tabular-nums;
  }
  .notice {
    display: grid;
    justify-items: center;
    gap: var(--shopbell-s1);
    max-width: 280px;
    margin: auto;
    padding: var(--shopbell-s8) var(--shopbell-s4);
    color: var(--shopbell-muted);
    text-align: center;
    text-wrap: balance;
  }
  .notice > .i {
    box-sizing: content-box;
    margin-block-end: var(--shopbell-s2);
    padding: var(--shopbell-s3);
    border-radius: 50%;
    background: var(--shopbell-sunken);
  }
  .notice b {
    color: var(--shopbell-text);
  }
  .notice .btn {
    margin-block-start: var(--shopbell-s3);
  }
  .bone {
    height: 36px;
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-sunken);
    animation: breathe 1s infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
  .bones {
    display: grid;
    flex: 1;
    align-content: end;
    gap: var(--shopbell-s3);
    padding: var(--shopbell-s4);
  }
  .bones .bone {
    margin-inline-end: 56%;
  }
  .narrow {
    display: none;
  }
  @container shopbell (max-width: 959px) {
    .tag {
      display: none;
    }
  }
  @container shopbell (max-width: 719px) {
    .wide {
      display: none;
    }
    .narrow {
      display: inline-flex;
    }
    .head:has(> .narrow) {
      gap: var(--shopbell-s2);
      padding-inline: var(--shopbell-s1);
    }
  }
  @media (max-width: 480px), (pointer: coarse) {
    .composer {
      padding: var(--shopbell-s3) var(--shopbell-s3) max(var(--shopbell-s3), env(safe-area-inset-bottom));
    }
    .box textarea {
      max-height: 164px;
      padding-block: 10px;
      font-size: var(--shopbell-text-3);
      line-height: 24px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
    }
  }
`
