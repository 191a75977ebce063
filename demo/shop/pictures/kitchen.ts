/** Drawings for the demo shop's kitchen things: the inside of a 440 × 440 SVG each. */
export const KITCHEN: Record<string, string> = {
  'walnut-bowl': `
<path d="M0 0h440v440H0z" fill="#e8e3da"/><path d="M0 296h440v144H0z" fill="#ddd5c8"/>
<ellipse cx="222" cy="340" rx="112" ry="15" fill="#c9bfae"/>
<path d="M84 200h272c2 82-54 138-108 138h-56C138 338 82 282 84 200z" fill="#7a5137"/>
<path d="M84 200h272c0 24-5 46-13 64-60 26-186 26-246 0-8-18-13-40-13-64z" fill="#8b6044"/>
<path d="M98 266c56 27 188 27 244 0M112 290c50 20 166 20 216 0" fill="none" stroke="#67422c" stroke-width="3" stroke-linecap="round" opacity=".55"/>
<ellipse cx="220" cy="200" rx="136" ry="32" fill="#a0745a"/><ellipse cx="220" cy="203" rx="122" ry="25" fill="#543524"/>
<path d="M104 211c30 20 202 20 232 0-12 11-56 19-116 19s-104-8-116-19z" fill="#6b4630"/>
<path d="M150 196c40-8 100-8 140 0" fill="none" stroke="#3f2719" stroke-width="3" stroke-linecap="round" opacity=".6"/>
<path d="M180 338h80v6a6 6 0 0 1-6 6h-68a6 6 0 0 1-6-6z" fill="#5d3c28"/>`,
  'oak-serving-board': `
<path d="M0 0h440v440H0z" fill="#dfe5e3"/><path d="M0 330h440v110H0z" fill="#cfd8d5"/>
<path d="M132 366l196 6 30 10-12 8-220-8z" fill="#b7c2be"/>
<g transform="rotate(7 220 220)">
<path d="M190 46a30 30 0 0 1 60 0v66c0 10 4 14 16 18 14 5 22 14 22 30v190a22 22 0 0 1-22 22h-92a22 22 0 0 1-22-22V160c0-16 8-25 22-30 12-4 16-8 16-18z" fill="#b88a55"/>
<path d="M190 46a30 30 0 0 1 60 0v66c0 10 4 14 16 18 14 5 22 14 22 30v190a22 22 0 0 1-22 22h-10V170c0-22-30-26-30-56V18a30 30 0 0 0-36 28z" fill="#cfa46d"/>
<circle cx="220" cy="52" r="11" fill="#dfe5e3"/>
<path d="M176 168c-4 60-2 130 0 188M200 150c-6 70-2 150-1 208M232 176c4 50 2 120 1 180M258 168c3 60 1 120 2 186" fill="none" stroke="#96693a" stroke-width="2.5" stroke-linecap="round" opacity=".5"/>
<path d="M214 236c8-14 20-14 24 0s-2 44-12 44-18-30-12-44z" fill="none" stroke="#96693a" stroke-width="2.5" opacity=".5"/>
</g>`,
  'linen-apron': `
<path d="M0 0h440v440H0z" fill="#ece2da"/><path d="M0 0h440v64H0z" fill="#e2d5ca"/><path d="M40 60h360v8H40z" fill="#b49d88"/>
<path d="M160 130c-8-40 16-74 60-74s68 34 60 74" fill="none" stroke="#50646c" stroke-width="11"/>
<circle cx="220" cy="64" r="9" fill="#8d7561"/>
<path d="M158 122h124c2 44 20 62 54 74l14 176c1 10-6 16-16 16H106c-10 0-17-6-16-16l14-176c34-12 52-30 54-74z" fill="#6d858d"/>
<path d="M158 122h124l1 14H157z" fill="#50646c"/>
<path d="M104 196l-52 66M336 196l52 66" stroke="#50646c" stroke-width="9" stroke-linecap="round"/>
<path d="M138 262h164v62a16 16 0 0 1-16 16H154a16 16 0 0 1-16-16z" fill="#7e969d"/><path d="M138 262h164v12H138z" fill="#50646c"/><path d="M220 274v66" stroke="#50646c" stroke-width="3"/>
<path d="M120 220c-4 44-8 92-9 150M320 220c4 44 8 92 9 150" stroke="#5c737b" stroke-width="4" stroke-linecap="round" opacity=".6"/>`,
}
