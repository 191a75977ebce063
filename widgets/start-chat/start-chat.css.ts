/** Text that the build shortens. */
const css = String.raw

/**
 * Inline the button is a part of the shop: its type, its colour, its width. All it adds is mixed from the shop's text
 * colour, so it fits dark shops too, whether they say so or not. `--shopbell-height` and `--shopbell-radius` are set by
 * the loader. The floating button stays away until `adorn` brings its place and colours.
 */
export const styles = css`
  :host {
    display: block;
    font-weight: 500;
  }
  :host(:is([hidden], [variant='floating'])) {
    display: none;
  }
  :host([placed]) {
    clear: both;
    margin-block: 8px 16px;
  }
  button {
    all: unset;
    box-sizing: border-box;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    width: 100%;
    min-height: max(44px, var(--shopbell-height, 0px));
    padding: 8px 16px;
    border: 1px solid color-mix(in srgb, currentColor 60%, #0000);
    border-radius: var(--shopbell-radius, 6px);
    line-height: 1.4;
    text-align: center;
    cursor: pointer;
  }
  button:hover {
    background: color-mix(in srgb, currentColor 5%, #0000);
  }
  button:focus-visible {
    outline: 2px solid;
    outline-offset: 2px;
  }
  svg {
    width: 20px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  @media not (prefers-reduced-motion) {
    [aria-busy='true'] svg {
      animation: turn 1s linear infinite;
    }
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  p {
    display: flex;
    align-items: center;
    gap: 4px;
    margin: 4px 0 0;
    color: oklch(from currentColor clamp(0.5, l, 0.77) 0.16 26);
    font-size: 13px;
  }
  p svg {
    width: 16px;
  }
`
