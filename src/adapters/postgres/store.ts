import type { AuditFact } from '../../core/audit.ts'
import { sha256Hex } from '../../core/canonical.ts'
import type { Execution } from '../../core/claim.ts'
import type { Logger } from '../../ports/log.ts'
import type { Sql } from '../../ports/sql.ts'
import type { EndedState, JobName, Store, StoreTransaction } from '../../ports/store.ts'
import { appended, Values } from './audit-chain.ts'
import { type Boss, type QueueDefinition, startBoss } from './boss.ts'
import { checkMigrated, migrate } from './migrate.ts'
import { Reads } from './reads.ts'
import { executionColumns } from './rows.ts'
import { migrations } from './sql/index.ts'
import { readUntold, writeTold } from './told.ts'
import { Wakes } from './wakes.ts'
import { Writes } from './writes.ts'

const queues: readonly QueueDefinition[] = [
  {
    name: 'deliver' satisfies JobName,
    // Two at a time: a provider that hangs must not keep every other question from being asked.
    concurrency: 2,
    // Every minute for as long as any deadline: a provider that was down over a weekend is asked again.
    retryDelayMaxSeconds: 60,
    retryLimit: 366 * 24 * 60,
  },
  { name: 'expire' satisfies JobName },
]

/** Options of `openStore`. */
export interface StoreOptions {
  readonly logger: Logger
  /** `false` for a role that may not change the schema: it must be there already. Default true. */
  readonly install?: boolean
  /** How often jobs that have come due are looked for, default 5 s. New ones start at once. */
  readonly pollSeconds?: number
}

/**
 * Brings the schema up to date, starts the queue, and opens the store over both. `close` ends the
 * queue and the waiting, not `sql`, which belongs to the caller and is closed after it.
 */
export async function openStore(sql: Sql, options: StoreOptions): Promise<Store> {
  const { logger, install = true, pollSeconds } = options
  if (install) await migrate(sql, migrations)
  else await checkMigrated(sql, migrations)
  const boss = await startBoss(sql, {
    queues,
    install,
    logger,
    ...(pollSeconds === undefined ? {} : { pollSeconds }),
  })
  return new SqlStore(sql, boss, logger)
}

class SqlStore extends Reads implements Store {
  readonly #sql: Sql
  readonly #boss: Boss
  readonly #wakes: Wakes
  #closed: Promise<void> | undefined

  constructor(sql: Sql, boss: Boss, logger: Logger) {
    super(sql)
    this.#sql = sql
    this.#boss = boss
    this.#wakes = new Wakes(sql, logger)
  }

  transaction<T>(run: (tx: StoreTransaction) => Promise<T>): Promise<T> {
    return this.#sql.transaction(async (queryable) => {
      const tx = new Writes(queryable, this.#boss)
      const result = await run(tx)
      await tx.finish()
      return result
    })
  }

  async swapExecution(
    requestId: string,
    { from, to }: { readonly from: Execution; readonly to: Execution },
    fact: AuditFact,
  ): Promise<boolean> {
    const values = new Values()
    const columns = Object.entries(executionColumns(to)).map(
      ([name, value]) => `${name} = ${values.add(value)}`,
    )
    const { rows } = await this.#sql.query(
      `with changed as (
         update holdpoint.requests set ${columns.join(', ')}
         where id = ${values.add(requestId)} and state = 'approved'
           and execution_state = ${values.add(from.state)}
           and execution_token = ${values.add(from.token)}
           and execution_lease_until is not distinct from ${values.add(from.leaseUntil)}
           -- Never without its entry: before the first one of all there is no head to follow.
           and exists (select 1 from holdpoint.audit_head)
         returning 1),
       ${appended([fact], values, 'exists (select 1 from changed)')}
       select seq from written`,
      values.all,
    )
    return rows.length === 1
  }

  async putImage(bytes: Uint8Array, mediaType: string): Promise<string> {
    const sha256 = sha256Hex(bytes)
    await this.#sql.query(
      `insert into holdpoint.images (sha256, media_type, bytes) values ($1, $2, $3)
       on conflict (sha256) do nothing`,
      [sha256, mediaType, bytes],
    )
    return sha256
  }

  onWake(requestId: string, onWake: () => void): Promise<{ close(): void }> {
    return this.#wakes.add(requestId, onWake)
  }

  onAnyWake(onWake: () => void): Promise<{ close(): void }> {
    return this.#wakes.addForAll(onWake)
  }

  untold(options: Parameters<Store['untold']>[0]): ReturnType<Store['untold']> {
    return readUntold(this.#sql, options)
  }

  markTold(requestId: string, state: EndedState): Promise<void> {
    return writeTold(this.#sql, requestId, state)
  }

  async work(job: JobName, handler: (requestId: string) => Promise<void>): Promise<void> {
    await this.#boss.work(job, ({ requestId }) => handler(requestId))
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    await this.#boss.stop()
    await this.#wakes.close()
  }
}
