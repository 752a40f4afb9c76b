import type { Attempt, EditableField, FieldReading, PageSummary } from 'holdpoint/guard'
import { checkoutGuard, formSubmissionGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import { button, call, field, form, page, payable, request, sent } from './attempts.ts'

const TAKES = { min: '', max: '', step: '', maxLength: '' }
const NAME = field({ name: 'name', label: 'Name', value: 'Ada Lovelace', takes: TAKES })
const EMAIL = field({ name: 'email', label: 'E-mail', type: 'email', value: 'ada@example.com' })
const MESSAGE = field({
  name: 'message',
  label: 'Message',
  type: 'textarea',
  value: 'Hello',
  takes: TAKES,
})

function contact(fields: readonly FieldReading[], over: Partial<PageSummary> = {}): PageSummary {
  return page({
    path: '/contact',
    title: 'Contact us',
    headings: ['Contact us'],
    target: button('Send message'),
    form: form('/contact', [NAME, EMAIL, ...fields]),
    ...over,
  })
}

function offered(attempt: Attempt, guard = formSubmissionGuard()): readonly EditableField[] {
  const finding = guard.inspect(attempt)
  if (finding === undefined) throw new Error('passed, where the test needs a hold')
  return finding.editable ?? []
}

const offeredIn = (...fields: FieldReading[]) =>
  offered(call(contact([MESSAGE, ...fields]))).slice(1)

test('a form on a page that shows a total offers nothing: an answer could change what it costs', () => {
  const topic = field({ name: 'topic', label: 'Topic', value: 'Room', takes: TAKES })
  const booking = (over: Partial<PageSummary>) => offered(call(contact([MESSAGE, topic], over)))
  expect(booking({}).length).toBeGreaterThan(0)
  expect(booking({ payable: payable(9_000) })).toEqual([])
})

describe('a form offers what can be changed without sending something else', () => {
  test.each<readonly [string, Partial<FieldReading> & { name: string }, object]>([
    [
      'a text',
      { name: 'topic', label: 'Topic', value: 'Paper', takes: { ...TAKES, maxLength: '40' } },
      { type: 'text', maxLength: 40 },
    ],
    [
      'an empty text',
      { name: 'topic', label: 'Topic', takes: TAKES },
      { type: 'text', value: '', maxLength: 300 },
    ],
    [
      'a whole number',
      {
        name: 'guests',
        label: 'Guests',
        type: 'number',
        value: '4',
        takes: { ...TAKES, min: '1', max: '12' },
      },
      { type: 'number', min: 1, max: 12 },
    ],
    [
      'a date',
      {
        name: 'day',
        label: 'Day',
        type: 'date',
        value: '2026-12-01',
        takes: { ...TAKES, max: '2026-12-24' },
      },
      { type: 'date', max: '2026-12-24' },
    ],
  ])('%s', (_, of, expected) => {
    const [edit] = offeredIn(field(of))
    expect(edit).toMatchObject({ name: of.name, label: of.label, ...expected })
    expect(edit).not.toHaveProperty('isQuantity')
  })

  test('a menu, by its words and values', () => {
    const options = [
      { value: '', label: 'Choose' },
      { value: 'am', label: 'Morning' },
      { value: 'pm', label: 'Afternoon' },
    ]
    const menu = { options, chosen: 'am' }
    const slot = field({
      name: 'slot',
      label: 'Slot',
      type: 'select-one',
      value: 'Morning',
      takes: { ...TAKES, menu },
    })
    expect(offeredIn(slot)).toEqual([
      { name: 'slot', label: 'Slot', value: 'am', type: 'choice', options: options.slice(1) },
    ])
  })

  test('at most eight', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      field({ name: `extra${index}`, label: `Extra ${index}`, value: 'x', takes: TAKES }),
    )
    expect(offered(call(contact([MESSAGE, ...many])))).toHaveLength(8)
  })
})

