import { randomUUID } from 'node:crypto'
import { type Db, type Job, PgBoss, type Queue } from 'pg-boss'
import type { Logger } from '../../ports/log.ts'
import type { Sql, SqlQueryable } from '../../ports/sql.ts'
import { messageOf } from './store-errors.ts'
import { deadline } from './timing.ts'

/** pg-boss's own tables. Private to it: nothing else reads or writes them. */
export const jobsSchema = 'holdpoint_jobs'

/** Dead workers are looked for this often; their jobs then run again. */
const superviseSeconds = 30
const defaultHeartbeatSeconds = 20
const defaultStopMs = 10_000

/** A queue and how it retries. Seconds, as pg-boss counts in seconds. */
export interface QueueDefinition {
  readonly name: string
  /** Runs after the first one, default 8. */
  readonly retryLimit?: number
  /** Pause before the first retry, doubled for every further one, default 2. */
  readonly retryDelaySeconds?: number
  /** Longest pause between retries, default 300. */
  readonly retryDelayMaxSeconds?: number
  /** A run that takes longer is aborted and counts as failed, default 120. */
  readonly expireInSeconds?: number
  /** Runs at the same time in one process, default 1. */
  readonly concurrency?: number
  /** Queue, also among `queues`, that gets the job when its retries are used up. */
  readonly deadLetter?: string
}

/** All that a job says: "look again at this request". The store is the truth. */
export interface JobData {
  readonly requestId: string
}

/** A job as its handler gets it. */
export interface QueueJob extends JobData {
  readonly id: string
  readonly queue: string
  /** Aborted when the run has taken too long or the process stops. */
  readonly signal: AbortSignal
}

/** How a job is sent. */
export interface SendOptions {
  /** The caller's transaction: the job exists if, and only if, it commits. */
  readonly tx: SqlQueryable
  /** Not before then. It runs up to `pollSeconds` later. */
  readonly startAfter?: Date
  /**
   * While a job with this key waits in the queue, another one is not added. One that runs already
   * does not count: it may have looked before the change that this job is about.
   */
  readonly singletonKey?: string
}

/** Options of `startBoss`. */
export interface BossOptions {
  readonly queues: readonly QueueDefinition[]
  /** Hears of every error and of every failed run. */
  readonly logger: Logger
  /** How often workers look for jobs that have come due, default 5 s. New jobs wake them at once. */
  readonly pollSeconds?: number
  /** `false` for a role that may not change the schema: tables and queues must be there. Default true. */
  readonly install?: boolean
}

/** The job queue. */
export interface Boss {
  /** The job's id, or `null` if one with the same `singletonKey` waits already. */
  send(queue: string, data: JobData, options: SendOptions): Promise<string | null>
  /** Runs `handler` for every job. If it throws, the job runs again later: it must bear being repeated. */
  work(queue: string, handler: (job: QueueJob) => Promise<void>): Promise<void>
  /**
   * Takes no further jobs, waits for those that run, at most `graceMs` (default 10 s), then aborts
   * them; they run again later. Call it before the database is closed.
   */
  stop(graceMs?: number): Promise<void>
}

/** Starts pg-boss on our own port, so that a job joins the transaction of what it is about. */
export async function startBoss(sql: Sql, options: BossOptions): Promise<Boss> {
  const install = options.install ?? true
  const boss = new PgBoss({
    db: toListeningDatabase(sql),
    backend: sql.dialect,
    schema: jobsSchema,
    migrate: install,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: superviseSeconds,
    // A little less, or every second look would find that the last one is not long enough ago.
    monitorIntervalSeconds: superviseSeconds - 5,
  })
  boss.on('error', ({ message }) => options.logger.error('the job queue failed', { message }))
  boss.on('warning', ({ message }) => options.logger.warn('the job queue warns', { message }))
  try {
    await boss.start()
    await prepareQueues(boss, options.queues, install)
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {})
    throw error
  }
  return new RunningBoss(boss, options)
}

class RunningBoss implements Boss {
  readonly #boss: PgBoss
  readonly #queues: ReadonlyMap<string, QueueDefinition>
  readonly #logger: Logger
  readonly #pollSeconds: number
  readonly #worked = new Set<string>()
  #stopped: Promise<void> | undefined

  constructor(boss: PgBoss, options: BossOptions) {
    this.#boss = boss
    this.#queues = new Map(options.queues.map((queue) => [queue.name, queue]))
    this.#logger = options.logger
    this.#pollSeconds = options.pollSeconds ?? 5
  }

