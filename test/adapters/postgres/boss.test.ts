import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Boss, type BossOptions, startBoss } from '../../../src/adapters/postgres/boss.ts'
import type { Logger } from '../../../src/ports/log.ts'
import type { Sql } from '../../../src/ports/sql.ts'
import { databases, truncate } from '../../support/databases.ts'

const queues = [
  { name: 'deliver', retryDelaySeconds: 1, retryLimit: 1, deadLetter: 'undeliverable' },
  { name: 'expire' },
  { name: 'undeliverable' },
]

/** Keeps what is logged, so that a test can look. */
function recordingLogger(): Logger & { readonly lines: readonly string[] } {
  const lines: string[] = []
  const keep = (message: string, facts?: Readonly<Record<string, unknown>>) => {
    lines.push(`${message} ${JSON.stringify(facts)}`)
  }
  return { lines, info: keep, warn: keep, error: keep }
}

describe.each(databases())('jobs on $name', (database) => {
  let sql: Sql

  beforeAll(async () => {
    // One connection, so that whatever needs a second one inside a transaction shows itself.
    sql = await database.open({ poolSize: 1 })
    await sql.query('create table things (id int primary key)')
  })
  afterEach(async () => {
    await truncate(sql)
    await sql.query('truncate things')
  })
  afterAll(() => sql.close())

  const start = async (options: Partial<BossOptions> = {}): Promise<Boss> => {
    const boss = await startBoss(sql, {
      queues,
      logger: recordingLogger(),
      pollSeconds: 0.5,
      ...options,
    })
    onTestFinished(() => boss.stop())
    return boss
  }

  /** The request ids of the jobs that `queue` gets, as they come. */
  const collect = async (boss: Boss, queue: string): Promise<string[]> => {
    const seen: string[] = []
    await boss.work(queue, async ({ requestId }) => {
      seen.push(requestId)
    })
    return seen
  }

  const send = (boss: Boss, requestId: string, queue = 'expire') =>
    boss.send(queue, { requestId }, { tx: sql })

  test('a job exists if its transaction commits, together with what else was written', async () => {
    const boss = await start()
    const seen = await collect(boss, 'expire')
    const rolledBack = sql.transaction(async (tx) => {
      await tx.query('insert into things values (1)')
      await boss.send('expire', { requestId: 'rolled back' }, { tx })
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    await sql.transaction(async (tx) => {
      await tx.query('insert into things values (2)')
      await boss.send('expire', { requestId: 'committed' }, { tx })
    })
    await expect.poll(() => seen).toEqual(['committed'])
    expect((await sql.query('select id from things')).rows).toEqual([{ id: 2 }])
  })

  test('an instance whose very first act is to send inside a transaction does not wait for itself', async () => {
    const creator = await start()
    await creator.stop()
    const cold = await start()
    await sql.transaction(async (tx) => {
      for (const { name } of queues) await cold.send(name, { requestId: 'first' }, { tx })
    })
    const seen = await collect(cold, 'expire')
    await expect.poll(() => seen).toEqual(['first'])
  })

  test('a new job wakes its worker at once, however seldom it looks by itself', async () => {
    const boss = await start({ pollSeconds: 600 })
    const seen = await collect(boss, 'expire')
    const startedAt = Date.now()
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      await send(boss, id)
      await expect.poll(() => seen.at(-1)).toBe(id)
    }
    // Without a wake, each of them but the first waits for 2 s.
    expect(Date.now() - startedAt).toBeLessThan(12_000)
  })

  test('a job does not run before its time, and runs after it', async () => {
    const boss = await start()
    const seen = await collect(boss, 'expire')
    const startAfter = new Date(Date.now() + 2_000)
    await boss.send('expire', { requestId: 'later' }, { tx: sql, startAfter })
    await send(boss, 'now')
    await expect.poll(() => seen).toEqual(['now'])
    await expect.poll(() => seen).toEqual(['now', 'later'])
    expect(Date.now()).toBeGreaterThanOrEqual(startAfter.getTime())
  })

  test('a job that fails runs again after a pause, and the log says so', async () => {
    const logger = recordingLogger()
    const boss = await start({ logger })
    const runs: number[] = []
    await boss.work('deliver', async () => {
      runs.push(Date.now())
      if (runs.length === 1) throw new Error('Slack is away')
    })
    await send(boss, 'request-7', 'deliver')
    await expect.poll(() => runs.length).toBe(2)
    expect((runs[1] ?? 0) - (runs[0] ?? 0)).toBeGreaterThanOrEqual(900)
    expect(logger.lines).toEqual([
      'a job failed and is tried again {"queue":"deliver","requestId":"request-7","error":"Slack is away"}',
    ])
  })

  test('a job whose retries are used up goes to the dead letter queue', async () => {
    const boss = await start()
    const given = await collect(boss, 'undeliverable')
    let runs = 0
    await boss.work('deliver', async () => {
      runs++
      throw new Error('never')
    })
    await send(boss, 'request-8', 'deliver')
    await expect.poll(() => given).toEqual(['request-8'])
    expect(runs).toBe(2)
  })

  test('while a job with the same key waits no other is added; once it runs, one is', async () => {
    const boss = await start()
    const options = { tx: sql, singletonKey: 'request-9' }
    const other = { tx: sql, singletonKey: 'request-10' }
    expect(await boss.send('expire', { requestId: 'first' }, options)).not.toBeNull()
    expect(await boss.send('expire', { requestId: 'second' }, options)).toBeNull()
    expect(await boss.send('expire', { requestId: 'other' }, other)).not.toBeNull()
    const running = Promise.withResolvers<void>()
    const seen: string[] = []
    await boss.work('expire', async ({ requestId }) => {
      seen.push(requestId)
      if (requestId === 'first') await running.promise
    })
    await expect.poll(() => seen).toEqual(['first'])
    expect(await boss.send('expire', { requestId: 'third' }, options)).not.toBeNull()
    running.resolve()
    await expect.poll(() => seen).toEqual(['first', 'other', 'third'])
  })

  test('jobs without a key are all added, and run without a rest between them', async () => {
    const boss = await start()
    for (const id of ['a', 'b', 'c', 'd']) expect(await send(boss, id)).not.toBeNull()
    await boss.stop()
    const next = await start({ pollSeconds: 600 })
    const seen = await collect(next, 'expire')
    await expect.poll(() => seen).toEqual(['a', 'b', 'c', 'd'])
  })

  test('as many jobs run at once as the queue allows, and the rest follow', async () => {
    const boss = await start({ queues: [{ name: 'expire', concurrency: 2 }], pollSeconds: 600 })
    const finish = Promise.withResolvers<void>()
    const started: string[] = []
    await boss.work('expire', async ({ requestId }) => {
      started.push(requestId)
      await finish.promise
    })
    for (const id of ['a', 'b', 'c', 'd']) await send(boss, id)
    await expect.poll(() => started.toSorted()).toEqual(['a', 'b'])
    finish.resolve()
    await expect.poll(() => started.toSorted()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('stop waits for a job that runs', async () => {
    const boss = await start()
    const started = Promise.withResolvers<AbortSignal>()
    const finish = Promise.withResolvers<void>()
    await boss.work('expire', async ({ signal }) => {
      started.resolve(signal)
      await finish.promise
    })
    await send(boss, 'long')
    const signal = await started.promise
    const stopped = boss.stop()
    // A stop that did not wait would have come through in this time: it asks the database far less.
    for (let round = 0; round < 50; round++) await sql.query('select 1')
    expect(signal.aborted).toBe(false)
    finish.resolve()
    await stopped
    const seen = await collect(await start(), 'expire')
    await send(boss, 'next')
    await expect.poll(() => seen).toEqual(['next'])
  })

  test('stop aborts a job that does not end, and the next instance runs it again', async () => {
    const boss = await start()
    const aborted = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    await boss.work('deliver', async ({ signal }) => {
      started.resolve()
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve())
      })
      aborted.resolve()
    })
    await send(boss, 'endless', 'deliver')
    await started.promise
    await boss.stop(50)
    await aborted.promise
    const next = await start()
    const seen = await collect(next, 'deliver')
    await expect.poll(() => seen).toEqual(['endless'])
  })

  test('two that start at once on a new schema both start', async () => {
    await sql.query('drop schema if exists holdpoint_jobs cascade')
    const [first, second] = await Promise.all([start(), start()])
    const seen = await collect(second, 'expire')
    await send(first, 'across')
    await expect.poll(() => seen).toEqual(['across'])
  })

  test('a changed setting reaches a queue that exists', async () => {
    await (await start()).stop()
    await (await start({ queues: [{ name: 'expire', retryLimit: 3 }] })).stop()
    const { rows } = await sql.query(
      `select retry_limit, retry_backoff from holdpoint_jobs.queue where name = 'expire'`,
    )
    expect(rows).toEqual([{ retry_limit: 3, retry_backoff: true }])
  })

  test('without the right to install it uses what is there, and says when it is not', async () => {
    await (await start()).stop()
    const boss = await start({ install: false })
    const seen = await collect(boss, 'expire')
    await send(boss, 'restricted')
    await expect.poll(() => seen).toEqual(['restricted'])
    const unknown = start({ install: false, queues: [{ name: 'unknown' }] })
    await expect(unknown).rejects.toThrow('unknown')
    await boss.stop()
    await sql.query('drop schema holdpoint_jobs cascade')
    await expect(start({ install: false })).rejects.toThrow('not installed')
  })

  test('a queue that was not named at the start is refused', async () => {
    const boss = await start()
    await expect(send(boss, 'x', 'unknown')).rejects.toThrow('unknown is not among the queues')
  })
})
