import { css } from 'lit'

/** Words at the start, control and unit at the end; long controls stand below their words, all do where it is narrow. */
export const fieldStyles = css`
  :host {
    display: block;
  }
  .set {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 184px;
    gap: var(--shopbell-s1) var(--shopbell-s6);
    align-items: center;
    padding: 10px 0;
  }
  .set > .words {
    display: grid;
    gap: 2px;
    justify-items: start;
  }
  .set > .switch {
    justify-self: end;
  }
  .set > .error {
    grid-column: 1 / -1;
    justify-content: flex-end;
  }
  .set.below {
    grid-template-columns: minmax(0, 1fr);
    gap: var(--shopbell-s2);
  }
  .set.below > .error,
  .set.toggle > .error {
    justify-content: flex-start;
  }
  .set.toggle {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .reset {
    font-size: var(--shopbell-text-1);
  }
  .unit {
    position: relative;
    display: flex;
    align-items: center;
  }
  .unit .input {
    padding-inline-end: 88px;
    font-variant-numeric: tabular-nums;
  }
  .unit span {
    position: absolute;
    inset-inline-end: var(--shopbell-s3);
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    pointer-events: none;
  }
  .color {
    display: flex;
    gap: var(--shopbell-s2);
  }
  .color input[type='color'] {
    flex: none;
    width: var(--shopbell-control);
    height: var(--shopbell-control);
    padding: 3px;
    border: 1px solid var(--shopbell-edge);
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-bg);
    cursor: pointer;
  }
  .color input[type='color']::-webkit-color-swatch-wrapper {
    padding: 0;
  }
  .color input[type='color']::-webkit-color-swatch {
    border: 0;
    border-radius: 3px;
  }
  .switch {
    position: relative;
    width: 36px;
    height: 20px;
    flex: none;
    padding: 0;
    border: 0;
    border-radius: var(--shopbell-radius-full);
    background: var(--shopbell-edge);
  }
  .switch::before {
    content: '';
    position: absolute;
    inset: -12px -8px;
  }
  .switch::after {
    content: '';
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 2px;
    width: 16px;
    height: 16px;
    border-radius: 50%;
    background: #fff;
    transition: transform var(--shopbell-motion);
  }
  .switch[aria-checked='true'] {
    background: var(--shopbell-accent);
  }
  .switch[aria-checked='true']::after {
    transform: translateX(16px);
  }
  .switch[aria-checked='true']:dir(rtl)::after {
    transform: translateX(-16px);
  }
  .switch[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chip {
    min-height: 28px;
    padding: 0 var(--shopbell-s2);
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius-full);
    background: var(--shopbell-bg);
    color: var(--shopbell-muted);
    font-family: var(--shopbell-mono);
    font-size: 12px;
  }
  .chip:hover {
    border-color: var(--shopbell-edge);
    color: var(--shopbell-text);
  }
  @media (forced-colors: active) {
    .switch {
      border: 1px solid ButtonText;
    }
    .switch::after {
      background: ButtonText;
    }
    .switch[aria-checked='true'] {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
  @media (pointer: coarse) {
    .chip {
      min-height: 36px;
      padding: 0 var(--shopbell-s3);
    }
  }
  @container form (max-width: 479px) {
    .set:not(.toggle) {
      grid-template-columns: minmax(0, 1fr);
    }
    .set > .error {
      justify-content: flex-start;
    }
  }
`
