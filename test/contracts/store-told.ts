import { describe, expect, test, vi } from 'vitest'
import type { EndedState } from '../../src/ports/store.ts'
import { eventually } from '../support/eventually.ts'
import { at, type OpenedStore } from './store-kit.ts'

/** The part of the store's contract about who has heard of which verdict. */
export function describeStoreTold(opened: OpenedStore): void {
  const end = (id: string, state: EndedState, minutes: number): Promise<void> =>
    opened.store.transaction((tx) =>
      tx.updateRequest(id, { state, closedAt: at(minutes), verdict: 'jws' }),
    )
  const untold = async (except: readonly string[] = [], limit = 10): Promise<string> =>
    (await opened.store.untold({ except, limit })).map(({ id }) => id).join(' ')

  describe('verdicts that were told', () => {
    test('what has ended is untold until it is marked, the earliest ending first', async () => {
      for (let i = 0; i < 4; i += 1) await opened.insert()
      await end('HP-3', 'approved', 1)
      await end('HP-1', 'expired', 2)
      await end('HP-4', 'withdrawn', 3)
      expect(await untold()).toBe('HP-3 HP-1 HP-4')
      expect(await untold([], 2)).toBe('HP-3 HP-1')
      expect(await untold(['HP-3'], 1)).toBe('HP-1')
      await opened.store.markTold('HP-1', 'expired')
      expect(await untold()).toBe('HP-3 HP-4')
      const [first] = await opened.store.untold({ except: [], limit: 1 })
      expect(first).toEqual(await opened.store.read('HP-3'))
    })

    test('one that ends in another way is untold again, also if it was marked for the earlier one late', async () => {
      const id = await opened.insert()
      await end(id, 'approved', 1)
      await opened.store.markTold(id, 'approved')
      expect(await untold()).toBe('')
      await end(id, 'lapsed', 2)
      expect(await untold()).toBe(id)
      await opened.store.markTold(id, 'approved')
      expect(await untold()).toBe(id)
      await opened.store.markTold(id, 'lapsed')
      expect(await untold()).toBe('')
    })

    test('who waits for all hears every wake, in any process, until it leaves', async () => {
      const other = await opened.reopen()
      const [here, there, gone] = [vi.fn(), vi.fn(), vi.fn()]
      const subscription = await opened.store.onAnyWake(here)
      await other.onAnyWake(there)
      const left = await opened.store.onAnyWake(gone)
      left.close()
      await opened.store.transaction((tx) => tx.wake('HP-1'))
      await eventually(() => {
        expect(here).toHaveBeenCalledTimes(1)
        expect(there).toHaveBeenCalledTimes(1)
      })
      expect(gone).not.toHaveBeenCalled()
      subscription.close()
      await other.close()
      expect(there).toHaveBeenCalledTimes(2)
    })
  })
}
