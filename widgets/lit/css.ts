import type { CSSResult as LitResult } from 'lit'

/** A style sheet, made when the first element adopts it. */
export class CSSResult {
  #sheet: CSSStyleSheet | undefined

  readonly cssText: string

  constructor(cssText: string) {
    this.cssText = cssText
  }

  get styleSheet(): CSSStyleSheet {
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet()
      this.#sheet.replaceSync(this.cssText)
    }
    return this.#sheet
  }
}

/** Also what a plain button is dressed with, which needs nothing else of Lit; Lit's own elements take it as theirs. */
export const css = ([text = '']: TemplateStringsArray) => new CSSResult(text) as unknown as LitResult
