import { expect, test, vi } from 'vitest'
import type { ContextGuard } from '../../../../src/adapters/playwright/context-guard.ts'
import { redirectOf } from '../../../../src/adapters/playwright/gate/redirects.ts'
import { paused } from './paused.ts'

/** A guard as far as redirects read it: what it has let go, here one request of the shop. */
function released(method = 'POST') {
  const onCrossSite = vi.fn<(url: string) => void>()
  const byId = new Map([['first', { origin: 'https://shop.example', method, onCrossSite }]])
  return { onCrossSite, byId, guard: { released: byId } as unknown as ContextGuard }
}

function hop(change: Parameters<typeof paused>[0] = {}) {
  return { ...paused({ redirectedFrom: 'first', ...change }), requestId: 'second' }
}

test('a request that is no hop is judged by itself', () => {
  const { guard } = released()
  expect(redirectOf(guard, paused())).toBeUndefined()
})

test('a hop after a request that nobody let go is judged by itself', () => {
  const { guard } = released()
  expect(redirectOf(guard, hop({ redirectedFrom: 'unknown' }))).toBeUndefined()
})

test.each(['GET', 'HEAD'])(
  'a hop that became a %s is judged like any other, on another site too',
  (method) => {
    const { guard, onCrossSite } = released()
    expect(redirectOf(guard, hop({ method }))).toBeUndefined()
    expect(redirectOf(guard, hop({ method, url: 'https://pay.example/3ds' }))).toBeUndefined()
    expect(onCrossSite).not.toHaveBeenCalled()
  },
)

test('where an approved link leads within its site is part of it; another site is judged', () => {
  const { guard } = released('GET')
  const url = 'https://www.shop.example/order/place'
  expect(redirectOf(guard, hop({ method: 'GET', url }))).toEqual({ do: 'continue' })
  const elsewhere = 'https://other.example/order/place'
  expect(redirectOf(guard, hop({ method: 'GET', url: elsewhere }))).toBeUndefined()
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'a %s that is carried on within the site keeps its slot',
  (method) => {
    const { guard, onCrossSite } = released()
    const url = 'https://www.shop.example/order/2'
    expect(redirectOf(guard, hop({ method, url }))).toEqual({ do: 'continue' })
    expect(onCrossSite).not.toHaveBeenCalled()
  },
)

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'a %s that would be carried on to another site is stopped, and its order is told',
  (method) => {
    const { guard, onCrossSite } = released()
    const url = 'https://evil.example/collect?total=182.40'
    expect(redirectOf(guard, hop({ method, url }))).toEqual({ do: 'abort' })
    expect(onCrossSite.mock.calls).toEqual([[url]])
  },
)

test('every hop of a chain is known by the first, however long the chain', () => {
  const { guard, onCrossSite } = released()
  for (let number = 0; number < 20; number += 1) {
    const event = hop({ redirectedFrom: number === 0 ? 'first' : `hop-${number}` })
    expect(redirectOf(guard, { ...event, requestId: `hop-${number + 1}` })).toEqual({
      do: 'continue',
    })
  }
  const away = hop({ redirectedFrom: 'hop-20', url: 'https://evil.example/' })
  expect(redirectOf(guard, away)).toEqual({ do: 'abort' })
  expect(onCrossSite).toHaveBeenCalledTimes(1)
})

test('a chain that leaves by GET and comes to carry bytes elsewhere is still stopped', () => {
  const { guard } = released()
  const out = { ...hop({ method: 'GET', url: 'https://pay.example/' }), requestId: 'out' }
  expect(redirectOf(guard, out)).toBeUndefined()
  const on = hop({ redirectedFrom: 'out', method: 'POST', url: 'https://pay.example/take' })
  expect(redirectOf(guard, on)).toEqual({ do: 'abort' })
})
