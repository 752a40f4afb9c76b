import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareEntries, compareMembers, isRotating } from '../../src/core/body.ts'

const field = (name: string, value: string) => ({ name, value })

describe('isRotating', () => {
  test.each([
    ['csrf_token', 'k3Jd92ksLs0=='],
    ['authenticity_token', 'aB7/random+value=='],
    ['_wpnonce', '8f2b3c4d5e'],
    ['form_key', 'A1b2C3d4E5f6G7h8'],
    ['Idempotency-Key', '123e4567-e89b-12d3-a456-426614174000'],
    ['timestamp', '1700000000000'],
    ['oauth_state', 'kQzXvbNmAsDfGhJkLpOi'],
    ['__VIEWSTATE', 'dDwtMTM0Nzk7Oz4='],
  ])('%s=%s may vary', (name, value) => {
    expect(isRotating(field(name, value))).toBe(true)
  })

  test.each([
    ['an amount', 'total', '18240'],
    ['an amount under the name of a token', 'token_amount', '199.00 EUR'],
    ['an amount without a space', 'token_amount', '199.00EUR'],
    ['an amount under the name of a time', 'timestamp', '199.00EUR'],
    ['a number under the name of a token', 'csrf_token', '12345678'],
    ['a decimal under the name of a nonce', 'nonce', '19900.00'],
    ['an e-mail address', 'csrf_token', 'mallory@evil.example'],
    ['an account', 'request_id', 'DE89370400440532013000'],
    ['an address in words', 'csrf_token', 'Elsewhere 9, Berlin'],
    ['an account in small letters', 'request_id', 'de89370400440532013000'],
    ['a state where people live', 'shipping_state', 'California'],
    ['a longer one', 'state', 'NewHampshire'],
    ['a short value', 'csrf', 'yes'],
    ['an empty value', 'csrf', ''],
    ['a random value under a plain name', 'recipient', 'k3Jd92ksLs0=='],
  ])('%s never counts as rotating', (_, name, value) => {
    expect(isRotating(field(name, value))).toBe(false)
  })
})

describe('compareEntries', () => {
  const expected = [
    field('item', 'paper'),
    field('quantity', '2'),
    field('address', 'Torstr. 1'),
    field('csrf_token', 'k3Jd92ksLs0=='),
  ]

  test('equal entries do not differ, in whatever order', () => {
    const entry = fc.record({ name: fc.string(), value: fc.string() })
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        expect(compareEntries(entries, entries)).toEqual([])
        expect(compareEntries(entries, entries.toReversed())).toEqual([])
      }),
    )
  })

  test('a fresh token does not differ', () => {
    const leaving = [...expected.slice(0, 3), field('csrf_token', 'zzzz1111yyyy')]
    expect(compareEntries(expected, leaving)).toEqual([])
  })

  test.each([
    [
      'changed',
      [...expected.slice(0, 2), field('address', 'Elsewhere 9'), expected[3] ?? field('', '')],
      'address',
      'as shown',
      'changed',
    ],
    ['gone', expected.slice(1), 'item', 'as shown', 'absent'],
    ['new', [...expected, field('tip', '20')], 'tip', 'absent', 'changed'],
    ['doubled', [...expected, field('item', 'paper')], 'item', 'absent', 'changed'],
  ])('an entry that is %s is named, without its value', (_, leaving, name, approved, now) => {
    expect(compareEntries(expected, leaving)).toEqual([
      { field: `form field "${name}"`, approved, now },
    ])
  })

  test('any change of a plain entry is seen', () => {
    const entry = fc.record({ name: fc.constantFrom('a', 'b', 'c'), value: fc.string() })
    fc.assert(
      fc.property(fc.array(entry), entry, (entries, extra) => {
        expect(compareEntries(entries, [...entries, extra])).toHaveLength(1)
        expect(compareEntries([...entries, extra], entries)).toHaveLength(1)
      }),
    )
  })
})

describe('a body that a script builds', () => {
  const form = [
    { name: 'sku', value: 'paper' },
    { name: 'name', value: 'Ada Lovelace' },
    { name: 'card[number]', value: '4242 4242 4242 4242' },
    { name: 'phone', value: '030 123456' },
    { name: 'terms', value: 'on' },
    { name: 'csrf_token', value: 'a1b2c3d4e5f6' },
  ]
  const changed = (members: Readonly<Record<string, string>>) =>
    compareMembers(
      form,
      Object.entries(members).map(([name, value]) => ({ name, value })),
    ).map(({ field }) => field)

  test('may trim, format and nest what the form held', () => {
    expect(
      changed({
        'order.sku': 'paper',
        'customer.name': ' ada lovelace ',
        'items.0.name': 'Printer paper',
        'payment.number': '4242424242424242',
        'contact.phone': '+4930123456',
        terms: 'true',
        csrf_token: 'z9y8x7w6v5u4',
        note: 'anything',
      }),
    ).toEqual([])
  })

  test('is another order when a member called like a field holds something else', () => {
    expect(changed({ 'order.sku': 'tv', name: 'Mallory', number: '5555555555554444' })).toEqual([
      'form field "sku"',
      'form field "name"',
      'form field "card[number]"',
    ])
  })
})
