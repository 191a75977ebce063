import { css } from 'lit'

/** Parts that every screen of the panel is made of. Needs the widgets' `controls`. */
export const parts = css`
  :is(h3, ol, dl, dd, figure) {
    margin: 0;
    padding: 0;
    font: inherit;
    list-style: none;
  }
  select {
    margin: 0;
    font: inherit;
    color: inherit;
  }
  a {
    color: var(--shopbell-accent-text);
    text-decoration: none;
  }
  a:not(.btn):hover {
    text-decoration: underline;
  }
  :host {
    display: block;
  }
  h1 {
    font-size: var(--shopbell-text-4);
    line-height: 28px;
    font-weight: var(--shopbell-semibold);
    letter-spacing: -0.01em;
  }
  h2,
  h3 {
    font-weight: var(--shopbell-semibold);
  }
  h1,
  h2,
  p,
  td,
  li {
    overflow-wrap: anywhere;
  }
  .lead {
    color: var(--shopbell-muted);
    text-wrap: pretty;
  }
  .page-head {
    display: grid;
    gap: var(--shopbell-s1);
    margin-block-end: var(--shopbell-s2);
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s2);
    flex-wrap: wrap;
  }
  .push {
    margin-inline-end: auto;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--shopbell-s4);
    align-content: start;
  }
  .card {
    min-width: 0;
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-bg);
  }
  .card > header {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: var(--shopbell-s1) var(--shopbell-s4);
    min-height: 52px;
    padding: var(--shopbell-s2) var(--shopbell-s4);
  }
  .card > header > h2 {
    margin-inline-end: auto;
  }
  .note {
    display: grid;
    gap: var(--shopbell-s3);
    padding: var(--shopbell-s4);
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius-card);
  }
  .field {
    display: grid;
    gap: var(--shopbell-s1);
  }
  label,
  .name {
    font-weight: var(--shopbell-medium);
  }
  .help {
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    text-wrap: pretty;
  }
  textarea.input {
    display: block;
    padding: var(--shopbell-s2) var(--shopbell-s3);
    line-height: var(--shopbell-leading);
    resize: vertical;
  }
  select.input {
    appearance: none;
    padding-inline-end: 32px;
    background-image: linear-gradient(45deg, #0000 50%, currentColor 50%),
      linear-gradient(-45deg, #0000 50%, currentColor 50%);
    background-position:
      right 17px center,
      right 12px center;
    background-size: 5px 5px;
    background-repeat: no-repeat;
  }
  select.input:dir(rtl) {
    background-position:
      left 12px center,
      left 17px center;
  }
  .input:disabled {
    border-color: var(--shopbell-line);
    background-color: var(--shopbell-subtle);
    color: var(--shopbell-muted);
    opacity: 1;
  }
  .input[aria-invalid='true'] {
    border-color: var(--shopbell-bad);
  }
  .btn[disabled] {
    border-color: transparent;
    background: var(--shopbell-sunken);
    color: var(--shopbell-faint);
    cursor: default;
    opacity: 1;
  }
  .btn-quiet[disabled] {
    background: none;
  }
  .btn-bad {
    border-color: var(--shopbell-bad);
    color: var(--shopbell-bad);
  }
  .link {
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--shopbell-accent-text);
    text-align: start;
  }
  .link:hover {
    text-decoration: underline;
  }
  .error .i {
    align-self: flex-start;
    margin-block-start: 1px;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: var(--shopbell-s1);
    min-height: 24px;
    padding: 0 var(--shopbell-s2);
    border-radius: var(--shopbell-radius-full);
    background: var(--shopbell-sunken);
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    font-weight: var(--shopbell-medium);
    white-space: nowrap;
  }
  .tag-ok {
    background: var(--shopbell-ok-tint);
    color: var(--shopbell-ok);
  }
  .tag-warn {
    background: var(--shopbell-warn-tint);
    color: var(--shopbell-warn);
  }
  .tag-bad {
    background: var(--shopbell-bad-tint);
    color: var(--shopbell-bad);
  }
  .ok {
    color: var(--shopbell-ok);
  }
  .warn {
    color: var(--shopbell-warn);
  }
  .bad {
    color: var(--shopbell-bad);
  }
  .banner {
    display: flex;
    gap: var(--shopbell-s2);
    padding: var(--shopbell-s3) var(--shopbell-s4);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-sunken);
    color: var(--shopbell-muted);
  }
  .banner-bad {
    background: var(--shopbell-bad-tint);
    color: var(--shopbell-bad);
  }
  .banner-warn {
    background: var(--shopbell-warn-tint);
    color: var(--shopbell-warn);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: var(--shopbell-s2);
    padding: var(--shopbell-s10) var(--shopbell-s4);
    color: var(--shopbell-muted);
    text-align: center;
  }
  .empty > :is(b, h1) {
    color: var(--shopbell-text);
    font-size: inherit;
    line-height: inherit;
    letter-spacing: 0;
    font-weight: var(--shopbell-semibold);
  }
  .empty > p {
    max-width: 44ch;
    text-wrap: pretty;
  }
  .empty > .i {
    color: var(--shopbell-accent-text);
  }
  .scroll {
    position: relative;
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th {
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    font-weight: var(--shopbell-medium);
  }
  th,
  td {
    height: 36px;
    padding: var(--shopbell-s1) var(--shopbell-s4);
    border-block-start: 1px solid var(--shopbell-line);
    text-align: start;
  }
  .n {
    text-align: end;
    white-space: nowrap;
  }
  code,
  .code {
    font-family: var(--shopbell-mono);
    font-size: var(--shopbell-text-1);
  }
  dialog {
    width: min(480px, calc(100vw - 32px));
    max-height: calc(100dvh - 32px);
    padding: var(--shopbell-s6);
    border: 0;
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-bg);
    color: var(--shopbell-text);
    box-shadow: var(--shopbell-shadow);
  }
  dialog::backdrop {
    background: #0008;
  }
  .turn {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .turn {
      animation: none;
    }
  }
  @media (pointer: coarse) {
    .link {
      min-height: 32px;
    }
  }
`