  async send(
    queue: string,
    { requestId }: JobData,
    { tx, startAfter, singletonKey }: SendOptions,
  ): Promise<string | null> {
    this.#definition(queue)
    return this.#boss.send(
      queue,
      { requestId },
      {
        db: toDatabase(tx),
        // The queue's policy allows one waiting job per key, and jobs without a key share one.
        singletonKey: singletonKey ?? randomUUID(),
        ...(startAfter && { startAfter }),
      },
    )
  }

  async work(queue: string, handler: (job: QueueJob) => Promise<void>): Promise<void> {
    const { concurrency = 1 } = this.#definition(queue)
    this.#worked.add(queue)
    for (let count = 0; count < concurrency; count++) await this.#startWorker(queue, handler)
  }

  async #startWorker(queue: string, handler: (job: QueueJob) => Promise<void>): Promise<void> {
    const worker: string = await this.#boss.work<JobData>(
      queue,
      {
        batchSize: 1,
        pollingIntervalSeconds: Math.min(2, this.#pollSeconds),
        notifyPollingIntervalSeconds: this.#pollSeconds,
      },
      async (jobs) => {
        // After one job a worker would rest until its next look, however many jobs wait.
        this.#boss.notifyWorker(worker)
        for (const job of jobs) await this.#run(job, handler)
      },
    )
  }

  async #run(job: Job<JobData>, handler: (job: QueueJob) => Promise<void>): Promise<void> {
    const { id, name, data, signal } = job
    try {
      await handler({ id, queue: name, requestId: data.requestId, signal })
    } catch (error) {
      // pg-boss only writes it into the job's row.
      this.#logger.warn('a job failed and is tried again', {
        queue: name,
        requestId: data.requestId,
        error: messageOf(error),
      })
      throw error
    }
  }

  stop(graceMs: number = defaultStopMs): Promise<void> {
    this.#stopped ??= this.#stop(graceMs)
    return this.#stopped
  }

  async #stop(graceMs: number): Promise<void> {
    // pg-boss's own graceful stop looks every 500 ms whether the workers are done.
    const idle = Promise.all([...this.#worked].map((queue) => this.#boss.offWork(queue)))
    await deadline(idle, graceMs, 'jobs that run').catch(() => {
      this.#logger.warn('jobs were aborted at the stop and run again later')
    })
    await this.#boss.stop({ graceful: false })
  }

  #definition(queue: string): QueueDefinition {
    const definition = this.#queues.get(queue)
    if (!definition) throw new Error(`${queue} is not among the queues of startBoss`)
    return definition
  }
}

function toDatabase(sql: SqlQueryable): Db {
  return {
    executeSql: async (text, values) => ({ rows: [...(await sql.query(text, values)).rows] }),
  }
}

function toListeningDatabase(sql: Sql): Db {
  return {
    ...toDatabase(sql),
    async listen(channel, onNotification, onReconnect) {
      const handle = await sql.listen(channel, onNotification, onReconnect)
      // pg-boss wants it after the first time too.
      onReconnect()
      return handle
    },
  }
}

async function prepareQueues(
  boss: PgBoss,
  queues: readonly QueueDefinition[],
  install: boolean,
): Promise<void> {
  // A dead letter queue must be there before the queue that names it.
  const inOrder = [...queues].sort((a, b) => Number(!!a.deadLetter) - Number(!!b.deadLetter))
  for (const definition of inOrder) {
    const { name, policy, ...settings } = toQueue(definition)
    if (install) {
      await boss.createQueue(name, { policy, ...settings })
      // An existing queue keeps the settings of the version that created it otherwise.
      await boss.updateQueue(name, settings)
    }
    // Warms this instance's cache, as a side effect of any call that names the queue. A cold `send`
    // inside a transaction looks the queue up outside of it: on PGlite, and on a pool that is used
    // up, it would wait for its own transaction for ever.
    await boss.findJobs(name, { id: randomUUID() })
  }
}

function toQueue(definition: QueueDefinition): Queue & { readonly policy: string } {
  return {
    name: definition.name,
    // One waiting job per singletonKey.
    policy: 'short',
    notify: true,
    retryLimit: definition.retryLimit ?? 8,
    retryDelay: definition.retryDelaySeconds ?? 2,
    retryBackoff: true,
    retryDelayMax: definition.retryDelayMaxSeconds ?? 300,
    expireInSeconds: definition.expireInSeconds ?? 120,
    heartbeatSeconds: defaultHeartbeatSeconds,
    ...(definition.deadLetter !== undefined && { deadLetter: definition.deadLetter }),
  }
}
