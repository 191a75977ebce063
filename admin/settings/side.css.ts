import { css } from 'lit'

/** The sections at the side; where it is narrow, behind a button that names the one in sight. */
export const sideStyles = css`
  :host {
    border-inline-end: 1px solid var(--shopbell-line);
    background: var(--shopbell-page);
  }
  nav {
    position: sticky;
    inset-block-start: var(--shopbell-bar, 0px);
    max-height: calc(100dvh - var(--shopbell-bar, 0px) - var(--shopbell-save, 0px));
    overflow-y: auto;
    padding: var(--shopbell-s5) var(--shopbell-s3);
  }
  h2 {
    padding: var(--shopbell-s4) var(--shopbell-s3) var(--shopbell-s1);
    color: var(--shopbell-faint);
    font-size: var(--shopbell-text-1);
    font-weight: var(--shopbell-medium);
  }
  a {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s2);
    min-height: 36px;
    padding: 0 var(--shopbell-s3);
    border-radius: var(--shopbell-radius);
    color: var(--shopbell-muted);
    font-weight: var(--shopbell-medium);
  }
  a:hover {
    background: var(--shopbell-sunken);
    text-decoration: none;
  }
  a[aria-current] {
    background: var(--shopbell-accent-tint);
    color: var(--shopbell-accent-text);
  }
  .sub a {
    min-height: 32px;
    padding-inline-start: 40px;
    font-weight: var(--shopbell-regular);
  }
  .dot {
    width: 6px;
    height: 6px;
    flex: none;
    margin-inline-start: auto;
    border-radius: 50%;
    background: var(--shopbell-accent-text);
  }
  .choose {
    display: none;
  }
  @container panel (max-width: 719px) {
    :host {
      border: 0;
      background: none;
    }
    .choose {
      display: flex;
      justify-content: flex-start;
      width: 100%;
      margin-block-start: var(--shopbell-s4);
    }
    .choose .i-chevron {
      margin-inline-start: auto;
    }
    .choose[aria-expanded='true'] .i-chevron {
      rotate: 180deg;
    }
    nav {
      display: none;
    }
    nav.open {
      display: block;
      position: static;
      max-height: none;
      margin-block-start: var(--shopbell-s1);
      padding: var(--shopbell-s2);
      border: 1px solid var(--shopbell-line);
      border-radius: var(--shopbell-radius-card);
    }
    a,
    .sub a {
      min-height: var(--shopbell-touch);
    }
  }
`
