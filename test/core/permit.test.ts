import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answerOf,
  type CommittingRequest,
  type Permit,
  slotOf,
  withUsed,
} from '../../src/core/permit.ts'

const permit: Permit = {
  requestId: 'HP-1',
  terms: { v: 1, amount: { amountMinor: 18_240, currency: 'EUR' }, recipient: 'shop.example' },
  used: new Set(),
}
const order: CommittingRequest = {
  method: 'POST',
  url: 'https://shop.example/orders',
  terms: permit.terms,
}

describe('a slot', () => {
  test('is method, origin, path and operation; the query and the case of the method do not count', () => {
    const slot = 'POST https://shop.example/orders'
    expect(slotOf(order)).toBe(slot)
    expect(slotOf({ ...order, method: 'post', url: `${order.url}?nonce=1#x` })).toBe(slot)
    expect(slotOf({ ...order, operation: 'PlaceOrder' })).toBe(`${slot} PlaceOrder`)
  })

  test.each([
    { method: 'PUT' },
    { url: 'https://shop.example/orders/2' },
    { url: 'https://other.example/orders' },
    { url: 'https://shop.example:8443/orders' },
    { url: 'http://shop.example/orders' },
    { operation: 'PlaceOrder' },
  ])('%j is another slot', (change) => {
    expect(slotOf({ ...order, ...change })).not.toBe(slotOf(order))
  })
})

describe('a permit', () => {
  const used = withUsed(permit, slotOf(order))

  test('lets the approved terms go, once', () => {
    expect(answerOf(permit, order)).toEqual({ answer: 'release', slot: slotOf(order) })
    expect(answerOf(used, order)).toEqual({ answer: 'refuse-repeat', slot: slotOf(order) })
  })

  test('refuses a repeat whatever it says, also with a new query', () => {
    const { terms: _, ...silent } = order
    for (const again of [silent, { ...order, url: `${order.url}?retry=1` }]) {
      expect(answerOf(used, again)).toMatchObject({ answer: 'refuse-repeat' })
    }
  })

  test('does not let other terms go', () => {
    const dearer = {
      v: 1,
      amount: { amountMinor: 19_900, currency: 'EUR' },
      recipient: 'shop.example',
    } as const
    expect(answerOf(permit, { ...order, terms: dearer })).toEqual({
      answer: 'drifted',
      changed: [{ field: 'total', approved: '182.40 EUR', now: '199.00 EUR' }],
    })
  })

  test('asks about a further step after the first has left, and says drift before that', () => {
    const further = { ...order, url: 'https://shop.example/pay' }
    expect(answerOf(used, further)).toEqual({ answer: 'ask', slot: slotOf(further) })
    const elsewhere = { ...further, terms: { ...permit.terms, recipient: 'evil.example' } }
    expect(answerOf(used, elsewhere)).toMatchObject({ answer: 'drifted' })
  })

  test('is not changed by using it', () => {
    expect(permit.used.size).toBe(0)
    expect([...used.used]).toEqual([slotOf(order)])
  })

  test('of any requests in any order one is released', () => {
    const request = fc.record({
      method: fc.constantFrom('POST', 'PUT'),
      url: fc.constantFrom(
        'https://shop.example/a',
        'https://shop.example/b',
        'https://pay.example/a?x=1',
      ),
    })
    fc.assert(
      fc.property(fc.array(request, { maxLength: 20 }), (requests) => {
        let current = permit
        let released = 0
        for (const each of requests) {
          const answer = answerOf(current, each)
          if (answer.answer !== 'release') continue
          released += 1
          current = withUsed(current, answer.slot)
        }
        expect(released).toBe(Math.min(1, requests.length))
      }),
    )
  })
})