describe('a form never offers', () => {
  const topic = { name: 'topic', label: 'Topic', value: 'Paper', takes: TAKES }
  test.each<readonly [string, Partial<FieldReading>]>([
    ['who sends it', { name: 'full_name', label: 'Your name' }],
    ['an e-mail address', { name: 'copy', label: 'Copy to', value: 'x@example.com' }],
    ['a recipient', { label: 'Recipient' }],
    ['a recipient by its name', { name: 'recipientCode' }],
    ['an account', { name: 'f7', label: 'Beneficiary', value: '' }],
    ['a currency', { label: 'Currency', value: 'EUR' }],
    ['an amount', { label: 'Budget', value: '500' }],
    ['money, whatever it is called', { value: '20.00 EUR' }],
    ['an address', { label: 'Street', value: 'Torstr. 1' }],
    ['a link', { value: 'https://example.com' }],
    ['a long number', { value: '12345678' }],
    ['what the browser fills in', { autocomplete: 'organization-title' }],
    ['a secret', { secret: true, value: '' }],
    ['what is not seen', { visible: false }],
    ['what cannot be changed', { takes: undefined }],
    ['a text that is longer than it may be', { takes: { ...TAKES, maxLength: '2' } }],
    ['a broken number', { type: 'number', value: '1.5', takes: { ...TAKES, step: 'any' } }],
    ['a name that every object answers to', { name: 'constructor' }],
    ['no name at all', { name: '' }],
  ])('%s', (_, change) => {
    expect(offeredIn(field(topic))).toHaveLength(1)
    expect(offeredIn({ ...field(topic), ...change } as FieldReading)).toEqual([])
  })

  test('one of two that are called alike, in the form or by people, hidden ones included', () => {
    expect(offeredIn(field(topic), field({ ...topic, label: '', visible: false }))).toEqual([])
    expect(offeredIn(field(topic), field({ ...topic, label: 'Other' }))).toEqual([])
    expect(offeredIn(field(topic), field({ ...topic, name: 'other' }))).toEqual([])
  })

  test('a menu whose options cannot be told apart', () => {
    const same = { value: 'am', label: 'Morning' }
    for (const options of [
      [same, { ...same, label: 'Noon' }],
      [same, { ...same, value: 'pm' }],
    ]) {
      const takes = { ...TAKES, menu: { options, chosen: 'am' } }
      expect(offeredIn(field({ ...topic, type: 'select-one', value: 'Morning', takes }))).toEqual(
        [],
      )
    }
  })

  test('fields that stand outside of it', () => {
    const outside = contact([MESSAGE], { otherFields: [field(topic)] })
    expect(offered(call(outside)).map(({ name }) => name)).toEqual(['message'])
  })

  test('anything once a request is on its way, nor by a key, nor on half a page', () => {
    const whole = contact([MESSAGE])
    expect(offered(call(whole, 'press'))).toEqual([])
    expect(offered(call({ ...whole, truncated: true }))).toEqual([])
    const post = request('POST /contact', { fields: [{ name: 'message', value: 'Hello' }] })
    expect(formSubmissionGuard().inspect(sent(post, whole))?.editable).toBeUndefined()
  })
})

describe('an order offers its quantity', () => {
  const quantity = {
    name: 'qty',
    label: 'Quantity',
    type: 'number',
    value: '2',
    takes: { ...TAKES, min: '1', max: '9' },
  }
  const line = { name: 'Paper', quantity: 2, unitMinor: 9_120, totalMinor: 18_240 }

  const order = (fields: readonly FieldReading[], over: Partial<PageSummary> = {}): PageSummary =>
    page({
      path: '/checkout',
      title: 'Checkout',
      target: button('Place order'),
      form: form('/order', fields),
      items: [line],
      payable: payable(18_240),
      ...over,
    })
  const offers = (fields: readonly FieldReading[], over: Partial<PageSummary> = {}) =>
    offered(call(order(fields, over)), checkoutGuard())

  test('to be lowered, and no other field', () => {
    const note = field({ name: 'note', label: 'Note', value: 'Ring', takes: TAKES })
    expect(offers([field(quantity), note])).toEqual([
      {
        name: 'qty',
        label: 'Quantity',
        value: '2',
        type: 'number',
        min: 1,
        max: 2,
        isQuantity: true,
      },
    ])
  })

  test.each<readonly [string, readonly FieldReading[], Partial<PageSummary>]>([
    ['two quantities', [field(quantity), field({ ...quantity, name: 'qty2' })], {}],
    [
      'two lines that could be meant',
      [field(quantity)],
      { items: [line, { ...line, name: 'Pen' }] },
    ],
    ['a line of another count', [field(quantity)], { items: [{ ...line, quantity: 3 }] }],
    ['one piece only', [field({ ...quantity, value: '1' })], { items: [{ ...line, quantity: 1 }] }],
    ['a least that it is at', [field({ ...quantity, takes: { ...TAKES, min: '2' } })], {}],
    ['a quantity that stands outside of the form', [], { otherFields: [field(quantity)] }],
    ['a total that cannot be read', [field(quantity)], { payable: undefined }],
    ['no line at all', [field(quantity)], { items: [] }],
    ['a line without a price', [field(quantity)], { items: [{ name: 'Paper', quantity: 2 }] }],
    ['a hidden one', [field({ ...quantity, visible: false })], {}],
  ])('not with %s', (_, fields, over) => {
    expect(offers(fields, over)).toEqual([])
  })
})
