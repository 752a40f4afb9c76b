import { describe, expect, test } from 'vitest'
import { verifyChain } from '../../src/adapters/postgres/audit-chain.ts'
import type { Execution } from '../../src/core/claim.ts'
import { at, fact, type OpenedStore } from './store-kit.ts'

/** The part of the store's contract about how far a request has come, and who runs it. */
export function describeStoreExecutions(opened: OpenedStore): void {
  const none: Execution = { state: 'none', token: 0 }
  const claimed: Execution = { state: 'claimed', token: 1, owner: 'one', leaseUntil: at(3) }

  async function approved(execution: Execution = none): Promise<string> {
    const id = await opened.insert()
    await opened.store.transaction(async (tx) => {
      const change = { state: 'approved', closedAt: at(1), verdict: 'jws', execution } as const
      await tx.updateRequest(id, change)
      await tx.appendAudit(fact({ requestId: id }))
    })
    return id
  }

  const entry = (requestId: string) =>
    fact({ event: 'execution.claimed', requestId, details: { token: 1, odd: '"\\ \u0000 ü' } })
  const events = async (requestId: string) =>
    (await opened.store.auditOf(requestId)).map(({ event }) => event)

  describe('a standing', () => {
    test('is the request without what was asked', async () => {
      const id = await approved(claimed)
      const { agent, state, policy, expiresAt, closedAt, verdict, execution } =
        (await opened.store.read(id)) ?? {}
      expect(await opened.store.standing(id)).toEqual({
        ...{ id, agent, state, policy, expiresAt, closedAt, verdict, execution },
      })
      expect(await opened.store.standing('HP-7')).toBeUndefined()
    })
  })

  describe('an execution', () => {
    test('is swapped while it is what was read, with its entry in the chain', async () => {
      const id = await approved()
      expect(await opened.store.swapExecution(id, { from: none, to: claimed }, entry(id))).toBe(
        true,
      )
      expect((await opened.store.read(id))?.execution).toEqual(claimed)
      expect(await events(id)).toEqual(['request.opened', 'execution.claimed'])
      expect(await verifyChain(opened.sql)).toMatchObject({ entries: 2 })
      expect(await verifyChain(opened.sql)).not.toHaveProperty('brokenAt')
    })

    test.each<readonly [string, Execution, Execution]>([
      ['another state', claimed, none],
      ['another token', { state: 'none', token: 2 }, none],
      ['another lease', claimed, { ...claimed, leaseUntil: at(2) }],
    ])('is left alone if it has %s, and nothing is written', async (_, stands, from) => {
      const id = await approved(stands)
      const change = { from, to: { ...claimed, token: 9 } }
      expect(await opened.store.swapExecution(id, change, entry(id))).toBe(false)
      expect((await opened.store.read(id))?.execution).toEqual(stands)
      expect(await events(id)).toEqual(['request.opened'])
      expect(await verifyChain(opened.sql)).toMatchObject({ entries: 1 })
    })

    test('is left alone if its request is not approved, or not there', async () => {
      const id = await approved()
      await opened.store.transaction((tx) =>
        tx.updateRequest(id, { state: 'withdrawn', closedReason: 'gone' }),
      )
      for (const target of [id, await opened.insert(), 'HP-7']) {
        const change = { from: none, to: claimed }
        expect(await opened.store.swapExecution(target, change, entry(target))).toBe(false)
      }
      expect(await events(id)).toEqual(['request.opened'])
    })

    test('is not swapped without its entry: where there is no chain yet, nothing happens', async () => {
      const id = await opened.insert()
      await opened.store.transaction((tx) =>
        tx.updateRequest(id, { state: 'approved', closedAt: at(1), verdict: 'jws' }),
      )
      expect(await opened.store.swapExecution(id, { from: none, to: claimed }, entry(id))).toBe(
        false,
      )
      expect((await opened.store.read(id))?.execution).toEqual(none)
    })

    test('is swapped by one of many who try at once', async () => {
      const id = await approved()
      const swapped = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          opened.store.swapExecution(
            id,
            { from: none, to: { ...claimed, owner: `worker-${index}` } },
            entry(id),
          ),
        ),
      )
      expect(swapped.filter(Boolean)).toHaveLength(1)
      expect((await opened.store.read(id))?.execution.owner).toBe(`worker-${swapped.indexOf(true)}`)
      expect(await events(id)).toEqual(['request.opened', 'execution.claimed'])
    })
  })
}
