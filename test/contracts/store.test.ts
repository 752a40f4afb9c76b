import { describe, expect, test } from 'vitest'
import { openStore } from '../../src/adapters/postgres/store.ts'
import { silentLogger } from '../../src/ports/log.ts'
import { databases } from '../support/databases.ts'
import { describeStore } from './store.ts'

const options = { logger: silentLogger }

for (const database of databases()) {
  describeStore(database.name, async () => {
    const sql = await database.open()
    const store = await openStore(sql, options)
    return { store, sql, reopen: () => openStore(sql, options) }
  })
}

describe.each(databases())('openStore on $name', (database) => {
  test('a cold store with one connection can send a job inside a transaction', async () => {
    const sql = await database.open({ poolSize: 1 })
    await (await openStore(sql, options)).close()
    const store = await openStore(sql, { ...options, install: false })
    await store.transaction((tx) => tx.enqueue('deliver', 'HP-1'))
    await store.close()
    await sql.close()
  })

  test('a role that may not install refuses a database without the schema', async () => {
    const sql = await database.open()
    await expect(openStore(sql, { ...options, install: false })).rejects.toMatchObject({
      code: 'HP_ERR_STORE_MISMATCH',
    })
    await sql.close()
  })
})
