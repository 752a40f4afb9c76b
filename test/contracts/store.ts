import { describe, expect, test, vi } from 'vitest'
import { evidenceDigest } from '../../src/core/evidence.ts'
import { termsDigest } from '../../src/core/terms.ts'
import type { Store } from '../../src/ports/store.ts'
import { draft } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { describeStoreExecutions } from './store-executions.ts'
import {
  at,
  decision,
  fact,
  newRequest,
  type OpenedStore,
  type OpenStore,
  useOpened,
} from './store-kit.ts'
import { describeStoreRecords } from './store-records.ts'
import { describeStoreSignals } from './store-signals.ts'
import { describeStoreTold } from './store-told.ts'

/** What every implementation of the `Store` port does. `open` gives a store on a database without requests. */
export function describeStore(name: string, open: OpenStore): void {
  describe(`Store on ${name}`, () => {
    const opened = useOpened(open)
    describeRequests(opened)
    describeTransactions(opened)
    describeStoreRecords(opened)
    describeStoreExecutions(opened)
    describeStoreSignals(opened)
    describeStoreTold(opened)
  })
}

function describeRequests(opened: OpenedStore): void {
  describe('requests', () => {
    test('a new request is pending, has the next number, and comes back as it was given', async () => {
      const given = newRequest({
        onBehalfOf: 'ada',
        task: 'Buy paper',
        says: 'cheapest "in stock"',
        confidence: 0.75,
        idempotencyKey: 'order-1',
        warnings: ['the body could not be read'],
      })
      const first = await opened.store.transaction((tx) => tx.insertRequest(given))
      const follows = { requestId: first, changed: [{ field: 'total', approved: '1', now: '2' }] }
      const second = await opened.insert({ follows })
      expect([first, second]).toEqual(['HP-1', 'HP-2'])
      expect(await opened.store.read(first)).toEqual({
        ...given,
        id: 'HP-1',
        state: 'pending',
        decisions: [],
        execution: { state: 'none', token: 0 },
      })
      expect((await opened.store.read(second))?.follows).toEqual(follows)
      expect(await opened.store.followerOf(first)).toBe(second)
      expect(await opened.store.followerOf(second)).toBeUndefined()
    })

    test('a number that was never given reads as undefined, and cannot be locked', async () => {
      expect(await opened.store.read('HP-7')).toBeUndefined()
      expect(await opened.store.transaction((tx) => tx.lock('HP-7'))).toBeUndefined()
    })

    test('text that a hostile page wrote keeps its digest', async () => {
      const nasty = 'NUL \0, half a pair \ud83d, a pair 😀, "quotes", \\ and {braces}, \u202e'
      const { evidence, terms } = draft()
      const given = newRequest({
        task: 'a \0 task',
        terms: { ...terms, fields: [{ label: nasty, value: nasty }] },
        evidence: { ...evidence, summary: { ...evidence.summary, headings: [nasty] } },
      })
      const id = await opened.store.transaction((tx) => tx.insertRequest(given))
      const request = await opened.store.read(id)
      expect(request?.terms).toEqual(given.terms)
      expect(termsDigest(request?.terms ?? { v: 1 })).toBe(given.termsDigest)
      expect(evidenceDigest(request?.evidence ?? evidence)).toBe(given.evidenceDigest)
      expect(request?.task).toBe('a  task')
    })

    test('a list has the newest first, and each filter leaves out what does not fit', async () => {
      await opened.insert({ agent: 'shopper' })
      await opened.insert({ agent: 'clerk', expiresAt: at(30) })
      await opened.insert({ openedAt: at(2), identityDigest: 'c'.repeat(64), idempotencyKey: 'k' })
      await opened.store.transaction((tx) =>
        tx.updateRequest('HP-2', { state: 'expired', closedAt: at(31) }),
      )
      const list = async (filter: Parameters<Store['list']>[0]): Promise<string> =>
        (await opened.store.list(filter)).map(({ id }) => id).join(' ')
      expect(await list({})).toBe('HP-3 HP-2 HP-1')
      expect(await list({ limit: 2 })).toBe('HP-3 HP-2')
      expect(await list({ states: ['pending'] })).toBe('HP-3 HP-1')
      expect(await list({ states: [] })).toBe('')
      expect(await list({ agent: 'clerk' })).toBe('HP-2')
      expect(await list({ identityDigest: 'c'.repeat(64) })).toBe('HP-3')
      expect(await list({ idempotencyKey: 'k' })).toBe('HP-3')
      expect(await list({ openedAfter: at(1) })).toBe('HP-3')
      expect(await list({ expiresBy: at(15) })).toBe('HP-3 HP-1')
      expect(await list({ expiresBy: new Date(at(15).getTime() - 1) })).toBe('')
      expect(await list({ executionStates: ['claimed'] })).toBe('')
      expect(await list({ agent: 'shopper', openedAfter: at(1) })).toBe('HP-3')
      expect(await opened.store.count({ states: ['pending'], limit: 1 })).toBe(2)
      expect(await opened.store.count({})).toBe(3)
    })

    test('an update changes the parts it names and no others', async () => {
      const id = await opened.insert()
      const before = await opened.store.read(id)
      await opened.store.transaction((tx) =>
        tx.updateRequest(id, { state: 'approved', closedAt: at(1), verdict: 'jws' }),
      )
      const execution = {
        state: 'claimed',
        token: 3,
        owner: 'worker',
        leaseUntil: at(2),
        label: 'order 10042',
        status: 200,
      } as const
      await opened.store.transaction((tx) => tx.updateRequest(id, { execution }))
      expect(await opened.store.read(id)).toEqual({
        ...before,
        state: 'approved',
        closedAt: at(1),
        verdict: 'jws',
        execution,
      })
      await opened.store.transaction((tx) =>
        tx.updateRequest(id, { execution: { state: 'none', token: 3 } }),
      )
      expect((await opened.store.read(id))?.execution).toEqual({ state: 'none', token: 3 })
    })

    test.each([
      ['approved without a verdict', { state: 'approved', closedAt: at(1) }],
      ['closed without a time', { state: 'withdrawn' }],
      ['started while it is pending', { execution: { state: 'started', token: 1 } }],
    ] as const)('the database refuses a request that is %s', async (_, change) => {
      const id = await opened.insert()
      await expect(
        opened.store.transaction((tx) => tx.updateRequest(id, change)),
      ).rejects.toMatchObject({ code: '23514' })
    })

    test('one agent cannot have two requests with one idempotency key', async () => {
      await opened.insert({ idempotencyKey: 'k' })
      await opened.insert({ idempotencyKey: 'k', agent: 'clerk' })
      await expect(opened.insert({ idempotencyKey: 'k' })).rejects.toMatchObject({ code: '23505' })
    })
  })
}

