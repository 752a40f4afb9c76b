import { expect, test, vi } from 'vitest'
import type { Desk } from '../../src/deciding/desk.ts'
import {
  claimExecution,
  finishExecution,
  sentExecution,
  startExecution,
} from '../../src/deciding/execute.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { untilSettled } from '../../src/deciding/until-settled.ts'
import type { Store } from '../../src/ports/store.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { useStore } from '../support/store.ts'

const context = useStore()
const MINUTE_MS = 60_000
const never = new AbortController().signal

async function opened(change: Partial<Store> = {}) {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft(), [picture])
  const watched: Desk = { ...desk, store: watching(context.store, change) }
  return { desk, request, watched }
}

/** Approved, and its wake-up has been heard, so that it cannot come into a later wait. */
async function approvedBefore() {
  const { desk, request } = await opened()
  const woken = vi.fn()
  const subscription = await context.store.onWake(request.id, woken)
  await answer(desk, request, 'grace', 'approve')
  await eventually(() => expect(woken).toHaveBeenCalledTimes(1))
  subscription.close()
  return { desk, request }
}

/** The store, with some of its methods replaced, and its reads of a standing counted. */
function watching(store: Store, change: Partial<Store>): Store {
  return new Proxy(store, {
    get(target, key) {
      const value = Reflect.get(change, key) ?? Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** A wait of a minute, how often it has looked, and whether it is over. */
function waiting(desk: Desk, requestId: string) {
  const standing = vi.fn((id: string) => context.store.standing(id))
  const wait = { ended: false, looks: () => standing.mock.calls.length }
  const watched = { ...desk, store: watching(desk.store, { standing }) }
  const over = untilSettled(watched, requestId, { waitMs: MINUTE_MS, signal: never }).then(() => {
    wait.ended = true
  })
  return Object.assign(wait, { over })
}

test('it looks once for every wake-up, and ends when what was approved is done', async () => {
  const { desk, request } = await opened()
  const wait = waiting(desk, request.id)
  await eventually(() => expect(wait.looks()).toBe(1))
  await answer(desk, request, 'grace', 'approve')
  const claim = await claimExecution(desk, request.id, 'worker')
  await startExecution(desk, claim)
  await sentExecution(desk, claim)
  await eventually(() => expect(wait.looks()).toBe(2))
  expect(wait.ended).toBe(false)
  await finishExecution(desk, claim, 'succeeded', { label: 'order 10042' })
  await wait.over
  expect(wait.looks()).toBe(3)
})

test('an approval that nobody claims is not waited for to the end of the wait', async () => {
  const { desk, request } = await approvedBefore()
  const wait = waiting(desk, request.id)
  await wait.over
  // At once, and when a call that waits would have claimed it.
  expect(wait.looks()).toBe(2)
})

test('an approval that is claimed late is waited for all the same', async () => {
  const { desk, request } = await approvedBefore()
  const wait = waiting(desk, request.id)
  await eventually(() => expect(wait.looks()).toBe(1))
  // Claiming wakes nobody.
  const claim = await claimExecution(desk, request.id, 'worker')
  await eventually(() => expect(wait.looks()).toBe(2))
  expect(wait.ended).toBe(false)
  await finishExecution(desk, claim, 'failed')
  await wait.over
})

test('what follows a drift wakes who waits for the request before it', async () => {
  const { desk, request } = await opened()
  const woken = vi.fn()
  const subscription = await context.store.onWake(request.id, woken)
  const follows = { requestId: request.id, changed: [] }
  await openRequest(desk, draft({ follows }), [picture])
  await eventually(() => expect(woken).toHaveBeenCalled())
  subscription.close()
})

test('it waits until the deadline, and not a moment longer', async () => {
  const { desk, request } = await opened()
  desk.clock.advance(request.expiresAt.getTime() - desk.clock.now().getTime())
  const wait = waiting(desk, request.id)
  await wait.over
  expect(wait.looks()).toBe(1)
})

test('its time ends it, whatever it waits for', async () => {
  const { watched, request } = await opened()
  await untilSettled(watched, request.id, { waitMs: 1, signal: never })
  await untilSettled(watched, request.id, { waitMs: 0, signal: never })
  expect((await context.store.read(request.id))?.state).toBe('pending')
})

test('it subscribes before it reads, and unsubscribes however it ends', async () => {
  const order: string[] = []
  const { watched, request } = await opened({
    async onWake(requestId, onWake) {
      const subscription = await context.store.onWake(requestId, onWake)
      order.push('subscribed')
      return {
        close() {
          order.push('unsubscribed')
          subscription.close()
        },
      }
    },
    standing(requestId) {
      order.push('read')
      return context.store.standing(requestId)
    },
  })
  await untilSettled(watched, request.id, { waitMs: 0, signal: never })
  expect(order.splice(0)).toEqual(['subscribed', 'read', 'unsubscribed'])
  const stop = new AbortController()
  const stopped = untilSettled(watched, request.id, { waitMs: MINUTE_MS, signal: stop.signal })
  await eventually(() => expect(order).toContain('read'))
  stop.abort(new Error('enough'))
  await expect(stopped).rejects.toThrow('enough')
  await expect(
    untilSettled(watched, 'HP-999', { waitMs: MINUTE_MS, signal: never }),
  ).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_NOT_FOUND' })
  expect(order.filter((step) => step === 'unsubscribed')).toHaveLength(2)
})

test('a signal that has aborted before is not waited with', async () => {
  const { watched, request } = await opened()
  const gone = AbortSignal.abort(new Error('gone'))
  await expect(
    untilSettled(watched, request.id, { waitMs: MINUTE_MS, signal: gone }),
  ).rejects.toThrow('gone')
})
