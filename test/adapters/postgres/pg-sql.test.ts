import { createServer } from 'node:net'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../../../src/adapters/postgres/pg-sql.ts'
import type { Sql } from '../../../src/ports/sql.ts'
import { postgresUrl } from '../../support/databases.ts'
import { createDatabase, type TestPostgres } from '../../support/postgres.ts'

describe.runIf(postgresUrl())('Sql on PostgreSQL, when connections break', () => {
  let database: TestPostgres
  let sql: Sql
  let administrator: pg.Client

  beforeEach(async () => {
    database = await createDatabase(postgresUrl() ?? '')
    sql = await openPostgres({ connectionString: database.url, poolSize: 2 })
    administrator = new pg.Client({ connectionString: database.url })
    await administrator.connect()
  })
  afterEach(async () => {
    await sql.close()
    await administrator.end()
    await database.stop()
  })

  /** Cuts the connections with that name, and returns how many there were. */
  const cut = async (name: string) => {
    const { rowCount } = await administrator.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = $1 and datname = current_database()`,
      [name],
    )
    return rowCount
  }

  test('all listeners of a handle share one connection', async () => {
    await sql.listen('one', () => {})
    await sql.listen('two', () => {})
    expect(await cut('holdpoint-listen')).toBe(1)
  })

  test('a listener comes back by itself, is told so, and hears again', async () => {
    const heard: string[] = []
    const reconnected = Promise.withResolvers<void>()
    await sql.listen('news', (payload) => heard.push(payload), reconnected.resolve)
    await cut('holdpoint-listen')
    await reconnected.promise
    await sql.query(`select pg_notify('news', 'after')`)
    await expect.poll(() => heard).toEqual(['after'])
  })

  test('one may listen while the connection is away', async () => {
    await sql.listen('old', () => {})
    await cut('holdpoint-listen')
    const heard: string[] = []
    // Still on the old connection, or already on the new one: it may fail, it must not lie.
    const listening = async () => sql.listen('new', (payload) => heard.push(payload))
    await listening().catch(listening)
    await sql.query(`select pg_notify('new', 'heard')`)
    await expect.poll(() => heard).toEqual(['heard'])
  })

  test('a connection that breaks while nobody uses it costs nothing', async () => {
    await cut('holdpoint')
    await expect.poll(async () => (await sql.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('a connection that breaks inside a transaction rejects it, and the next one works', async () => {
    const transaction = sql.transaction(async (tx) => {
      await tx.query('create table lost (id int)')
      await cut('holdpoint')
      await tx.query('select 1')
    })
    await expect(transaction).rejects.toMatchObject({ code: 'HP_ERR_STORE_UNAVAILABLE' })
    const { rows } = await sql.transaction((tx) => tx.query(`select to_regclass('lost') as lost`))
    expect(rows).toEqual([{ lost: null }])
  })

  test('a connection that breaks between two statements of a transaction does not end the process', async () => {
    const transaction = sql.transaction(async (tx) => {
      await tx.query('select 1')
      const gone = 'select count(*)::int as n from pg_stat_activity where application_name = $1'
      await cut('holdpoint')
      await expect
        .poll(async () => (await administrator.query(gone, ['holdpoint'])).rows)
        .toEqual([{ n: 0 }])
      return 'as if nothing had happened'
    })
    await expect(transaction).rejects.toMatchObject({ code: 'HP_ERR_STORE_UNAVAILABLE' })
  })

  test('closing does not wait for ever for a transaction that never ends', {
    timeout: 30_000,
  }, async () => {
    const started = Promise.withResolvers<void>()
    const transaction = sql.transaction(async (tx) => {
      await tx.query('select 1')
      started.resolve()
      await new Promise(() => {})
    })
    const refused = expect(transaction).rejects.toMatchObject({ code: 'HP_ERR_STORE_UNAVAILABLE' })
    await started.promise
    await sql.close()
    await refused
    expect(await cut('holdpoint')).toBe(0)
  })
})

describe('opening PostgreSQL', () => {
  test('a server that is not there is HP_ERR_STORE_UNAVAILABLE', async () => {
    const connectionString = 'postgres://u:p@127.0.0.1:1/none'
    await expect(openPostgres({ connectionString })).rejects.toMatchObject({
      code: 'HP_ERR_STORE_UNAVAILABLE',
    })
  })

  test('a server that hangs up is HP_ERR_STORE_UNAVAILABLE', async () => {
    const server = createServer((socket) => socket.destroy())
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const connectionString = `postgres://u:p@127.0.0.1:${port}/none`
    await expect(openPostgres({ connectionString })).rejects.toMatchObject({
      code: 'HP_ERR_STORE_UNAVAILABLE',
    })
  })

  test('an address that is none is refused without repeating the password', async () => {
    const error = await openPostgres({ connectionString: 'postgres://ada:hunter2@[bad' }).catch(
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ code: 'HP_ERR_OPTION_INVALID', details: { option: 'database' } })
    expect(JSON.stringify([error, error.message, error.cause, error.stack])).not.toContain(
      'hunter2',
    )
  })
})
