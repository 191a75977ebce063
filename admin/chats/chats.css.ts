import { css } from 'lit'

export const chatsStyles = css`
  .filters {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 140px 160px;
    gap: var(--shopbell-s2);
  }
  .chats li + li {
    border-block-start: 1px solid var(--shopbell-line);
  }
  .chat {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s3);
    min-height: 60px;
    padding: var(--shopbell-s2) var(--shopbell-s4);
    border-radius: var(--shopbell-radius-card);
    color: inherit;
  }
  .chats .chat:hover {
    background: var(--shopbell-subtle);
    text-decoration: none;
  }
  .chat .who {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .about {
    display: flex;
    color: var(--shopbell-muted);
  }
  .chat time {
    white-space: nowrap;
  }
  .log {
    display: grid;
    gap: var(--shopbell-s3);
  }
  .message {
    display: grid;
    justify-items: start;
    gap: var(--shopbell-s1);
  }
  .theirs {
    justify-items: end;
  }
  .bubble {
    max-width: min(80%, 480px);
    padding: var(--shopbell-s2) var(--shopbell-s3);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-sunken);
    white-space: pre-wrap;
  }
  .theirs .bubble {
    background: var(--shopbell-accent-tint);
  }
  .system {
    padding: var(--shopbell-s2) var(--shopbell-s4);
    color: var(--shopbell-muted);
    font-size: var(--shopbell-text-1);
    text-align: center;
    white-space: pre-wrap;
  }
  @container page (max-width: 559px) {
    .filters {
      grid-template-columns: 1fr 1fr;
    }
    .filters > :first-child {
      grid-column: 1 / 3;
    }
    .chat {
      flex-wrap: wrap;
    }
    .chat .who {
      flex-basis: 70%;
    }
    .chat time {
      margin-inline-start: 32px;
    }
  }
`
