import pg from 'pg'
import { optionInvalid } from '../../core/errors.ts'
import { type Logger, silentLogger } from '../../ports/log.ts'
import type { Sql, SqlQueryable, SqlResult } from '../../ports/sql.ts'
import { InFlight } from './in-flight.ts'
import { toWireValue } from './parameters.ts'
import { PgListener } from './pg-listener.ts'
import { fromPgError, messageOf, storeUnavailable } from './store-errors.ts'
import { deadline } from './timing.ts'
import { refuseInsideTransaction, runTransaction } from './transaction.ts'

const connectTimeoutMs = 10_000
const idleTimeoutMs = 30_000
/** How long `close` lets work that is under way come to its end. */
const closeGraceMs = 3_000
const disconnectMs = 1_000

/** Options of `openPostgres`. */
export interface PostgresOptions {
  readonly connectionString: string
  /** Connections at most, default 10. One more is opened when somebody listens. */
  readonly poolSize?: number
  /** Hears what no caller hears: a lost connection, a listener that threw. Default: nobody. */
  readonly logger?: Logger
}

/** Opens a PostgreSQL database. Rejects with `HP_ERR_STORE_UNAVAILABLE` if it does not answer. */
export async function openPostgres(options: PostgresOptions): Promise<Sql> {
  checkConnectionString(options.connectionString)
  const sql = new PgSql(options)
  try {
    await sql.query('select 1')
  } catch (error) {
    await sql.close()
    throw error
  }
  return sql
}

class PgSql implements Sql {
  readonly dialect = 'postgres'
  readonly #pool: pg.Pool
  readonly #listener: PgListener
  readonly #inFlight = new InFlight()
  readonly #inTransaction = new Set<pg.PoolClient>()
  #closed: Promise<void> | undefined

  constructor(options: PostgresOptions) {
    const logger = options.logger ?? silentLogger
    const onError = (error: unknown) =>
      logger.warn('the database connection', { error: messageOf(error) })
    const config: pg.ClientConfig = {
      connectionString: options.connectionString,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      types: { getTypeParser },
    }
    this.#pool = new pg.Pool({
      ...config,
      application_name: 'holdpoint',
      max: options.poolSize ?? 10,
      idleTimeoutMillis: idleTimeoutMs,
    })
    // Without these two, a connection that breaks while nobody uses it, or between two statements of
    // a transaction, is an uncaught exception that ends the process.
    this.#pool.on('error', onError)
    this.#pool.on('connect', (client) => client.on('error', () => {}))
    this.#listener = new PgListener({ ...config, application_name: 'holdpoint-listen' }, onError)
  }

  async query<Row>(text: string, values?: readonly unknown[]): Promise<SqlResult<Row>> {
    refuseInsideTransaction(this, 'query')
    return this.#inFlight.run(() => send<Row>(this.#pool, text, values))
  }

  async transaction<T>(run: (tx: SqlQueryable) => Promise<T>): Promise<T> {
    refuseInsideTransaction(this, 'transaction')
    return this.#inFlight.run(() => this.#transaction(run))
  }

  async #transaction<T>(run: (tx: SqlQueryable) => Promise<T>): Promise<T> {
    const client = await this.#connect()
    this.#inTransaction.add(client)
    let broken = false
    try {
      return await runTransaction(
        this,
        {
          query: (text, values) => send(client, text, values),
          broken: () => {
            broken = true
          },
        },
        run,
      )
    } finally {
      this.#inTransaction.delete(client)
      client.release(broken)
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw fromPgError(error)
    }
  }

  async listen(
    channel: string,
    onPayload: (payload: string) => void,
    onReconnect?: () => void,
  ): Promise<{ close(): Promise<void> }> {
    refuseInsideTransaction(this, 'listen')
    return this.#inFlight.run(() => this.#listener.listen({ channel, onPayload, onReconnect }))
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const closed = storeUnavailable('the database connection was closed')
    this.#inFlight.refuse(closed)
    await this.#inFlight.settled(closeGraceMs)
    this.#inFlight.abort(closed)
    // What still holds a connection now would hold up the pool's end for ever.
    for (const client of this.#inTransaction) void endClient(client)
    const ended = this.#pool.end().catch(() => {})
    await Promise.all([
      this.#listener.close(),
      deadline(ended, disconnectMs, 'disconnect').catch(() => {}),
    ])
  }
}

async function send<Row>(
  target: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<SqlResult<Row>> {
  try {
    const answer: pg.QueryResult | pg.QueryResult[] = await target.query(
      text,
      values.map(toWireValue),
    )
    // Several statements in one text come back as a list.
    const results = Array.isArray(answer) ? answer : [answer]
    return {
      rows: results.flatMap((result) => result.rows),
      rowCount: results.reduce((sum, result) => sum + (result.rowCount ?? 0), 0),
    }
  } catch (error) {
    throw fromPgError(error)
  }
}

// `pg.PoolClient` has no `end` in its types, yet is a client: it cuts the socket under a statement.
async function endClient(client: pg.PoolClient): Promise<void> {
  if ('end' in client && typeof client.end === 'function') await client.end()
}

/** Our own parsers, as `pg.types` is shared by everything in the process that uses `pg`. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (format !== 'binary') {
    if (oid === pg.types.builtins.INT8) return Number
    // Without a time zone there is no instant; `pg` would take the machine's zone, PGlite UTC.
    if (oid === pg.types.builtins.DATE || oid === pg.types.builtins.TIMESTAMP) return String
    if (oid === pg.types.builtins.INTERVAL) return String
  }
  return pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format)
}

function checkConnectionString(connectionString: string): void {
  try {
    new pg.Client({ connectionString })
  } catch {
    // The cause carries the whole string, and with it the password.
    throw optionInvalid('database', 'expected postgres://user:password@host:5432/name')
  }
}
