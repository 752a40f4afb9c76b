import type { PageSummary, RequestFacts, Terms } from 'holdpoint/guard'
import { checkoutGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import { body, button, call, lastPage, page, request, sent } from './attempts.ts'

const guard = checkoutGuard()

function termsOf(attempt: Parameters<typeof guard.inspect>[0]): Terms {
  const finding = guard.inspect(attempt)
  if (finding === undefined) throw new Error('passed, where the test needs a hold')
  return finding.terms
}

const place = (over: Partial<RequestFacts> = {}): RequestFacts => request('POST /order/place', over)

describe('amount', () => {
  const amountFor = (
    fields: Record<string, string>,
    summary: PageSummary | undefined = lastPage('x'),
  ): unknown => termsOf(sent(place(body(fields)), summary)).amount

  const SHOWN = { amountMinor: 18_240, currency: 'EUR' }

  test.each([
    [{ total: '199.00' }, 19_900],
    [{ 'order.grand_total': '199,00' }, 19_900],
    [{ amount: '19900', currency: 'eur' }, 1_990_000],
    [{ amount_cents: '19900' }, 19_900],
    [{ price: '199.00' }, 19_900],
    [{ 'amount.value': '1,820.00', 'amount.currency_code': 'EUR' }, 182_000],
    [{ total: '199.00 EUR' }, 19_900],
  ])('a body that asks for more than the page counts: %o', (fields, amountMinor) => {
    expect(amountFor(fields)).toEqual({ amountMinor, currency: 'EUR' })
  })

  test.each([
    [{ total: '182.40' }],
    [{ amount: '18240' }],
    [{ total: '1.00' }],
    [{ total: '15000' }],
    [{ subtotal: '999.00' }],
    [{ 'items.0.price': '999.00' }],
    [{ list_price: '999.00' }],
    [{ price: '4500' }],
    [{ total: 'ten thousand' }],
    [{ note: '999.00' }],
  ])('a body that agrees, asks for less or speaks of something else does not: %o', (fields) => {
    expect(amountFor(fields)).toEqual(SHOWN)
  })

  test('another currency in the body is another amount', () => {
    expect(amountFor({ total: '182.40', currency: 'GBP' })).toEqual({
      amountMinor: 18_240,
      currency: 'GBP',
    })
  })

  test('without a page the body says it, and without either it is unreadable', () => {
    const noPage = (fields: Record<string, string>): unknown =>
      termsOf(sent(place(body(fields)))).amount
    expect(noPage({ total: '12.50', currency: 'USD' })).toEqual({
      amountMinor: 1_250,
      currency: 'USD',
    })
    expect(noPage({ total: '1250', currency: 'USD' })).toEqual({
      amountMinor: 125_000,
      currency: 'USD',
    })
    expect(noPage({ total: '12.50' })).toBe('unreadable')
    expect(noPage({})).toBe('unreadable')
  })

  test('the label of the button is read where the page shows no total', () => {
    expect(termsOf(call(page({ target: button('Pay $20.00') }))).amount).toEqual({
      amountMinor: 2_000,
      currency: 'USD',
    })
    expect(termsOf(call(page({ target: button('Pay') }))).amount).toBe('unreadable')
  })
})
