import { expect, test } from 'vitest'
import { pieces } from './links.ts'

const href = (text: string) => pieces(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.href]))

test('addresses become links and the sentence around them does not', () => {
  expect(pieces('See https://a.example/x, please.')).toEqual(['See ', { href: 'https://a.example/x' }, ', please.'])
  expect(href('(https://a.example/x)')).toEqual(['https://a.example/x'])
  expect(href('https://a.example/w_(x) and http://b.example/?q=1!')).toEqual([
    'https://a.example/w_(x)',
    'http://b.example/?q=1',
  ])
})

test('no other scheme becomes a link', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://a.example',
    'javascript://https',
    'xhttps://a',
  ]) {
    expect(pieces(text)).toEqual([text])
  }
})

test('markup stays text and nothing is lost', () => {
  const text = '<img src=x onerror=alert(1)> https://a.example/"><script> https:// http://[ end'
  const all = pieces(text).map((piece) => (typeof piece === 'string' ? piece : piece.href))
  expect(all.join('')).toBe(text)
  expect(href(text)).toEqual(['https://a.example/'])
})
