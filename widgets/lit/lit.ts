import { html, noChange, nothing, render } from 'lit/html.js'
import { type CSSResult, css } from './css.ts'

// What `import … from 'lit'` is in a shopper's bundle (see `scripts/lean-lit.ts`): Lit's own templates, and of its
// elements the part that ours use, with the same order of events. `test/e2e/lean-lit.test.ts` holds them beside each other.

export { css, html, noChange, nothing, render }

type Changed = Map<PropertyKey, unknown>

interface Declaration {
  type?: typeof Boolean
  /** False: a property only. Attributes have the property's name, which is then in lower case. */
  attribute?: false
  state?: boolean
}

interface Controller {
  hostConnected?(): void
  hostDisconnected?(): void
}

export class LitElement extends HTMLElement {
  static properties: Record<string, Declaration> = {}
  static styles: CSSResult | readonly CSSResult[] = []
  static shadowRootOptions: ShadowRootInit = { mode: 'open' }

  /** The platform asks when the element is defined; whoever asks later finds the properties as they are. */
  static get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: the class that is being defined
    const { properties, prototype } = this
    const declared = Object.entries(properties)
    for (const [name] of declared) if (!Object.hasOwn(prototype, name)) observe(prototype, name)
    return declared.flatMap(([name, { attribute, state }]) => (attribute === false || state ? [] : name))
  }

  // biome-ignore lint/complexity/useLiteralKeys: a field may not be written `constructor`
  declare ['constructor']: typeof LitElement
  declare renderRoot: ShadowRoot
  hasUpdated = false
  isUpdatePending = false
  updateComplete: Promise<unknown>
  readonly #controllers: Controller[] = []
  /** Set before the element was defined; they win over the defaults that the constructor sets. */
  readonly #early = new Map<string, unknown>()
  #changed: Changed = new Map()
  #enable: () => void = () => undefined

  constructor() {
    super()
    this.updateComplete = new Promise<void>((resolve) => {
      this.#enable = resolve
    })
    for (const name of Object.keys(this.constructor.properties)) {
      if (!Object.hasOwn(this, name)) continue
      this.#early.set(name, Reflect.get(this, name))
      Reflect.deleteProperty(this, name)
    }
    this.requestUpdate()
  }

  addController(controller: Controller): void {
    this.#controllers.push(controller)
  }

  connectedCallback(): void {
    this.renderRoot ??= this.createRenderRoot()
    this.#enable()
    for (const controller of this.#controllers) controller.hostConnected?.()
  }

  disconnectedCallback(): void {
    for (const controller of this.#controllers) controller.hostDisconnected?.()
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    Reflect.set(this, name, this.constructor.properties[name]?.type === Boolean ? value !== null : value)
  }

  createRenderRoot(): ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow(this.constructor.shadowRootOptions)
    root.adoptedStyleSheets = [this.constructor.styles].flat().map(({ styleSheet }) => styleSheet)
    return root
  }

  requestUpdate(name?: PropertyKey, before?: unknown): void {
    if (name && !this.#changed.has(name)) this.#changed.set(name, this.hasUpdated ? before : undefined)
    if (!this.isUpdatePending) this.updateComplete = this.#update(this.updateComplete)
  }

  async #update(before: Promise<unknown>): Promise<void> {
    this.isUpdatePending = true
    await before
    for (const [name, value] of this.#early) Reflect.set(this, name, value)
    this.#early.clear()
    const changed = this.#changed
    try {
      this.willUpdate?.(changed)
      const content = this.render()
      this.#settle()
      render(content, this.renderRoot, { host: this })
      this.hasUpdated = true
      this.updated?.(changed)
    } catch (error) {
      this.#settle()
      reportError(error)
    }
  }

  #settle() {
    this.#changed = new Map()
    this.isUpdatePending = false
  }

  protected willUpdate?(changed: Changed): void
  protected updated?(changed: Changed): void
  protected render(): unknown {
    return noChange
  }
}

function observe(prototype: LitElement, name: string) {
  const key = Symbol()
  Object.defineProperty(prototype, name, {
    get() {
      return this[key]
    },
    set(value) {
      const before = this[key]
      this[key] = value
      if (!Object.is(before, value)) this.requestUpdate(name, before)
    },
  })
}
