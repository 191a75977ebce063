import { css } from 'lit'

export const styles = css`
  :host {
    display: none;
    position: fixed;
    inset-block-end: calc(16px + env(safe-area-inset-bottom));
    inset-inline-end: 16px;
    z-index: var(--shopbell-layer, 2147483000);
    width: 380px;
    max-width: calc(100vw - 32px);
    height: min(600px, 100dvh - 32px);
    container: shopbell / inline-size;
  }
  :host([open]) {
    display: block;
    animation: rise var(--shopbell-motion);
  }
  .panel {
    display: flex;
    flex-direction: column;
    position: relative;
    height: 100%;
    overflow: hidden;
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-bg);
    box-shadow: var(--shopbell-shadow);
  }
  .panel:focus {
    outline: 0;
  }
  .panel:focus-visible {
    box-shadow: var(--shopbell-shadow), inset 0 0 0 2px var(--shopbell-accent-text);
  }
  .panel > :is(.thread, .pane, shopbell-guest-form, shopbell-my-chats) {
    flex: 1;
    min-height: 0;
  }
  .pane {
    display: grid;
  }
  .shade {
    display: none;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  @media (max-width: 479px) {
    :host {
      inset: auto 0 var(--shopbell-keyboard, 0px);
      width: 100%;
      max-width: var(--shopbell-screen, none);
      height: calc(var(--shopbell-view, 100dvh) - 64px);
    }
    .panel {
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
    .shade {
      display: block;
      position: fixed;
      inset: -100vh 0 0;
      background: rgb(10 16 18 / 0.4);
    }
  }
  @media (max-height: 480px) {
    :host {
      height: calc(var(--shopbell-view, 100dvh) - 16px);
    }
  }
  @media (forced-colors: active) {
    .panel {
      border: 1px solid;
    }
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`
