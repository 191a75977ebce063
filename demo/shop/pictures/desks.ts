/** Marks of the two makers and of the shop itself: the inside of a 440 × 440 SVG each. */
export const MARKS: Record<string, string> = {
  'oak-works': `
<path d="M0 0h440v440H0z" fill="#6b4a33"/><g fill="none" stroke="#e9d3b4" stroke-width="16" stroke-linecap="round">
<path d="M220 84c80 0 138 56 138 132s-58 140-138 140S82 292 82 216c0-52 28-96 72-118"/><path d="M220 142c46 0 80 32 80 76s-34 80-80 80-80-34-80-78c0-26 10-46 28-60"/><path d="M220 198c14 0 24 10 24 22s-10 22-24 22-24-10-24-22"/></g>`,
  'studio-linen': `
<path d="M0 0h440v440H0z" fill="#50646c"/><g fill="none" stroke="#e6ded0" stroke-width="34" stroke-linecap="round">
<path d="M150 96v248M290 96v248M96 150h20M184 150h160M96 290h160M324 290h20"/></g>`,
  northfold: `
<path d="M0 0h440v440H0z" fill="#13191c"/><path d="M132 324V116l176 208V116" fill="none" stroke="#fff" stroke-width="40" stroke-linejoin="round" stroke-linecap="round"/>`,
}
