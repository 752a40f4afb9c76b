import { expect, test, vi } from 'vitest'
import { HoldpointError } from '../../src/core/errors.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { endingOf, untilEnded } from '../../src/deciding/waiting.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { systemClock } from '../../src/ports/clock.ts'
import type { Store } from '../../src/ports/store.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

const ended = async (...given: Parameters<typeof untilEnded>) =>
  endingOf(await untilEnded(...given))

async function opened(policy = {}) {
  const desk = await testDesk(context.store, { policy })
  return { desk, request: await openRequest(desk, draft(), [picture]) }
}

/** The desk with a store of which a test replaces some parts. */
function withStore<D extends { readonly store: Store }>(desk: D, change: Partial<Store>): D {
  const { store } = desk
  const bound = new Proxy(store, {
    get: (target, name) =>
      Reflect.get(change, name) ??
      (typeof Reflect.get(target, name) === 'function'
        ? Reflect.get(target, name).bind(target)
        : Reflect.get(target, name)),
  })
  return { ...desk, store: bound }
}

test('a decision that comes before the wait is kept for it', async () => {
  const { desk, request } = await opened()
  const { request: closed } = await answer(desk, request, 'grace', 'approve')
  expect(await ended(desk, request.id)).toEqual({
    requestId: request.id,
    state: 'approved',
    verdict: closed.verdict,
  })
})

test('a decision that falls between the subscription and the read is not missed', async () => {
  const { desk, request } = await opened()
  const order: string[] = []
  const between = withStore(desk, {
    async onWake(requestId, onWake) {
      const subscription = await desk.store.onWake(requestId, onWake)
      order.push('subscribed')
      await answer(desk, request, 'grace', 'reject', { reason: 'no' })
      return subscription
    },
    standing(requestId) {
      order.push('read')
      return desk.store.standing(requestId)
    },
  })
  expect(await ended(between, request.id)).toMatchObject({ state: 'rejected' })
  expect(order).toEqual(['subscribed', 'read'])
})

test('every waiter of a request is woken by its end, and none by that of another', async () => {
  const { desk, request } = await opened()
  const other = await openRequest(desk, draft(), [picture])
  const stop = new AbortController()
  const elsewhere = ended(desk, other.id, stop.signal)
  const waiting = [ended(desk, request.id), ended(desk, request.id)]
  await withdraw(desk, request.id, 'the page was closed')
  for (const ending of await Promise.all(waiting)) {
    expect(ending).toEqual({
      requestId: request.id,
      state: 'withdrawn',
      reason: 'the page was closed',
    })
  }
  stop.abort(new Error('enough'))
  await expect(elsewhere).rejects.toThrow('enough')
})

test('a vote that does not settle it does not end the wait', async () => {
  const { desk, request } = await opened({ quorum: 2 })
  const waiting = ended(desk, request.id)
  await answer(desk, request, 'ada', 'approve')
  await answer(desk, request, 'grace', 'approve')
  expect(await waiting).toMatchObject({ state: 'approved' })
})

test('an aborted wait rejects with its reason and leaves no subscription behind', async () => {
  const { desk, request } = await opened()
  const close = vi.fn()
  const watched = withStore(desk, {
    async onWake(requestId, onWake) {
      const subscription = await desk.store.onWake(requestId, onWake)
      return {
        close() {
          close()
          subscription.close()
        },
      }
    },
  })
  const stop = new AbortController()
  const waiting = ended(watched, request.id, stop.signal)
  stop.abort('the page was closed')
  await expect(waiting).rejects.toBe('the page was closed')
  expect(close).toHaveBeenCalledTimes(1)
  await expect(ended(watched, request.id, stop.signal)).rejects.toBe('the page was closed')
  expect(close).toHaveBeenCalledTimes(1)
})

test('a waiter applies the deadline itself', async () => {
  const desk = {
    ...(await testDesk(context.store, { policy: { expiresAfterMs: 50 } })),
    clock: systemClock,
  }
  const { id } = await openRequest(desk, draft(), [picture])
  expect(await ended(desk, id)).toEqual({ requestId: id, state: 'expired' })
  expect(await context.store.read(id)).toMatchObject({ state: 'expired' })
})

test('while the store does not answer the wait goes on', async () => {
  const { desk, request } = await opened()
  let wake = (): void => {}
  let down = false
  const asked = vi.fn()
  const flaky = withStore(desk, {
    async onWake(requestId, onWake) {
      wake = onWake
      return desk.store.onWake(requestId, () => {})
    },
    async standing(requestId) {
      asked()
      if (down) throw new HoldpointError('HP_ERR_STORE_UNAVAILABLE', 'no answer')
      return desk.store.standing(requestId)
    },
  })
  const waiting = ended(flaky, request.id)
  await eventually(() => expect(asked).toHaveBeenCalledTimes(1))
  down = true
  wake()
  await eventually(() => expect(asked).toHaveBeenCalledTimes(2))
  down = false
  await answer(desk, request, 'grace', 'approve')
  wake()
  expect(await waiting).toMatchObject({ state: 'approved' })
})

test('a store that does not answer when the deadline has passed ends the wait with its error', async () => {
  const { desk, request } = await opened()
  let wake = (): void => {}
  const dead = withStore(desk, {
    async onWake(_, onWake) {
      wake = onWake
      return { close() {} }
    },
    transaction: () => Promise.reject(new HoldpointError('HP_ERR_STORE_UNAVAILABLE', 'no answer')),
  })
  const waiting = ended(dead, request.id)
  desk.clock.advance(desk.policy.expiresAfterMs)
  await eventually(() => {
    wake()
    return expect(waiting).rejects.toMatchObject({ code: 'HP_ERR_STORE_UNAVAILABLE' })
  })
})

test('a number that was never given is an error', async () => {
  const { desk } = await opened()
  await expect(ended(desk, 'HP-9')).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_NOT_FOUND' })
})
