import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, digestOf, type Json, sha256Hex } from '../../src/core/canonical.ts'

const json = fc.jsonValue() as fc.Arbitrary<Json>

/** The same value with the members of every object put in another order. */
function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map(shuffled)
  if (value === null || typeof value !== 'object') return value
  const members = Object.entries(value).toReversed()
  return Object.fromEntries(members.map(([key, member]) => [key, shuffled(member as Json)]))
}

describe('canonicalJson', () => {
  test('it is JSON of the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('the order of members does not count', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
      }),
    )
  })

  test('a value that went through JSON keeps its text', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  test.each([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    // RFC 8785 section 3.2.3: by UTF-16 code units, where 😀 (d83d) comes before ﬀ (fb00).
    [{ ﬀ: 1, '😀': 2, é: 3, z: 4 }, '{"z":4,"é":3,"😀":2,"ﬀ":1}'],
    [{ 10: 1, 9: 2 }, '{"10":1,"9":2}'],
    [[1e21, 1e-7, -0, 0.1], '[1e+21,1e-7,0,0.1]'],
    ['\u2028 \ud800 "', '"\u2028 \\ud800 \\""'],
    [{ kept: null, left: undefined }, '{"kept":null}'],
  ] satisfies [Json, string][])('%j is written as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d is refused, as JSON would write null',
    (value) => {
      expect(() => canonicalJson([{ value }])).toThrow(TypeError)
    },
  )
})

describe('digestOf', () => {
  test('different values have different digests', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(digestOf('tag', a) === digestOf('tag', b)).toBe(
          canonicalJson(a) === canonicalJson(b),
        )
      }),
    )
  })

  test('text cannot be moved across a field boundary to keep the digest', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (a, b) => {
        expect(digestOf('t', { a, b })).not.toBe(digestOf('t', { a: '', b: a + b }))
        expect(digestOf('t', [a, b])).not.toBe(digestOf('t', [a + b]))
        expect(digestOf(a, b)).not.toBe(digestOf('', a + b))
      }),
    )
  })

  test('the tag counts', () => {
    expect(digestOf('holdpoint.terms/1', {})).not.toBe(digestOf('holdpoint.terms/2', {}))
  })

  test('it is the SHA-256 of the tagged text, for good', () => {
    expect(digestOf('t', { b: 1, a: 2 })).toBe(sha256Hex('["t",{"a":2,"b":1}]'))
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256Hex(new Uint8Array([0x61]))).toBe(sha256Hex('a'))
  })
})
