import { type CSSResult, css } from 'lit'

export const analyticsStyles = css`
  :host {
    container: report / inline-size;
  }
  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--shopbell-s4);
    max-width: 1200px;
    margin-inline: auto;
    padding: var(--shopbell-s6) var(--shopbell-s6) var(--shopbell-s10);
  }
  .range {
    display: flex;
    flex-wrap: wrap;
    gap: var(--shopbell-s2);
    align-items: center;
  }
  .seg {
    display: flex;
    flex-wrap: wrap;
    padding: 2px;
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-sunken);
  }
  .seg button {
    min-height: calc(var(--shopbell-control) - 4px);
    padding: 0 10px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--shopbell-muted);
    font-weight: var(--shopbell-medium);
    white-space: nowrap;
  }
  .seg [aria-pressed='true'] {
    background: var(--shopbell-bg);
    color: var(--shopbell-text);
  }
  .dates {
    display: flex;
    gap: var(--shopbell-s2);
    align-items: center;
  }
  .dates .input {
    width: auto;
    min-width: 0;
    font-variant-numeric: tabular-nums;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(5, 1fr);
  }
  .cards.n3 {
    grid-template-columns: repeat(3, 1fr);
  }
  .cards > li {
    display: grid;
    gap: 2px;
    align-content: start;
    padding: var(--shopbell-s4);
  }
  .cards > li + li {
    border-inline-start: 1px solid var(--shopbell-line);
  }
  .cards b {
    font-size: var(--shopbell-text-5);
    line-height: 36px;
    font-weight: var(--shopbell-semibold);
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .cards .nothing {
    color: var(--shopbell-faint);
    font-size: var(--shopbell-text-3);
    font-weight: var(--shopbell-regular);
    letter-spacing: 0;
  }
  .delta {
    display: flex;
    flex-wrap: wrap;
    gap: 0 4px;
    align-items: center;
    min-height: 19px;
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    font-variant-numeric: tabular-nums;
  }
  .delta strong {
    color: var(--shopbell-text);
    font-weight: var(--shopbell-medium);
  }
  .delta .i {
    color: var(--shopbell-text);
  }
  .key {
    display: flex;
    gap: var(--shopbell-s2);
    align-items: center;
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    white-space: nowrap;
  }
  .key::before {
    content: '';
    width: 12px;
    height: 12px;
    border-radius: 3px;
    background: var(--shopbell-accent-text);
  }
  .key.was::before {
    width: 18px;
    height: 0;
    border-block-start: 2px dashed;
    border-radius: 0;
    background: none;
  }
  .measure {
    width: auto;
  }
  shopbell-chart {
    padding: var(--shopbell-s1) var(--shopbell-s4) var(--shopbell-s4);
  }
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--shopbell-s4);
    align-items: start;
  }
  tbody th {
    color: var(--shopbell-text);
    font-size: inherit;
    font-weight: var(--shopbell-regular);
  }
  tfoot :is(th, td) {
    color: var(--shopbell-text);
    font-size: inherit;
    font-weight: var(--shopbell-semibold);
  }
  .share {
    width: 56px;
    height: 4px;
    margin-inline-end: var(--shopbell-s2);
    vertical-align: middle;
    fill: var(--shopbell-accent-text);
  }
  .share .all {
    fill: var(--shopbell-sunken);
  }
  .pc {
    display: inline-block;
    min-width: 36px;
  }
  .more {
    margin: var(--shopbell-s1);
  }
  .quiet {
    padding: 0 var(--shopbell-s4) var(--shopbell-s3);
    color: var(--shopbell-muted);
  }
  .days th[scope='row'] {
    white-space: nowrap;
  }
  .hours {
    width: calc(100% - 16px);
    table-layout: fixed;
    min-width: 520px;
    margin-block-end: var(--shopbell-s3);
    border-spacing: 2px;
    border-collapse: separate;
  }
  .hours :is(th, td) {
    height: 24px;
    padding: 0;
    border: 0;
  }
  .hours th:first-child {
    width: 56px;
    padding-inline-start: var(--shopbell-s4);
  }
  .hours thead th {
    overflow: visible;
    white-space: nowrap;
  }
  .heat {
    border-radius: 4px;
    background: var(--shopbell-sunken);
  }
  .busy {
    opacity: 0.6;
  }
  @container report (max-width: 899px) {
    .main {
      padding: var(--shopbell-s4);
    }
    .cards,
    .cards.n3 {
      grid-template-columns: 1fr 1fr;
    }
    .cards > li + li {
      border: 0;
    }
    .two {
      grid-template-columns: minmax(0, 1fr);
    }
    :is(th, td) {
      padding-inline: var(--shopbell-s2);
    }
    :is(th, td):first-child {
      padding-inline-start: var(--shopbell-s4);
    }
    :is(th, td):last-child {
      padding-inline-end: var(--shopbell-s4);
    }
    .hours :is(th, td):not(:first-child) {
      padding: 0;
    }
    .range,
    .dates {
      width: 100%;
    }
    .dates .input {
      flex: 1;
      padding-inline: var(--shopbell-s2);
    }
  }
  @container report (max-width: 479px) {
    .seg,
    .seg button {
      flex: 1 1 auto;
    }
    .dates {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .dates > .muted {
      display: none;
    }
    .dates > :first-child {
      grid-column: 1 / 3;
    }
  }
`

/** One of eight steps of how busy an hour is. */
const level = (name: CSSResult, step: number) => css`
  .${name} {
    background: color-mix(in oklab, var(--shopbell-accent-text) ${step * 12}%, var(--shopbell-sunken));
  }
`

export const heatStyles = [css`l1`, css`l2`, css`l3`, css`l4`, css`l5`, css`l6`, css`l7`, css`l8`].map((name, index) =>
  level(name, index + 1),
)
