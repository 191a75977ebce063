import { css } from 'lit'

export const chartStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .plot {
    border-radius: var(--shopbell-radius);
    direction: ltr;
  }
  .chart {
    display: block;
    max-width: 100%;
    font-size: 13px;
    fill: var(--shopbell-faint);
    font-variant-numeric: tabular-nums;
  }
  .grid {
    stroke: var(--shopbell-line);
  }
  .bar {
    fill: var(--shopbell-accent-text);
    opacity: 0.78;
  }
  .bar.on {
    opacity: 1;
  }
  .prev {
    fill: none;
    stroke: var(--shopbell-text);
    stroke-width: 1.5;
    stroke-dasharray: 4 4;
    opacity: 0.6;
  }
  .tip {
    fill: var(--shopbell-bg);
    stroke: var(--shopbell-edge);
  }
  .t1 {
    fill: var(--shopbell-muted);
  }
  .t2 {
    fill: var(--shopbell-text);
    font-weight: var(--shopbell-medium);
  }
`
