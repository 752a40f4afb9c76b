import type { PageSummary, RequestFacts, Terms } from 'holdpoint/guard'
import { checkoutGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import { equalTerms } from '../../src/core/terms.ts'
import {
  body,
  button,
  call,
  field,
  form,
  lastPage,
  page,
  payable,
  request,
  sent,
} from './attempts.ts'

const guard = checkoutGuard()

function termsOf(attempt: Parameters<typeof guard.inspect>[0]): Terms {
  const finding = guard.inspect(attempt)
  if (finding === undefined) throw new Error('passed, where the test needs a hold')
  return finding.terms
}

const place = (over: Partial<RequestFacts> = {}): RequestFacts => request('POST /order/place', over)

test('the terms say how much, to whom, what, and what was filled in', () => {
  expect(termsOf(call(lastPage('Place order')))).toEqual({
    v: 1,
    amount: { amountMinor: 18_240, currency: 'EUR' },
    recipient: 'shop.example',
    quantity: 2,
    items: [{ name: 'Printer paper A4', quantity: 2, totalMinor: 17_000 }],
    fields: [
      { label: 'E-mail', value: 'ada@example.com' },
      { label: 'Card number', present: true, last4: '4242' },
    ],
    recurrence: 'none',
  })
})

describe('the same page state gives the same terms', () => {
  const before = termsOf(call(lastPage('Place order')))
  const changed: ReadonlyArray<readonly [string, PageSummary]> = [
    ['another label on the button', lastPage('Place order (12 s left)')],
    [
      'another place of the button',
      lastPage('Place order', {
        target: button('Place order', { id: 'x9', rect: { x: 1, y: 2, width: 3, height: 4 } }),
      }),
    ],
    [
      'another token in a hidden field',
      withField(field({ name: '_token', type: 'hidden', value: 'other' })),
    ],
    ['a countdown', withField(field({ name: 'timeleft', label: 'Time left', value: '04:59' }))],
    [
      'a nonce in a visible field',
      withField(field({ name: 'ref', value: '3f2a1b4c-0000-4000-8000-123456789abc' })),
    ],
    [
      'another search in the header',
      {
        ...lastPage('Place order'),
        otherFields: [field({ name: 'q', type: 'search', value: 'ink' })],
      },
    ],
    [
      'small print, headings and title',
      lastPage('Place order', { notes: ['x'], headings: ['Pay'], title: 'Pay' }),
    ],
    [
      'what else the page shows as a total',
      lastPage('Place order', {
        payable: { ...payable(18_240), places: 4, disagreeing: ['1.00 EUR'] },
      }),
    ],
  ]
  test.each(changed)('whatever happens to %s', (_, summary) => {
    expect(equalTerms(termsOf(call(summary)), before)).toBe(true)
  })

  test('seen as a call, as a page event and as the request it sends', () => {
    const { target: _, ...summary } = lastPage('Place order')
    const event = { ...call(summary, 'submit'), via: 'page-event' as const }
    const submitted = {
      ...event,
      page: {
        ...summary,
        form: { ...form('/x', summary.form?.fields ?? []), submitter: 'Place order' },
      },
    }
    expect(equalTerms(termsOf(submitted), before)).toBe(true)
    expect(equalTerms(termsOf(sent(place(), summary)), before)).toBe(true)
  })

  test('whether a field stands inside the form or beside it', () => {
    const summary = lastPage('Place order')
    const fields = summary.form?.fields ?? []
    const { form: _, ...rest } = summary
    expect(equalTerms(termsOf(call({ ...rest, otherFields: [...fields].reverse() })), before)).toBe(
      true,
    )
  })

  function withField(extra: ReturnType<typeof field>): PageSummary {
    const summary = lastPage('Place order')
    return {
      ...summary,
      form: form('/checkout/finish-it', [...(summary.form?.fields ?? []), extra]),
    }
  }
})

describe('fields', () => {
  const shown = (extra: ReturnType<typeof field>): unknown =>
    termsOf(call(page({ target: button('Pay now'), otherFields: [extra] }))).fields?.[0]

  test.each([
    ['a security code', field({ name: 'cvc', value: '123' })],
    ['a password', field({ name: 'p', type: 'password', value: 'hunter2' })],
    ['a one-time code', field({ name: 'otp', autocomplete: 'one-time-code', value: '123456' })],
    ['an expiry date', field({ name: 'x', autocomplete: 'cc-exp', value: '12/30' })],
    ['an unnamed secret', field({ name: 'x', label: 'Answer', value: 'Rex', secret: true })],
    ['an empty field', field({ name: 'street', label: 'Street' })],
    ['a field nobody sees', field({ name: 'street', label: 'Street', value: 'x', visible: false })],
    [
      'a box that is not ticked',
      field({ name: 'gift', label: 'Gift', type: 'checkbox', value: 'on', checked: false }),
    ],
    [
      'a choice that is not chosen',
      field({ name: 'ship', label: 'Fast', type: 'radio', value: 'f', checked: false }),
    ],
  ])('%s is left out', (_, extra) => {
    expect(shown(extra)).toBeUndefined()
  })

  test.each([
    [
      'a chosen delivery',
      field({
        name: 'shipping_method',
        label: 'Express',
        type: 'radio',
        value: 'x',
        checked: true,
      }),
      { label: 'shipping method', value: 'Express' },
    ],
    [
      'a ticked box',
      field({
        name: 'agb',
        label: 'I accept the terms',
        type: 'checkbox',
        value: '1',
        checked: true,
      }),
      { label: 'I accept the terms', value: 'yes' },
    ],
    [
      'a field without a label by its name',
      field({ name: 'shipTo[city]', value: 'Köln' }),
      { label: 'ship to city', value: 'Köln' },
    ],
    [
      'a card number that nobody called one',
      field({ name: 'n', label: 'Number', value: '4242 4242 4242 4242' }),
      { label: 'Number', present: true, last4: '4242' },
    ],
    [
      'an account number',
      field({ name: 'iban', label: 'IBAN', value: 'DE89370400440532013000' }),
      { label: 'IBAN', present: true, last4: '3000' },
    ],
    [
      'a running clock cut out of a choice',
      field({
        name: 'ship',
        label: 'Today (order within 2 h 13 min)',
        type: 'radio',
        value: 'x',
        checked: true,
      }),
      { label: 'ship', value: 'Today (order within )' },
    ],
  ])('%s is shown', (_, extra, expected) => {
    expect(shown(extra)).toEqual(expected)
  })
})

describe('recipient', () => {
  test('is the host of the page, as the browser says it', () => {
    expect(termsOf(call(lastPage('Pay'))).recipient).toBe('shop.example')
    expect(
      termsOf(
        sent(
          request('POST https://api.stripe.com/v1/payment_intents/pi_1/confirm'),
          lastPage('Pay'),
        ),
      ).recipient,
    ).toBe('shop.example')
  })

  test('is the host of the form where that is another origin', () => {
    const summary = lastPage('Pay', { form: form('https://psp.example/pay', []) })
    expect(termsOf(call(summary)).recipient).toBe('psp.example')
  })

  test('is the host of the request where there is no page', () => {
    expect(termsOf(sent(place())).recipient).toBe('shop.example')
  })
})

test('a subscription is said to recur, by the page or by the form', () => {
  expect(termsOf(call(lastPage('Pay', { recurring: true }))).recurrence).toBe('recurring')
  const hidden = form('/x', [field({ name: 'recurring', type: 'hidden', value: '1' })])
  expect(termsOf(call(lastPage('Pay', { form: hidden }))).recurrence).toBe('recurring')
  expect(termsOf(sent(place(body({ is_recurring: 'true' })), lastPage('Pay'))).recurrence).toBe(
    'recurring',
  )
})

test('the quantity is the sum over the items, or the field where none could be read', () => {
  const items = [
    { name: 'a', quantity: 2 },
    { name: 'b', quantity: 3 },
  ]
  expect(termsOf(call(lastPage('Pay', { items }))).quantity).toBe(5)
  const one = page({
    target: button('Buy it now'),
    otherFields: [field({ name: 'qty', value: '4' })],
  })
  expect(termsOf(call(one)).quantity).toBe(4)
})

test('without a page the body gives the known fields, masked', () => {
  const fields = body({
    email: 'ada@example.com',
    'card[number]': '4242424242424242',
    cvc: '123',
    password: 'x',
    zzz: 'y',
  })
  expect(termsOf(sent(place(fields))).fields).toEqual([
    { label: 'email', value: 'ada@example.com' },
    { label: 'card number', present: true, last4: '4242' },
  ])
})
