import { expect, test, vi } from 'vitest'
import { Wakes } from '../../../src/adapters/postgres/wakes.ts'
import { silentLogger } from '../../../src/ports/log.ts'
import type { Sql } from '../../../src/ports/sql.ts'

/** A database that has told nobody anything, and in which `ended` have ended. */
function silentSql(ended: readonly string[]) {
  const listening: { onPayload: (payload: string) => void; onReconnect?: () => void }[] = []
  const query = vi.fn(async () => ({ rows: ended.map((id) => ({ id })), rowCount: ended.length }))
  const sql = {
    dialect: 'postgres',
    query,
    async listen(_channel: string, onPayload: (payload: string) => void, onReconnect?: () => void) {
      listening.push({ onPayload, ...(onReconnect && { onReconnect }) })
      return { async close() {} }
    },
  } as unknown as Sql
  return { sql, query, listening }
}

test('everybody shares one LISTEN', async () => {
  const { sql, listening } = silentSql([])
  const wakes = new Wakes(sql, silentLogger)
  await Promise.all(['HP-1', 'HP-1', 'HP-2'].map((id) => wakes.add(id, () => {})))
  expect(listening).toHaveLength(1)
  await wakes.close()
})

test('a LISTEN that failed is tried again by the next one who waits', async () => {
  const { sql, listening } = silentSql([])
  const listen = vi.spyOn(sql, 'listen').mockRejectedValueOnce(new Error('no answer'))
  const wakes = new Wakes(sql, silentLogger)
  await expect(wakes.add('HP-1', () => {})).rejects.toThrow('no answer')
  await wakes.add('HP-1', () => {})
  expect(listen).toHaveBeenCalledTimes(2)
  expect(listening).toHaveLength(1)
  await wakes.close()
})

test('after a reconnect everybody looks again, as wake-ups may have been lost', async () => {
  const { sql, listening } = silentSql([])
  const wakes = new Wakes(sql, silentLogger)
  const [one, two] = [vi.fn(), vi.fn()]
  await wakes.add('HP-1', one)
  await wakes.add('HP-2', two)
  listening[0]?.onReconnect?.()
  expect([one, two].map((woken) => woken.mock.calls.length)).toEqual([1, 1])
  await wakes.close()
})

test('a wake-up that was lost is found by the sweep, with one query for all', async () => {
  const { sql, query } = silentSql(['HP-1', 'HP-3'])
  const wakes = new Wakes(sql, silentLogger)
  const woken: string[] = []
  for (const id of ['HP-1', 'HP-2', 'HP-3']) await wakes.add(id, () => woken.push(id))
  await wakes.sweep()
  expect(woken).toEqual(['HP-1', 'HP-3'])
  expect(query).toHaveBeenCalledTimes(1)
  await wakes.close()
})

test('the sweep asks nothing while nobody waits, and survives a database that does not answer', async () => {
  const { sql, query } = silentSql([])
  const wakes = new Wakes(sql, silentLogger)
  const subscription = await wakes.add('HP-1', () => {})
  query.mockRejectedValueOnce(new Error('no answer'))
  await wakes.sweep()
  subscription.close()
  await wakes.sweep()
  expect(query).toHaveBeenCalledTimes(1)
  await wakes.close()
})

test('a waiter that throws does not keep the others from hearing', async () => {
  const { sql, listening } = silentSql([])
  const wakes = new Wakes(sql, silentLogger)
  const heard = vi.fn()
  await wakes.add('HP-1', () => {
    throw new Error('my own fault')
  })
  await wakes.add('HP-1', heard)
  listening[0]?.onPayload('HP-1')
  expect(heard).toHaveBeenCalledTimes(1)
  await wakes.close()
})

test('who waits for all looks again after a reconnect, and once with every sweep, whatever it found', async () => {
  const { sql, listening } = silentSql(['HP-1', 'HP-2'])
  const wakes = new Wakes(sql, silentLogger)
  const woken = vi.fn()
  await wakes.addForAll(woken)
  listening[0]?.onReconnect?.()
  expect(woken).toHaveBeenCalledTimes(1)
  await wakes.sweep()
  expect(woken).toHaveBeenCalledTimes(2)
  await wakes.add('HP-1', () => {})
  await wakes.add('HP-2', () => {})
  await wakes.sweep()
  expect(woken).toHaveBeenCalledTimes(3)
  await wakes.close()
})
