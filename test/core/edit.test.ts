import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkEdits,
  compareEdited,
  describeEdits,
  type EditableField,
  type EditedValues,
  editableFieldSchema,
  editedTerms,
  editsOf,
  offeredEdits,
  valuesDigest,
} from '../../src/core/edit.ts'
import { definePolicy } from '../../src/core/policy.ts'
import { compareTerms, type Terms } from '../../src/core/terms.ts'

const quantity: EditableField = {
  type: 'number',
  name: 'qty',
  label: 'Quantity',
  value: '2',
  min: 1,
  max: 2,
  isQuantity: true,
}
const note: EditableField = { type: 'text', name: 'note', label: 'Note', value: '', maxLength: 10 }
const guests: EditableField = { type: 'number', name: 'guests', label: 'Guests', value: '4' }
const day: EditableField = {
  type: 'date',
  name: 'day',
  label: 'Day',
  value: '2026-12-01',
  min: '2026-11-22',
  max: '2026-12-24',
}
const slot: EditableField = {
  type: 'choice',
  name: 'slot',
  label: 'Slot',
  value: 'am',
  options: [
    { value: 'am', label: 'Morning' },
    { value: 'pm', label: 'Afternoon' },
  ],
}
const editable = [quantity, note, guests, day, slot]

const terms: Terms = {
  v: 1,
  amount: { amountMinor: 20_240, currency: 'EUR' },
  recipient: 'shop.example',
  quantity: 3,
  items: [
    { name: 'Paper', quantity: 2, unitMinor: 9_120, totalMinor: 18_240 },
    { name: 'Pen', quantity: 1, unitMinor: 2_000, totalMinor: 2_000 },
  ],
  fields: [
    { label: 'Ship to', value: 'Office Berlin' },
    { label: 'Guests', value: '4' },
    { label: 'Day', value: '2026-12-01' },
    { label: 'Slot', value: 'Morning' },
    { label: 'Card', present: true, last4: '4242' },
  ],
  recurrence: 'none',
}

describe('values are held against the fields they are for', () => {
  test.each<readonly [EditedValues, string]>([
    [{ qty: '3' }, 'quantity must be 2 or less'],
    [{ qty: '0' }, 'quantity must be 1 or more'],
    [{ qty: '' }, 'quantity must be a whole number'],
    [{ qty: '1.5' }, 'quantity must be a whole number'],
    [{ qty: '1e3' }, 'quantity must be a whole number'],
    [{ qty: '0x1' }, 'quantity must be a whole number'],
    [{ qty: ' 1' }, 'quantity must be a whole number'],
    [{ guests: '9999999999' }, 'Guests must be a whole number'],
    [{ note: 'eleven char' }, 'Note may have 10 characters at most'],
    [{ note: 'a\u0000b' }, 'Note holds characters that cannot be seen'],
    [{ note: 'a\nb' }, 'Note holds characters that cannot be seen'],
    [{ note: 'a\u202eb' }, 'Note holds characters that cannot be seen'],
    [{ note: '\ud800' }, 'Note holds characters that cannot be seen'],
    [{ day: '2026-11-21' }, 'Day must be 2026-11-22 or later'],
    [{ day: '2026-12-25' }, 'Day must be 2026-12-24 or earlier'],
    [{ day: '2026-11-31' }, 'Day must be a date, such as 2026-12-24'],
    [{ day: '1.12.2026' }, 'Day must be a date, such as 2026-12-24'],
    [{ day: '' }, 'Day must be a date, such as 2026-12-24'],
    [{ slot: 'night' }, 'Slot must be one of its options'],
    [{ slot: 'Afternoon' }, 'Slot must be one of its options'],
    [{ recipient: 'evil.example' }, '“recipient” is no field that may be changed'],
    [{ constructor: 'x' }, '“constructor” is no field that may be changed'],
    [{ qty: '1', 'Ship to': 'Elsewhere' }, '“Ship to” is no field that may be changed'],
  ])('%j: %s', (values, refused) => {
    expect(checkEdits(editable, values)).toEqual({ refused, field: Object.keys(values).at(-1) })
  })

  test('what is in order stays, and what is as it was is dropped', () => {
    const given = { qty: '1', note: '', guests: '-3', day: '2026-12-24', slot: 'am' }
    expect(checkEdits(editable, given)).toEqual({
      values: { qty: '1', guests: '-3', day: '2026-12-24' },
    })
  })
})

