import { describe, expect, test, vi } from 'vitest'
import { eventually } from '../support/eventually.ts'
import type { OpenedStore } from './store-kit.ts'

/** The part of the store's contract about wake-ups and jobs. */
export function describeStoreSignals(opened: OpenedStore): void {
  describe('wake-ups', () => {
    test('everyone who waits for the request hears it after the commit; others do not', async () => {
      const other = await opened.reopen()
      const [here, there, elsewhere, gone] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()]
      const subscriptions = [
        await opened.store.onWake('HP-1', here),
        await other.onWake('HP-1', there),
        await opened.store.onWake('HP-2', elsewhere),
      ]
      const left = await opened.store.onWake('HP-1', gone)
      left.close()
      await opened.store.transaction(async (tx) => {
        await tx.wake('HP-1')
        expect(here).not.toHaveBeenCalled()
      })
      await eventually(() => {
        expect(here).toHaveBeenCalledTimes(1)
        expect(there).toHaveBeenCalledTimes(1)
      })
      expect(elsewhere).not.toHaveBeenCalled()
      expect(gone).not.toHaveBeenCalled()
      for (const subscription of subscriptions) subscription.close()
      await other.close()
    })

    test('whoever still waits when the store closes looks once more, and nobody can wait after it', async () => {
      const other = await opened.reopen()
      const woken = vi.fn()
      await other.onWake('HP-1', woken)
      await other.close()
      expect(woken).toHaveBeenCalledTimes(1)
      await expect(other.onWake('HP-1', woken)).rejects.toMatchObject({
        code: 'HP_ERR_STORE_UNAVAILABLE',
      })
    })
  })

  describe('jobs', () => {
    test('a waiting job is not added twice, and one for later does not swallow one for now', async () => {
      const handled: string[] = []
      const later = new Date(Date.now() + 3_600_000)
      await opened.store.transaction(async (tx) => {
        await tx.enqueue('deliver', 'HP-1', later)
        await tx.enqueue('deliver', 'HP-1', later)
        await tx.enqueue('deliver', 'HP-1')
        await tx.enqueue('deliver', 'HP-1')
        await tx.enqueue('deliver', 'HP-2')
      })
      const other = await opened.reopen()
      await other.work('deliver', async (requestId) => void handled.push(requestId))
      await opened.store.transaction((tx) => tx.enqueue('deliver', 'HP-last'))
      await eventually(() => expect(handled).toContain('HP-last'))
      expect(handled.toSorted()).toEqual(['HP-1', 'HP-2', 'HP-last'])
      await other.close()
    })
  })
}
