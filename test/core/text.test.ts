import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainLine } from '../../src/core/text.ts'

test('white space of any kind becomes one space, and none at the ends', () => {
  expect(plainLine('  Place\n\torder\u00a0 now ')).toBe('Place order now')
})

test('characters that make text read otherwise than it is are removed', () => {
  expect(plainLine('pay\u202e001\u202c')).toBe('pay001')
  expect(plainLine('ap\u200bprove\u0000')).toBe('approve')
})

test('a cut text ends with an ellipsis and is no longer than allowed', () => {
  expect(plainLine('abcdefgh', 5)).toBe('abcd…')
  expect(plainLine('abcde', 5)).toBe('abcde')
})

test('a character of two code units is never cut in half', () => {
  expect(plainLine('😀😀😀😀', 3)).toBe('😀😀…')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, max) => {
      expect(plainLine(text, max).isWellFormed()).toBe(true)
    }),
  )
})

test('half a character becomes a replacement mark, which every store takes', () => {
  expect(plainLine('a\ud83db')).toBe('a\ufffdb')
})

test('any text becomes one line within its limit, and stays as it is the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 60 }), (text, max) => {
      const line = plainLine(text, max)
      expect([...line].length).toBeLessThanOrEqual(max)
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\n\r\t]/u)
      expect(plainLine(line, max)).toBe(line)
    }),
  )
})

test('text behind a long run of white space is not lost', () => {
  expect(plainLine(`${' '.repeat(5_000)}total 300 €`, 50)).toBe('total 300 €')
})

test('a megabyte is cut in no time', () => {
  const started = performance.now()
  plainLine('a \u200b'.repeat(400_000))
  expect(performance.now() - started).toBeLessThan(500)
})
