import fc from 'fast-check'
import { expect, it } from 'vitest'
import { base32, fromBase32 } from './base32.ts'

it('comes back as it went, whatever happens to the case', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = base32(bytes)
      expect(text).toMatch(/^[a-z2-7]*$/)
      expect(fromBase32(text)).toEqual(bytes)
      expect(fromBase32(text.toUpperCase())).toEqual(bytes)
    }),
  )
})

it('is what RFC 4648 says it is', () => {
  expect(base32(new TextEncoder().encode('foobar'))).toBe('mzxw6ytboi')
})

it('takes nothing else', () => {
  for (const text of ['m0', 'mz!', 'mzxw6ytbop', 'm y']) expect(fromBase32(text)).toBeNull()
})
