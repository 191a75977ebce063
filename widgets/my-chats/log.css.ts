import { css } from 'lit'

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
  }
  /* Upside down, so that the newest stays in place when history comes in above or the keyboard opens. */
  .scroll {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column-reverse;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }
  .scroll:focus-visible {
    box-shadow: inset 0 0 0 2px var(--shopbell-accent-text);
  }
  /* Plain blocks: a flex or grid log is laid out anew from the top at every message. */
  .log {
    padding: var(--shopbell-s4);
  }
  .log > * + * {
    margin-block-start: var(--shopbell-s3);
  }
  .run {
    padding-inline-start: 36px;
  }
  .mine {
    padding: 0;
  }
  .stack {
    position: relative;
  }
  .avatar {
    position: absolute;
    inset-block-end: 0;
    inset-inline-start: -36px;
    overflow: hidden;
  }
  .avatar img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .bubble {
    width: fit-content;
    max-width: min(80%, 480px);
    padding: var(--shopbell-s2) var(--shopbell-s3);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-sunken);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .bubble + .bubble {
    margin-block-start: 2px;
  }
  .bubble a {
    color: inherit;
    text-decoration: underline;
  }
  .bubble:not(:first-child) {
    border-start-start-radius: var(--shopbell-radius-joint);
  }
  .bubble:not(:last-of-type) {
    border-end-start-radius: var(--shopbell-radius-joint);
  }
  .mine .bubble {
    background: var(--shopbell-accent);
    color: var(--shopbell-on-accent);
    border-radius: var(--shopbell-radius-card);
    margin-inline-start: auto;
  }
  .mine .bubble:not(:first-child) {
    border-start-end-radius: var(--shopbell-radius-joint);
  }
  .mine .bubble:not(:last-of-type) {
    border-end-end-radius: var(--shopbell-radius-joint);
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--shopbell-s1);
    margin-block-start: var(--shopbell-s1);
    color: var(--shopbell-faint);
    font-size: var(--shopbell-text-1);
    font-variant-numeric: tabular-nums;
  }
  .mine > .meta {
    justify-content: flex-end;
  }
  .i-checks {
    color: var(--shopbell-accent-text);
  }
  .quiet {
    padding-inline: 10%;
    color: var(--shopbell-faint);
    font-size: var(--shopbell-text-1);
    text-align: center;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .day {
    color: var(--shopbell-muted);
    font-weight: var(--shopbell-medium);
  }
  .fresh {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s3);
    color: var(--shopbell-accent-text);
    font-size: var(--shopbell-text-1);
    font-weight: var(--shopbell-medium);
  }
  .fresh::before,
  .fresh::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid;
    opacity: 0.4;
  }
  /* One that goes out at once never shows as waiting. */
  .pending .bubble {
    animation: wait 0s 0.5s forwards;
  }
  .pending .meta {
    animation: appear 0s 0.5s backwards;
  }
  @keyframes wait {
    to {
      background: var(--shopbell-sunken);
      color: var(--shopbell-muted);
    }
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  .pill {
    position: absolute;
    inset-block-end: var(--shopbell-s3);
    inset-inline: 0;
    width: fit-content;
    margin-inline: auto;
    border-radius: var(--shopbell-radius-full);
    box-shadow: var(--shopbell-shadow);
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid;
    }
  }
`
