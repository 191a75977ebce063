import { css } from 'lit'

export const sellersStyles = css`
  .search {
    width: min(220px, 100%);
  }
  .card > .banner {
    margin: 0 var(--shopbell-s4) var(--shopbell-s3);
  }
  .desk {
    border-block-start: 1px solid var(--shopbell-line);
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s3);
    width: 100%;
    min-height: 56px;
    padding: var(--shopbell-s2) var(--shopbell-s4);
    border: 0;
    background: none;
    text-align: start;
  }
  .head:hover {
    background: var(--shopbell-subtle);
  }
  .head .who {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .head[aria-expanded='true'] .i-chevron {
    rotate: 180deg;
  }
  @container page (max-width: 519px) {
    .head {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: var(--shopbell-s1) var(--shopbell-s3);
    }
    .head .tag {
      grid-area: 2 / 2;
      justify-self: start;
    }
    .head .i-chevron {
      grid-area: 1 / 3;
    }
  }
  .details {
    background: var(--shopbell-subtle);
  }
`
