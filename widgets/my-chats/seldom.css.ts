import { css } from 'lit'

/** For the panes and for the log, whose root is its own. */
export const seldomStyles = css`
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--shopbell-s2) var(--shopbell-s3);
    color: var(--shopbell-muted);
  }
  .limit {
    color: var(--shopbell-warn);
  }
  .i-ring {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  .failed .bubble {
    background: var(--shopbell-sunken);
    color: var(--shopbell-muted);
  }
  .failed .meta {
    color: var(--shopbell-bad);
  }
  .verbs {
    display: flex;
    gap: var(--shopbell-s1);
  }
  .failed button {
    min-height: 24px;
    padding: 0 2px;
    border: 0;
    background: none;
    color: var(--shopbell-text);
    font-weight: var(--shopbell-medium);
    text-decoration: underline;
  }
  @media (pointer: coarse) {
    .failed button {
      min-height: var(--shopbell-touch);
      padding: 0 var(--shopbell-s2);
    }
  }
`