function describeTransactions(opened: OpenedStore): void {
  describe('transactions', () => {
    test('one that throws leaves nothing behind: no request, no audit entry, no wake, no job', async () => {
      const other = await opened.insert()
      const woken = vi.fn()
      const handled: string[] = []
      const subscription = await opened.store.onWake(other, woken)
      await expect(
        opened.store.transaction(async (tx) => {
          await tx.insertRequest(newRequest())
          await tx.appendAudit(fact({ requestId: other }))
          await tx.wake(other)
          await tx.enqueue('expire', 'HP-lost')
          throw new Error('changed my mind')
        }),
      ).rejects.toThrow('changed my mind')
      await opened.store.work('expire', async (requestId) => void handled.push(requestId))
      await opened.store.transaction((tx) => tx.enqueue('expire', 'HP-kept'))
      await eventually(() => expect(handled).toEqual(['HP-kept']))
      expect(await opened.store.count({})).toBe(1)
      expect(await opened.store.auditOf(other)).toEqual([])
      expect(woken).not.toHaveBeenCalled()
      subscription.close()
    })

    test('who waited for a lock sees the decisions that were made meanwhile', async () => {
      const id = await opened.insert()
      const seen = await Promise.all(
        ['ada', 'grace', 'linus', 'barbara'].map((reviewer) =>
          opened.store.transaction(async (tx) => {
            const request = await tx.lock(id)
            await tx.insertDecision(decision(id, { reviewer }), reviewer)
            return request?.decisions.length
          }),
        ),
      )
      expect(seen.toSorted()).toEqual([0, 1, 2, 3])
    })

    test('openings of one agent come one after the other', async () => {
      const counts = await Promise.all(
        Array.from({ length: 8 }, () =>
          opened.store.transaction(async (tx) => {
            await tx.lockAgent('shopper')
            const before = await tx.count({ agent: 'shopper' })
            await tx.insertRequest(newRequest())
            return before
          }),
        ),
      )
      expect(counts.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    })
  })
}
