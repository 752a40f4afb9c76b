import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareTerms,
  describeChanges,
  equalTerms,
  showField,
  type Terms,
  termsDigest,
} from '../../src/core/terms.ts'

const approved: Terms = {
  v: 1,
  amount: { amountMinor: 18_240, currency: 'EUR' },
  recipient: 'shop.example',
  quantity: 2,
  items: [
    { name: 'Printer paper', quantity: 2, unitMinor: 9_120, totalMinor: 18_240 },
    { name: 'Bag', quantity: 1 },
  ],
  fields: [
    { label: 'Ship to', value: 'Torstr. 1' },
    { label: 'Card', present: true, last4: '4242' },
  ],
  recurrence: 'none',
}

const { amount: _, ...withoutAmount } = approved
const { recipient: __, ...withoutRecipient } = approved
const { fields: ___, ...withoutFields } = approved

const anyTerms: fc.Arbitrary<Terms> = fc.record(
  {
    v: fc.constant(1 as const),
    amount: fc.oneof(
      fc.constant('unreadable' as const),
      fc.record({ amountMinor: fc.integer(), currency: fc.constantFrom('EUR', 'USD', 'JPY') }),
    ),
    recipient: fc.string(),
    quantity: fc.nat(),
    items: fc.array(fc.record({ name: fc.string(), quantity: fc.nat() })),
    fields: fc.array(fc.record({ label: fc.string(), value: fc.string() })),
    recurrence: fc.constantFrom('none' as const, 'recurring' as const),
  },
  { requiredKeys: ['v'] },
)

describe('compareTerms', () => {
  test('terms do not differ from themselves', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        expect(compareTerms(terms, terms)).toEqual([])
      }),
    )
  })

  // Fields that are shown alike may be stored otherwise ("(given)" as a value, two of one label).
  test('a change of amount, recipient, quantity or recurrence is never silent, but for a lower amount', () => {
    fc.assert(
      fc.property(anyTerms, anyTerms, (a, b) => {
        const now = { ...b, items: a.items ?? [], fields: a.fields ?? [] }
        const cheaper =
          typeof a.amount === 'object' &&
          typeof now.amount === 'object' &&
          a.amount.currency === now.amount.currency &&
          now.amount.amountMinor <= a.amount.amountMinor
        const same =
          (cheaper || JSON.stringify(a.amount) === JSON.stringify(now.amount)) &&
          a.recipient === now.recipient &&
          a.quantity === now.quantity &&
          (a.recurrence ?? 'none') === (now.recurrence ?? 'none')
        fc.pre(a.recipient !== 'none' && now.recipient !== 'none')
        expect(compareTerms(a, now).length === 0).toBe(same)
      }),
    )
  })

  test.each<readonly [name: string, now: Terms, field: string, before: string, after: string]>([
    [
      'a higher amount',
      { ...approved, amount: { amountMinor: 18_241, currency: 'EUR' } },
      'total',
      '182.40 EUR',
      '182.41 EUR',
    ],
    [
      'another currency at a lower figure',
      { ...approved, amount: { amountMinor: 1, currency: 'USD' } },
      'total',
      '182.40 EUR',
      '0.01 USD',
    ],
    [
      'an amount that cannot be read any more',
      { ...approved, amount: 'unreadable' },
      'total',
      '182.40 EUR',
      'unreadable',
    ],
    ['no amount any more', withoutAmount, 'total', '182.40 EUR', 'none'],
    [
      'another recipient',
      { ...approved, recipient: 'shop.example.evil.test' },
      'recipient',
      'shop.example',
      'shop.example.evil.test',
    ],
    ['no recipient any more', withoutRecipient, 'recipient', 'shop.example', 'none'],
    ['another quantity', { ...approved, quantity: 3 }, 'quantity', '2', '3'],
    [
      'another item',
      {
        ...approved,
        items: [
          { name: 'Gift card', quantity: 2 },
          { name: 'Bag', quantity: 1 },
        ],
      },
      'items',
      '2 × Printer paper, 1 × Bag',
      '2 × Gift card, 1 × Bag',
    ],
    [
      'a further item',
      { ...approved, items: [...(approved.items ?? []), { name: 'Pen', quantity: 1 }] },
      'items',
      '2 × Printer paper, 1 × Bag',
      '2 × Printer paper, 1 × Bag, 1 × Pen',
    ],
    [
      'another address',
      {
        ...approved,
        fields: [
          { label: 'Ship to', value: 'Elsewhere 9' },
          { label: 'Card', present: true, last4: '4242' },
        ],
      },
      'Ship to',
      'Torstr. 1',
      'Elsewhere 9',
    ],
    [
      'another card',
      {
        ...approved,
        fields: [
          { label: 'Ship to', value: 'Torstr. 1' },
          { label: 'Card', present: true, last4: '1111' },
        ],
      },
      'Card',
      '••4242',
      '••1111',
    ],
    [
      'a further field',
      { ...approved, fields: [...(approved.fields ?? []), { label: 'Tip', value: '20' }] },
      'Tip',
      'none',
      '20',
    ],
    [
      'a second field of the same label',
      {
        ...approved,
        fields: [...(approved.fields ?? []), { label: 'Ship to', value: 'Elsewhere 9' }],
      },
      'Ship to',
      'Torstr. 1',
      'Torstr. 1, Elsewhere 9',
    ],
    ['a recurrence', { ...approved, recurrence: 'recurring' }, 'recurring', 'none', 'recurring'],
  ])('%s is one named change', (_, now, field, before, after) => {
    expect(compareTerms(approved, now)).toEqual([{ field, approved: before, now: after }])
  })

  test('fields that are gone are named one by one', () => {
    expect(compareTerms(approved, withoutFields).map(({ field }) => field)).toEqual([
      'Ship to',
      'Card',
    ])
  })

  test('a lower amount in the same currency may run, and a missing recurrence means none', () => {
    const now = { ...approved, amount: { amountMinor: 9_120, currency: 'EUR' } }
    expect(compareTerms(approved, now)).toEqual([])
    const { recurrence: _unused, ...silent } = approved
    expect(compareTerms(approved, silent)).toEqual([])
  })

  test('an amount that could not be read equals only another such one', () => {
    const unreadable = { v: 1, amount: 'unreadable' } as const
    expect(compareTerms(unreadable, unreadable)).toEqual([])
    expect(
      compareTerms(unreadable, { v: 1, amount: { amountMinor: 0, currency: 'EUR' } }),
    ).toHaveLength(1)
    expect(compareTerms(unreadable, { v: 1 })).toHaveLength(1)
  })
})

