import { expect, it } from 'vitest'
import { shrinkCss, shrinkHtml, withoutLastTags, withoutMargins, writtenOut } from './minify-templates.ts'

it('keeps one space where the author broke a line, and none before the end of a tag', () => {
  expect(shrinkHtml('<p\n  class="a"\n>\n  One\n  <b>two</b>  three\n</p>')).toBe(
    '<p class="a"> One <b>two</b>  three </p>',
  )
})

it('drops the layout at both ends of a template, and keeps a space that was meant', () => {
  const all = { start: true, end: true }
  expect(withoutMargins('\n  <p>One</p>\n', all)).toBe('<p>One</p>')
  expect(withoutMargins(' · ', all)).toBe(' · ')
  expect(withoutMargins('\n  and ', { start: false, end: true })).toBe('\n  and ')
})

it('drops comments, which hold no expression', () => {
  expect(shrinkHtml('<i></i><!-- why\n this --><b></b>')).toBe('<i></i><b></b>')
})

it('shortens style sheets without touching what a space means', () => {
  const sheet = `
    /* note { } */
    a :hover > b,
    p {
      margin: calc(1px + 2px) 0;
      content: "a ;  b";
    }
    @media (min-width: 4px) { i { color: red; } }
  `
  expect(shrinkCss(sheet).trim()).toBe(
    'a :hover > b,p{margin:calc(1px + 2px) 0;content:"a ;  b"}@media (min-width:4px){i{color:red}}',
  )
})

it('leaves what surrounds an expression as it was', () => {
  expect(shrinkCss('a { color: ')).toBe('a{color:')
  expect(shrinkCss(' 1px solid; }')).toBe(' 1px solid}')
})

it('leaves the tags that end a template to the parser, and only those', () => {
  expect(withoutLastTags('<p><b>one</b> two</p>\n</div>')).toBe('<p><b>one</b> two')
  expect(withoutLastTags('</b> and more')).toBe('</b> and more')
})

it('writes out what never changes, and its declaration goes', () => {
  const css =
    ':host{--shopbell-s1: 4px;--shopbell-bg: light-dark(#fff, #000);}p{gap:var(--shopbell-s1);color:var(--shopbell-bg)}'
  expect(writtenOut(css, { s1: '4px' })).toBe(
    ':host{--shopbell-bg: light-dark(#fff, #000);}p{gap:4px;color:var(--shopbell-bg)}',
  )
})
