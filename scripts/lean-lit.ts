import { join } from 'node:path'
import type { Plugin } from 'vite'

interface Change {
  file: RegExp
  from: string
  /** The change reaches up to this text, which stays. */
  until?: string
  to: string
}

// Lit is published minified. In lit-html's text `t` is globalThis, `s` its trustedTypes, `e` the policy.
const GUEST: Change[] = [
  // One policy a page, of our own name, that never throws: a name may be taken once only, so two copies of ours share it.
  {
    file: /lit-html\.js/,
    from: 's?s.createPolicy("lit-html",{createHTML:t=>t}):void 0',
    to: 't[Symbol.for("shopbell.policy")]??=(()=>{try{return s?.createPolicy("shopbell",{createHTML:t=>t})}catch{}})()',
  },
  // Where the page's CSP leaves our name out, `setHTML` needs no policy: it only drops what could run script.
  {
    file: /lit-html\.js/,
    from: 's=l.createElement("template");return s.innerHTML=t,s}',
    to: `r=l.createElement("template");
try{e||!s||!r.setHTML?r.innerHTML=t:r.setHTML(t,{sanitizer:{comments:!0}})}
catch{console.error("Shopbell: add \\"trusted-types shopbell\\" to this page's Content-Security-Policy.")}
return r}`,
  },
  // Every browser that we support adopts style sheets; the way with <style> would need a nonce anyway.
  {
    file: /css-tag\.js/,
    from: 't.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype',
    to: '!0',
  },
  // Notices for polyfills and for Lit's version warning, which would tell a shop with a Lit of its own of two copies.
  {
    file: /lit-html\.js/,
    from: ',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");const D',
    to: ',D',
  },
  {
    file: /reactive-element\.js/,
    from: 'y[d("finalized")]=new Map,p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2");',
    to: 'y[d("finalized")]=new Map;',
  },
  { file: /reactive-element\.js/, from: 'p=a.reactiveElementPolyfillSupport,', to: '' },
  {
    file: /lit-element\.js/,
    from: ',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});',
    to: ';',
  },
  { file: /lit-element\.js/, from: '(s.litElementVersions??=[]).push("4.2.2");', to: '' },
  // Standard decorators, which we do not use, keep their notes at `Symbol.metadata`, a symbol that Lit would give the page.
  {
    file: /reactive-element\.js/,
    from: 'Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;',
    to: '',
  },
  {
    file: /reactive-element\.js/,
    from: 'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
    to: '',
  },
]

const file = /lit-html\.js/
const LEAN: Change[] = [
  // Icons are whole `<svg>`s in html``; whoever imports `svg` or `mathml` is told by the build that they are not there.
  { file, from: ',w=x(2),T=x(3)', to: '' },
  { file, from: 'T as mathml,', to: '' },
  { file, from: ',w as svg', to: '' },
  { file, from: 'l=2===i?"<svg>":3===i?"<math>":""', to: 'l=""' },
  { file, from: '+(2===i?"</svg>":3===i?"</math>":"")', to: '' },
  { file, from: ',2===i||3===i){', until: 'for(;null!==(r=P', to: ',0);' },
  // Directives, and the tree that asynchronous ones need; the settings panel, built apart, has them.
  { file, from: 'function M(t,i,s=t,e)', until: 'class R{', to: '' },
  { file, from: '_$AI(t,i=this){t=M(this,t,i),a(t)?', to: '_$AI(t){a(t)?' },
  { file, from: 't=M(this,t,i,0),', to: '' },
  { file, from: 'r=M(this,e[s+n],i,n)', to: 'r=e[s+n]' },
  { file, from: '(t=M(this,t,i,0)??A)', to: '(t??=A)' },
  { file, from: 'else t.startsWith(o)&&(d.push({type:6,', until: 'if(y.test(r.tagName))', to: ';' },
  { file, from: ':6===r.type&&(i=new Z(h,this,t)),', to: ':0,' },
  { file, from: 'class Z{', until: 'D=(t,i,s)', to: 'const ' },
  { file, from: 'j as _$LH,', to: '' },
  { file, from: 'this._$AN=void 0,this._$AD=t,this._$AM=i}', until: 'u(t){', to: 'this._$AD=t}' },
  { file, from: 'get _$AU(){return this._$AM?._$AU??this._$Cv}', to: '' },
  { file, from: ',this._$AN=void 0,this._$AA=t', to: ',this._$AA=t' },
  { file, from: ',this._$AM=s,this.options=e,this._$Cv', until: '_$AI(t){a(t)', to: ',this.options=e}' },
  { file, from: 'this._$AP?.(!1,!0,s);', to: ';' },
  { file, from: 'setConnected(t){', until: 'class H{', to: '}' },
  { file, from: 'get tagName(){', until: 'constructor(t,i,s,e,h){this.type=1', to: '' },
  { file, from: ',this._$AN=void 0,this.element=t,this.name=i,this._$AM=e', to: ',this.element=t,this.name=i' },
  // Templates compiled ahead, expressions in comments, and documents other than the page's.
  { file, from: '"number"==typeof s?this._$AC(t):(', until: ';if(this._$AH?._$AD===e)', to: 'this._$AC(t)' },
  { file, from: 'else{let t=-1;for(;-1!==(t=r.data', until: 'l++}}static', to: '' },
  { file, from: '(t?.creationScope??l)', to: 'l' },
]

const LIT =
  /node_modules\/(lit-html\/lit-html|lit-element\/lit-element|@lit\/reactive-element\/(css-tag|reactive-element))\.js/

/** Lit as a guest on strangers' pages. The build stops when Lit's text is no longer the one that this was written for. */
export const guestLit = (): Plugin => ({
  name: 'guest-lit',
  enforce: 'pre',
  transform: { filter: { id: LIT }, handler: (code, id) => change(GUEST, code, id) },
})

/** What a shopper's page need not carry of Lit. */
export const leanLit = (root: string): Plugin => ({
  name: 'lean-lit',
  enforce: 'pre',
  resolveId(source) {
    if (source === 'lit') return join(root, 'widgets/lit/lit.ts')
    if (source.startsWith('lit/directives/')) throw new Error(`${source}: a shopper's Lit has no directives`)
    return undefined
  },
  transform: { filter: { id: LIT }, handler: (code, id) => change(LEAN, code, id) },
})

const change = (changes: Change[], code: string, id: string): string =>
  changes.filter(({ file }) => file.test(id)).reduce(once, code)

function once(code: string, { from, until = '', to }: Change): string {
  const start = code.indexOf(from)
  const end = code.indexOf(until, start + from.length)
  if (start < 0 || end < 0 || code.includes(from, start + 1))
    throw new Error(`Lit no longer has ${from}${until}: see scripts/lean-lit.ts`)
  return code.slice(0, start) + to + code.slice(end)
}
