import type { Plugin } from 'vite'

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}
interface Edit {
  start: number
  end: number
  text: string
}

type Shrink = (text: string) => string

/**
 * Shortens the text of html``, svg`` and css`` templates; expressions stay as they are.
 * `fixed`: custom properties that never change, by name; their values are written out.
 */
export function minifyTemplates(fixed: Record<string, string> = {}): Plugin {
  const shrink: Record<string, Shrink> = {
    html: shrinkHtml,
    svg: shrinkHtml,
    css: (text) => shrinkCss(writtenOut(text, fixed)),
  }
  return {
    name: 'minify-templates',
    transform: {
      filter: { id: { include: /\.ts$/, exclude: /node_modules/ }, code: /\b(html|svg|css)`/ },
      handler(code) {
        const program = this.parse(code, { lang: 'ts' }) as unknown as Node
        const edits: Edit[] = []
        for (const { tag, ...template } of taggedTemplates(program)) {
          const short = shrink[tag]
          if (short) edits.push(...shrinkTemplate(template, code, short))
        }
        const shorter = edits.toSorted((a, b) => b.start - a.start)
        return shorter.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code)
      },
    },
  }
}

interface Template {
  tag: string
  quasis: Node[]
  expressions: Node[]
}

function* taggedTemplates(node: Node): Generator<Template> {
  if (node.type === 'TaggedTemplateExpression') {
    const tag = (node.tag as { name?: string }).name ?? ''
    const { quasis, expressions } = node.quasi as { quasis: Node[]; expressions: Node[] }
    yield { tag, quasis, expressions }
  }
  for (const child of Object.values(node).flat()) {
    if (child && typeof (child as Node).type === 'string') yield* taggedTemplates(child as Node)
  }
}

function shrinkTemplate({ quasis, expressions }: Omit<Template, 'tag'>, code: string, shrink: Shrink): Edit[] {
  const texts = quasis.map(({ value }) => (value as { raw: string }).raw)
  if (/<(pre|textarea)\b/.test(texts.join(''))) return []
  let from = quasis[0]!.start
  return texts.map((text, index) => {
    // The parser's own ranges differ on whether they hold the delimiters; the text itself does not lie. It is looked for
    // behind the expression before it: a template in there may hold the same white space.
    const start = code.indexOf(text, Math.max(from, expressions[index - 1]?.end ?? 0))
    from = start + text.length
    const isLast = index === texts.length - 1
    const short = shrink(withoutMargins(text, { start: index === 0, end: isLast }))
    return { start, end: from, text: isLast ? withoutLastTags(short) : short }
  })
}

/** A run of white space with a line break in it is the author's layout: one space says the same. */
export function shrinkHtml(text: string): string {
  return text.replace(/<!--[\s\S]*?-->/g, '').replace(/[ \t]*\n\s*(>?)/g, (_, end) => end || ' ')
}

/** A template's layout before its first words and behind its last; a space without a line break is one that was meant. */
export function withoutMargins(text: string, { start, end }: { start: boolean; end: boolean }): string {
  const rest = start ? text.replace(/^\s*\n\s*/, '') : text
  return end ? rest.replace(/\s*\n\s*$/, '') : rest
}

/** What is open at the end of a template the parser closes by itself. */
export const withoutLastTags = (text: string): string => text.replace(/(\s*<\/[a-z][\w-]*>)+$/, '')

/** `tokens` names custom properties by what follows `--shopbell-`. */
export function writtenOut(css: string, tokens: Record<string, string>): string {
  return css
    .replace(/--shopbell-([\w-]+):[^;}]*;/g, (all, name) => (name in tokens ? '' : all))
    .replace(/var\(--shopbell-([\w-]+)\)/g, (all, name) => tokens[name] ?? all)
}

/** Strings stay; a space before `:` (`a :hover`) and around `+` and `-` (`calc`) means something and stays too. */
export function shrinkCss(text: string): string {
  return text.replace(/("[^"]*"|'[^']*')|\/\*[\s\S]*?\*\/|;?\s*([{};,])\s*|(:)\s+|(\s+)/g, (_, string, mark, colon) => {
    if (string) return string
    if (mark) return mark
    return colon ?? ' '
  })
}
