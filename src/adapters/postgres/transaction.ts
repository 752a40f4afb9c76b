import { AsyncLocalStorage } from 'node:async_hooks'
import type { SqlQueryable, SqlResult } from '../../ports/sql.ts'

/** A session that is ours alone for the length of one transaction. */
export interface TransactionSession {
  query<Row>(text: string, values?: readonly unknown[]): Promise<SqlResult<Row>>
  /** Called when the transaction could not be ended: the session must not serve anyone else. */
  broken(error: unknown): void
}

interface Frame {
  readonly owner: object
  readonly parent: Frame | undefined
  over: boolean
}

const frames = new AsyncLocalStorage<Frame>()

/**
 * Throws if the caller runs inside a transaction of `owner`. On PGlite, and on a pool that is used
 * up, that call would wait for the transaction, and the transaction for the call, for ever.
 */
export function refuseInsideTransaction(owner: object, call: string): void {
  for (let frame = frames.getStore(); frame; frame = frame.parent) {
    if (frame.owner === owner && !frame.over) {
      throw new Error(`${call} was called inside a transaction; use the transaction's own query`)
    }
  }
}

/**
 * Begins, runs, and commits; rolls back when `run` throws, and also when a statement failed and
 * `run` swallowed it: Postgres answers COMMIT of a failed transaction with a silent ROLLBACK, and
 * the caller would believe that it was stored.
 */
export async function runTransaction<T>(
  owner: object,
  session: TransactionSession,
  run: (tx: SqlQueryable) => Promise<T>,
): Promise<T> {
  const frame: Frame = { owner, parent: frames.getStore(), over: false }
  let failed: { readonly error: unknown } | undefined
  // One statement after the other, even if the caller starts several at once.
  let last: Promise<unknown> = Promise.resolve()

  const tx: SqlQueryable = {
    query<Row>(text: string, values?: readonly unknown[]): Promise<SqlResult<Row>> {
      // A statement that comes late would land in the next caller's transaction.
      if (frame.over) return Promise.reject(new Error('the transaction is over; nothing was run'))
      const statement = last.then(() => session.query<Row>(text, values))
      last = statement.catch((error) => {
        failed ??= { error }
      })
      return statement
    },
  }

  try {
    await session.query('begin')
    const result = await frames.run(frame, () => run(tx))
    frame.over = true
    await last
    if (failed) throw failed.error
    await session.query('commit')
    return result
  } catch (error) {
    frame.over = true
    await last
    await session.query('rollback').catch((rollbackError) => session.broken(rollbackError))
    throw error
  }
}