describe('termsDigest', () => {
  test.each<readonly [name: string, now: Terms]>([
    ['amount', { ...approved, amount: { amountMinor: 18_239, currency: 'EUR' } }],
    ['currency', { ...approved, amount: { amountMinor: 18_240, currency: 'USD' } }],
    ['recipient', { ...approved, recipient: 'other.example' }],
    ['quantity', { ...approved, quantity: 1 }],
    ['items', { ...approved, items: [] }],
    ['fields', { ...approved, fields: [] }],
    ['recurrence', { ...approved, recurrence: 'recurring' }],
  ])('another %s is another digest', (_, now) => {
    expect(termsDigest(now)).not.toBe(termsDigest(approved))
    expect(equalTerms(now, approved)).toBe(false)
  })

  test('the same terms in another order of members are equal', () => {
    const turned = Object.fromEntries(Object.entries(approved).toReversed()) as unknown as Terms
    expect(equalTerms(approved, turned)).toBe(true)
  })
})

test('changes are described in one line, the unit once', () => {
  expect(
    describeChanges([
      { field: 'total', approved: '182.40 EUR', now: '199.00 EUR' },
      { field: 'total', approved: '182.40 EUR', now: '199.00 USD' },
      { field: 'Card', approved: '••4242', now: '••1111' },
    ]),
  ).toBe('total 182.40 → 199.00 EUR; total 182.40 EUR → 199.00 USD; Card ••4242 → ••1111')
  expect(describeChanges([])).toBe('')
})

test('a secret shows at most its last four digits', () => {
  expect(showField({ label: 'Card', present: true, last4: '4242' })).toBe('••4242')
  expect(showField({ label: 'CVC', present: true })).toBe('(given)')
  expect(showField({ label: 'Name', value: '' })).toBe('(empty)')
  expect(showField({ label: 'Name', value: 'Ada' })).toBe('Ada')
})
