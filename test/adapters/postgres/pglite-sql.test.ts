import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openPglite, type PgliteOptions } from '../../../src/adapters/postgres/pglite-sql.ts'
import type { Sql } from '../../../src/ports/sql.ts'
import { startChild } from '../../support/child.ts'
import { pgliteTemplate } from '../../support/databases.ts'
import { temporaryFolder } from '../../support/folder.ts'

const unavailable = { code: 'HP_ERR_STORE_UNAVAILABLE' }

async function open(options: Partial<PgliteOptions> = {}): Promise<Sql> {
  const sql = await openPglite({
    dataDir: 'memory://',
    loadDataDir: pgliteTemplate(),
    ...options,
  })
  onTestFinished(() => sql.close())
  return sql
}

/** The handle and the worker behind it, to break it. */
async function openWithWorker(): Promise<{ sql: Sql; worker: Worker }> {
  const made = Promise.withResolvers<Worker>()
  process.once('worker', made.resolve)
  return { sql: await open(), worker: await made.promise }
}

test('a slow statement does not stall the event loop', async () => {
  const sql = await open()
  let ticks = 0
  const timer = setInterval(() => ticks++, 5)
  await sql.query('select count(*) from generate_series(1, 2000000)')
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(10)
})

describe('the worker', () => {
  test.each([
    ['throws', (worker: Worker) => worker.postMessage(null), 'crashed'],
    ['exits', (worker: Worker) => void worker.terminate(), 'stopped'],
  ])('when it %s, pending and later calls reject', async (_, breakIt, message) => {
    const { sql, worker } = await openWithWorker()
    const pending = [
      sql.query('select count(*) from generate_series(1, 5000000)'),
      sql.query('select 1'),
      sql.transaction((tx) => tx.query('select 1')),
    ]
    const settled = Promise.allSettled(pending)
    breakIt(worker)
    // What came before the break may have been answered.
    const refused = (await settled).filter((result) => result.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ ...unavailable, message: expect.stringContaining(message) })
    }
    await expect(sql.query('select 1')).rejects.toMatchObject(unavailable)
    await expect(sql.listen('news', () => {})).rejects.toMatchObject(unavailable)
    await sql.close()
  })

  test('when it breaks inside a transaction, the transaction and its statement reject', async () => {
    const { sql, worker } = await openWithWorker()
    let statement: Promise<unknown> | undefined
    const transaction = sql.transaction(async (tx) => {
      statement = tx.query('select count(*) from generate_series(1, 5000000)')
      void statement.catch(() => {})
      await worker.terminate()
      return 'as if nothing had happened'
    })
    await expect(transaction).rejects.toMatchObject(unavailable)
    await expect(statement).rejects.toMatchObject(unavailable)
  })

  test('when it breaks, a transaction that waits for something else rejects too', async () => {
    const { sql, worker } = await openWithWorker()
    const started = Promise.withResolvers<void>()
    const transaction = sql.transaction(async (tx) => {
      await tx.query('select 1')
      started.resolve()
      await new Promise(() => {})
    })
    const refused = expect(transaction).rejects.toMatchObject(unavailable)
    await started.promise
    await worker.terminate()
    await refused
  })
})

describe('closing', () => {
  test('it does not wait for ever for a transaction that never ends', {
    timeout: 30_000,
  }, async () => {
    const { sql, worker } = await openWithWorker()
    const started = Promise.withResolvers<void>()
    const transaction = sql.transaction(async () => {
      started.resolve()
      await new Promise(() => {})
    })
    const behind = sql.query('select 1')
    const refused = Promise.all([
      expect(transaction).rejects.toMatchObject(unavailable),
      expect(behind).rejects.toMatchObject(unavailable),
    ])
    await started.promise
    await sql.close()
    await refused
    expect(worker.threadId).toBe(-1)
  })

  test('it does not wait for ever for a statement that never ends', {
    timeout: 30_000,
  }, async () => {
    const { sql, worker } = await openWithWorker()
    const endless = sql.query(
      'with recursive n as (select 1 union all select 1 from n) select count(*) from n',
    )
    const refused = expect(endless).rejects.toMatchObject(unavailable)
    await sql.close()
    await refused
    expect(worker.threadId).toBe(-1)
  })
})

describe('a data folder', () => {
  test('it is made once, and what was stored is there again', async () => {
    const dataDir = join(await temporaryFolder(), 'deep', 'pg')
    let started = 0
    const options = { dataDir, onInitialising: () => started++ }
    const first = await open(options)
    await first.query('create table kept (id int); insert into kept values (7)')
    await first.close()
    const second = await open(options)
    expect((await second.query('select id from kept')).rows).toEqual([{ id: 7 }])
    expect(started).toBe(1)
  })

  test('an empty folder is filled', async () => {
    const dataDir = await temporaryFolder()
    const sql = await open({ dataDir })
    expect((await sql.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('a folder with other things in it is not touched', async () => {
    const dataDir = await temporaryFolder()
    await writeFile(join(dataDir, 'letter.txt'), 'dear')
    await expect(open({ dataDir })).rejects.toMatchObject(unavailable)
    expect(await readdir(dataDir)).toEqual(['letter.txt'])
  })

  test('a start that was killed half-way does not poison the next one', {
    timeout: 60_000,
  }, async () => {
    const parent = await temporaryFolder()
    const dataDir = join(parent, 'pg')
    const child = startChild(`
      const { openPglite } = await import(source('src/adapters/postgres/pglite-sql.ts'))
      await openPglite({ dataDir: ${JSON.stringify(dataDir)} })
      console.log('opened')
    `)
    // Long before the folder is complete: making it takes seconds.
    const draft = async () => (await readdir(parent)).find((name) => name.startsWith('pg.new-'))
    const begun = async () => existsSync(join(parent, (await draft()) ?? 'none', 'PG_VERSION'))
    await expect.poll(begun, { timeout: 60_000, interval: 5 }).toBe(true)
    await child.kill()
    expect(await draft()).toBeDefined()

    const sql = await open({ dataDir })
    expect((await sql.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    expect(await readdir(parent)).toEqual(['pg'])
  })

  test('after kill -9 everything that was acknowledged is there', {
    timeout: 120_000,
  }, async () => {
    const dataDir = join(await temporaryFolder(), 'pg')
    await mkdir(dataDir)
    const child = startChild(`
      const { openPglite } = await import(source('src/adapters/postgres/pglite-sql.ts'))
      const sql = await openPglite(${JSON.stringify({ dataDir, loadDataDir: pgliteTemplate() })})
      await sql.query('create table kept (id int, half int)')
      for (let id = 1; ; id++) {
        await sql.transaction(async (tx) => {
          await tx.query('insert into kept values ($1, 1)', [id])
          await tx.query('insert into kept values ($1, 2)', [id])
        })
        console.log(id)
      }
    `)
    let acknowledged = 0
    while (acknowledged < 30) acknowledged = Number(await child.line())
    await child.kill()

    const sql = await open({ dataDir })
    const { rows } = await sql.query<{ id: number; n: number }>(
      'select id, count(*) as n from kept group by id order by id',
    )
    expect(rows.length).toBeGreaterThanOrEqual(acknowledged)
    expect(rows.every((row, index) => row.id === index + 1 && row.n === 2)).toBe(true)
  })
})
