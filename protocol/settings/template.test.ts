import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTemplate } from './template.ts'

const TOKENS = ['name', 'order_id'] as const
const read = (text: string): any => readTemplate(text, TOKENS)

describe('a template', () => {
  it('is text and tokens in order', () => {
    expect(read('Hi {{name}}, {{ order_id }}!')).toEqual({
      parts: [{ text: 'Hi ' }, { token: 'name' }, { text: ', ' }, { token: 'order_id' }, { text: '!' }],
    })
    expect(read('')).toEqual({ parts: [] })
    expect(read('{{name}}{{name}}')).toEqual({ parts: [{ token: 'name' }, { token: 'name' }] })
  })

  it('leaves braces that open nothing as they are', () => {
    for (const text of ['}}', '{ {name} }', 'a { b } c', '{name}']) expect(read(text)).toEqual({ parts: [{ text }] })
  })

  it.each([
    ['{{foo}}', 'There is no token {{foo}} (at line 1, character 1).'],
    ['Hi\n\n  {{Name}}', 'There is no token {{Name}} (at line 3, character 3).'],
    ['{{constructor}}', 'There is no token {{constructor}} (at line 1, character 1).'],
    ['{{name', 'The {{ at line 1, character 1 is not a token: write {{name}}.'],
    ['a {{}}', 'The {{ at line 1, character 3 is not a token: write {{name}}.'],
    ['{{name}', 'The {{ at line 1, character 1 is not a token: write {{name}}.'],
    ['{{{name}}}', 'The {{ at line 1, character 1 is not a token: write {{name}}.'],
    ['{{na me}}', 'The {{ at line 1, character 1 is not a token: write {{name}}.'],
    ['{{name}} {{order_id', 'The {{ at line 1, character 10 is not a token: write {{name}}.'],
  ])('says what is wrong with %j, and where', (text, problem) => {
    expect(read(text)).toEqual({ problem })
  })

  it('loses nothing of the text', () => {
    const piece = fc.oneof(
      fc.string().filter((text) => !text.includes('{')),
      fc.constantFrom('{{name}}', '{{order_id}}'),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const parts = read(pieces.join('')).parts as ({ text: string } | { token: string })[]
        expect(parts.map((part) => ('text' in part ? part.text : `{{${part.token}}}`)).join('')).toBe(pieces.join(''))
      }),
    )
  })

  it('is read in one pass, however many braces open', () => {
    const started = performance.now()
    read('{{name}}'.repeat(20_000))
    read(`{{${' '.repeat(50_000)}`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
