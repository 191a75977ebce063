import { css } from 'lit'

/** Pages of the site beside the settings: lists of things with what can be done to each. */
export const pageStyles = css`
  :host {
    display: grid;
    gap: var(--shopbell-s5);
    align-content: start;
    container: page / inline-size;
  }
  .list > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--shopbell-s2) var(--shopbell-s3);
    min-height: 52px;
    padding: var(--shopbell-s2) var(--shopbell-s4);
    border-block-start: 1px solid var(--shopbell-line);
  }
  .card.list > li:first-child {
    border: 0;
  }
  .list > li > .who {
    display: grid;
    flex: 1 1 200px;
    min-width: 0;
  }
  .list.tight > li > .who {
    flex-basis: 140px;
  }
  .list > li > .btn {
    margin-inline-start: auto;
  }
  .who b {
    font-weight: var(--shopbell-medium);
  }
  .form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
    align-items: end;
    gap: var(--shopbell-s3);
    padding: var(--shopbell-s4);
    border-block-start: 1px solid var(--shopbell-line);
  }
  .form > .btn {
    justify-self: start;
  }
  .pad {
    padding: 0 var(--shopbell-s4) var(--shopbell-s4);
  }
  .snippet {
    display: flex;
    gap: var(--shopbell-s2);
    align-items: flex-start;
    padding: var(--shopbell-s3);
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-sunken);
  }
  .snippet code {
    flex: 1;
    min-width: 0;
    padding-block: 8px;
    overflow-wrap: anywhere;
    direction: ltr;
    text-align: left;
  }
  .more {
    justify-self: start;
  }
`
