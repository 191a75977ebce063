/** Drawings for what stands and lies about the house: the inside of a 440 × 440 SVG each. */
export const LIVING: Record<string, string> = {
  'ash-desk-lamp': `
<path d="M0 0h440v440H0z" fill="#e5e2ea"/><path d="M0 330h440v110H0z" fill="#d5d0dd"/>
<path d="M220 186L342 170L386 352H170z" fill="#f6edc9" opacity=".7"/><ellipse cx="278" cy="352" rx="108" ry="16" fill="#f6edc9"/>
<ellipse cx="136" cy="364" rx="66" ry="12" fill="#bdb6c8"/>
<path d="M80 344h112v8a8 8 0 0 1-8 8H88a8 8 0 0 1-8-8z" fill="#3d3a46"/><ellipse cx="136" cy="344" rx="56" ry="10" fill="#544f60"/>
<path d="M136 342L92 214" stroke="#c39a66" stroke-width="15" stroke-linecap="round"/><path d="M92 214L236 112" stroke="#d6b081" stroke-width="15" stroke-linecap="round"/>
<circle cx="92" cy="214" r="13" fill="#b58a3c"/><circle cx="92" cy="214" r="5" fill="#7d5d24"/><circle cx="136" cy="340" r="9" fill="#b58a3c"/>
<path d="M228 92l36-18a14 14 0 0 1 19 6l52 84c4 8 2 12-6 14l-110 14c-8 1-12-4-10-12l14-72c1-7 1-12 5-16z" fill="#45525f"/>
<path d="M334 164c4 8 3 13-5 14l-110 14c-8 1-12-4-10-12 22-12 92-24 125-16z" fill="#5e6d7c"/><circle cx="236" cy="112" r="10" fill="#b58a3c"/>`,
  'three-legged-stool': `
<path d="M0 0h440v440H0z" fill="#e3e6da"/><path d="M0 322h440v118H0z" fill="#d3d8c7"/>
<ellipse cx="222" cy="376" rx="122" ry="15" fill="#bcc3ad"/>
<path d="M164 172l-46 196" stroke="#b98c58" stroke-width="21" stroke-linecap="round"/><path d="M278 172l46 196" stroke="#a97c4a" stroke-width="21" stroke-linecap="round"/>
<path d="M224 172l8 186" stroke="#8f6739" stroke-width="21" stroke-linecap="round"/>
<path d="M136 286h172" stroke="#9c7242" stroke-width="12" stroke-linecap="round"/><path d="M136 286h92" stroke="#ad8250" stroke-width="12" stroke-linecap="round"/>
<path d="M92 154c0 27 57 46 128 46s128-19 128-46v-14H92z" fill="#a97c4a"/><ellipse cx="220" cy="140" rx="128" ry="42" fill="#d1a873"/>
<path d="M122 136c40-26 156-26 196 0M142 150c30 18 126 18 156 0M170 138c24-12 76-12 100 0" fill="none" stroke="#a97c4a" stroke-width="2.5" stroke-linecap="round" opacity=".6"/>
<g fill="#8f6739"><ellipse cx="158" cy="146" rx="11" ry="5"/><ellipse cx="282" cy="146" rx="11" ry="5"/><ellipse cx="222" cy="120" rx="11" ry="5"/></g>`,
}
