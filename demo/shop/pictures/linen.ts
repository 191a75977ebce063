/** Drawings of Studio Linen's cloth: the inside of a 440 × 440 SVG each. */
export const LINEN: Record<string, string> = {
  'linen-napkins': `
<path d="M0 0h440v440H0z" fill="#e6e0e0"/><path d="M0 300h440v140H0z" fill="#d8cfcf"/>
<ellipse cx="222" cy="350" rx="148" ry="15" fill="#c2b6b6"/>
<path d="M84 304h260a16 16 0 0 1 0 44H84a22 22 0 0 1 0-44z" fill="#8f9f97"/><path d="M84 326h268" stroke="#73857c" stroke-width="3"/>
<path d="M92 260h250a16 16 0 0 1 0 44H92a22 22 0 0 1 0-44z" fill="#cdb899"/><path d="M92 282h258" stroke="#b09a79" stroke-width="3"/>
<path d="M86 216h252a16 16 0 0 1 0 44H86a22 22 0 0 1 0-44z" fill="#b57f6b"/><path d="M86 238h260" stroke="#985f4c" stroke-width="3"/>
<path d="M94 172h250a16 16 0 0 1 0 44H94a22 22 0 0 1 0-44z" fill="#dfd5c6"/><path d="M94 194h258" stroke="#c3b7a4" stroke-width="3"/>
<path d="M100 172h246l-60 66c-4 4-10 4-14 0l-66-66z" fill="#efe8dc"/><path d="M222 180l56 48 44-48" fill="none" stroke="#c3b7a4" stroke-width="2.5" stroke-dasharray="6 5"/>`,
  'washed-linen-throw': `
<path d="M0 0h440v440H0z" fill="#dde3e7"/><path d="M0 350h440v90H0z" fill="#cdd5da"/>
<path d="M96 40v330M344 40v330M96 112h248M96 316h248" stroke="#b78d5c" stroke-width="14" stroke-linecap="round"/>
<path d="M126 104h188v196c-20 10-40-8-62 2s-42 8-64-2-42 6-62 0z" fill="#c98f6e"/>
<path d="M126 104h188v22c-40 10-140 10-188 0z" fill="#d9a688"/>
<path d="M160 126c-6 60 6 110 0 172M206 130c6 60-6 110 2 174M256 130c-4 60 6 110-2 170M292 126c4 60-2 100 2 168" fill="none" stroke="#a96f50" stroke-width="5" stroke-linecap="round" opacity=".7"/>
<path d="M126 262c40 10 140 10 188 0M126 278c40 10 140 10 188 0" fill="none" stroke="#efd5c4" stroke-width="5"/>
<path d="M134 302v26M150 303v27M166 303v26M182 302v27M198 304v26M214 306v26M230 306v26M246 304v26M262 302v26M278 303v26M294 304v26M307 302v26" stroke="#b77c5b" stroke-width="5" stroke-linecap="round"/>`,
  'linen-cushion': `
<path d="M0 0h440v440H0z" fill="#efe6d9"/><path d="M0 312h440v128H0z" fill="#e4d8c6"/>
<ellipse cx="222" cy="336" rx="138" ry="17" fill="#cdbfa9"/>
<path d="M92 110c40 12 216 12 256 0 12-3 18 4 15 15-12 50-12 142 0 196 3 12-4 18-15 15-44-10-212-10-256 0-11 3-18-3-15-15 12-54 12-146 0-196-3-11 3-18 15-15z" fill="#55705f"/>
<path d="M112 130c40 9 176 9 216 0 9-2 13 3 11 11-9 44-9 118 0 164 2 9-3 13-11 11-40-8-176-8-216 0-8 2-13-2-11-11 9-46 9-120 0-164-2-8 3-13 11-11z" fill="#6d8a77"/>
<path d="M160 138c-6 56-6 118 0 172M180 140c-6 56-6 116 0 169M260 140c6 56 6 116 0 169M280 138c6 56 6 118 0 172" fill="none" stroke="#d9cdb8" stroke-width="4" opacity=".85"/>
<path d="M104 122c18 26 26 40 28 62M336 122c-18 26-26 40-28 62M104 324c18-22 26-36 28-58M336 324c-18-22-26-36-28-58" fill="none" stroke="#4a6353" stroke-width="4" stroke-linecap="round" opacity=".5"/>`,
}