describe('the terms with changed values', () => {
  test('a quantity changes its own line, and the amount stays the most that may be paid', () => {
    expect(editedTerms(terms, editable, { qty: '1' })).toEqual({
      ...terms,
      quantity: 2,
      items: [
        { name: 'Paper', quantity: 1, unitMinor: 9_120, totalMinor: 9_120 },
        terms.items?.[1],
      ],
    })
  })

  test('where two lines could be meant, none is changed', () => {
    const twice = { ...terms, items: terms.items?.map((item) => ({ ...item, quantity: 2 })) ?? [] }
    expect(editedTerms(twice, editable, { qty: '1' }).items).toEqual(twice.items)
  })

  test('fields say the new value, a choice its words; one that was empty appears, one that is emptied goes', () => {
    const edited = editedTerms(terms, editable, { slot: 'pm', note: 'Ring' })
    expect(compareTerms(terms, edited)).toEqual([
      { field: 'Slot', approved: 'Morning', now: 'Afternoon' },
      { field: 'Note', approved: 'none', now: 'Ring' },
    ])
    const full = { ...note, value: 'Ring' }
    expect(
      editedTerms({ v: 1, fields: [{ label: 'Note', value: 'Ring' }] }, [full], { note: '' }),
    ).toEqual({
      v: 1,
    })
  })

  const anyValues = fc.dictionary(
    fc.oneof(
      fc.constantFrom('qty', 'note', 'guests', 'day', 'slot', '__proto__', 'recipient'),
      fc.string(),
    ),
    fc.oneof(
      fc.string(),
      fc.integer({ min: -5, max: 9 }).map(String),
      fc.constantFrom('am', 'pm', '2026-12-02', '2027-01-01'),
    ),
  )

  test('no values change anything but the fields they name, and none raises the amount', () => {
    fc.assert(
      fc.property(anyValues, (given) => {
        const checked = checkEdits(editable, given)
        const values = 'values' in checked ? checked.values : {}
        const edited = editedTerms(terms, editable, values)
        const { amount, recipient, recurrence } = edited
        expect({ amount, recipient, recurrence }).toEqual({
          amount: terms.amount,
          recipient: terms.recipient,
          recurrence: terms.recurrence,
        })
        if (values.qty === undefined) expect(edited.items).toEqual(terms.items)
        expect(edited.quantity).toBeLessThanOrEqual(3)
        const named = new Set(
          editable.filter(({ name }) => Object.hasOwn(values, name)).map(({ label }) => label),
        )
        const others = (of: Terms) => of.fields?.filter(({ label }) => !named.has(label))
        expect(others(edited)).toEqual(others(terms))
      }),
      { numRuns: 300 },
    )
  })
})

describe('what the page makes of the values', () => {
  const values = { qty: '1' }
  const after: Terms = {
    ...editedTerms(terms, editable, values),
    amount: { amountMinor: 11_120, currency: 'EUR' },
  }
  const compare = (now: Terms) => compareEdited(terms, { editable, values }, now)

  test('a lower total with the same price of each is what was approved', () => {
    expect(compare(after)).toEqual([])
  })

  test.each<readonly [string, Partial<Terms>, string]>([
    ['a higher total', { amount: { amountMinor: 20_241, currency: 'EUR' } }, 'total'],
    ['another currency', { amount: { amountMinor: 1, currency: 'USD' } }, 'total'],
    ['another recipient', { recipient: 'evil.example' }, 'recipient'],
    ['the old quantity', { quantity: 3 }, 'quantity'],
    ['another line', { items: terms.items ?? [] }, 'items'],
    ['a subscription', { recurrence: 'recurring' }, 'recurring'],
    ['another address', { fields: [{ label: 'Ship to', value: 'Elsewhere' }] }, 'Ship to'],
  ])('%s is not', (_, change, field) => {
    expect(compare({ ...after, ...change }).map((one) => one.field)).toContain(field)
  })

  test('a higher price of each is not, though the total is lower', () => {
    const items = [
      { name: 'Paper', quantity: 1, totalMinor: 15_000 },
      ...(after.items ?? []).slice(1),
    ]
    expect(compare({ ...after, items })).toEqual([
      { field: 'price of Paper', approved: '91.20 EUR', now: '150.00 EUR' },
    ])
  })

  test('a price that cannot be read any more is not', () => {
    const items = (after.items ?? []).map(({ name, quantity: count }) => ({
      name,
      quantity: count,
    }))
    expect(compare({ ...after, items })[0]).toMatchObject({
      field: 'price of Paper',
      now: 'unreadable',
    })
  })
})

test('the changes are told by what people see: labels, and the words of options', () => {
  const edits = editsOf(editable, { qty: '1', slot: 'pm', note: 'x', day: '2026-12-01' })
  expect(describeEdits(edits)).toBe('quantity 2 → 1, Note (empty) → x, Slot Morning → Afternoon')
})

test('nothing is offered unless the policy says so, nor where several must agree', () => {
  const policy = definePolicy({ reviewers: ['grace', 'ada'], allowEdits: true })
  const evidence = { editable }
  expect(offeredEdits({ policy, evidence })).toEqual(editable)
  expect(offeredEdits({ policy, evidence: {} })).toEqual([])
  expect(offeredEdits({ policy: { ...policy, allowEdits: false }, evidence })).toEqual([])
  expect(offeredEdits({ policy: { ...policy, quorum: 2 }, evidence })).toEqual([])
})

test('the digest tells names from values, whatever their order', () => {
  expect(valuesDigest({ a: '1', b: '2' })).toBe(valuesDigest({ b: '2', a: '1' }))
  const digests = [{ a: '1' }, { a: '2' }, { b: '1' }, {}].map(valuesDigest)
  expect(new Set(digests).size).toBe(4)
})

test('a field of each type is stored as it is, and nothing beside', () => {
  for (const field of editable) expect(editableFieldSchema.parse(field)).toEqual(field)
  expect(editableFieldSchema.safeParse({ ...note, secret: 'x' }).success).toBe(false)
})
