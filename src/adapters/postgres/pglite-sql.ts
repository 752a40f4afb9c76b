import { once } from 'node:events'
import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { HoldpointError } from '../../core/errors.ts'
import { type Logger, silentLogger } from '../../ports/log.ts'
import type { Sql, SqlQueryable, SqlResult } from '../../ports/sql.ts'
import { InFlight } from './in-flight.ts'
import { Listeners, quoteChannel, type Subscription } from './listeners.ts'
import { toWireValue } from './parameters.ts'
import type { FromWorker, PlainError, ToWorker, WorkerOptions } from './pglite-protocol.ts'
import { SerialQueue } from './serial-queue.ts'
import { messageOf, storeUnavailable } from './store-errors.ts'
import { deadline } from './timing.ts'
import { refuseInsideTransaction, runTransaction } from './transaction.ts'

/** How long `close` lets work that is under way come to its end, and then the database. */
const closeGraceMs = 3_000

/** Options of `openPglite`. */
export interface PgliteOptions {
  /** A folder that this process owns (see `lockFolder`), or `memory://`. Made if missing. */
  readonly dataDir: string
  /** Path of a tarball of a fresh data folder: a first start then takes 1 s instead of 4 to 12 s. */
  readonly loadDataDir?: string
  /** Called when there is no database in the folder yet, so that somebody can ask for patience. */
  readonly onInitialising?: () => void
  /** Hears what no caller hears: a lost connection, a listener that threw. Default: nobody. */
  readonly logger?: Logger
}

/**
 * Opens PGlite (PostgreSQL in WASM) in a worker thread, so that a slow statement does not stall this
 * thread. There is no durability against power loss, and no guard against a second opener here.
 */
export async function openPglite(options: PgliteOptions): Promise<Sql> {
  const sql = new PgliteSql(options)
  await sql.ready
  return sql
}

interface Waiting {
  resolve(message: Extract<FromWorker, { kind: 'rows' }>): void
  reject(error: Error): void
}

class PgliteSql implements Sql {
  readonly dialect = 'pglite'
  readonly ready: Promise<void>
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners: Listeners
  /** There is one session: a transaction holds it, and everything else waits in line. */
  readonly #session = new SerialQueue()
  readonly #inFlight = new InFlight()
  #lastId = 0
  #dead: Error | undefined
  #closed: Promise<void> | undefined

  constructor(options: PgliteOptions) {
    const logger = options.logger ?? silentLogger
    const onError = (error: unknown) =>
      logger.warn('the database connection', { error: messageOf(error) })
    this.#listeners = new Listeners(onError)
    const { dataDir, loadDataDir } = options
    const workerData: WorkerOptions = {
      dataDir: dataDir === 'memory://' ? dataDir : resolve(dataDir),
      loadDataDir,
    }
    // From the sources this file is `.ts`, in the package `.js`; the worker lies beside it.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    this.#worker = new Worker(new URL(`./pglite-worker.${extension}`, import.meta.url), {
      workerData,
      name: 'holdpoint-pglite',
      // The program's own flags (`--input-type`, loaders) can keep the worker from starting.
      execArgv: [],
    })
    this.ready = new Promise((resolveReady, reject) => {
      this.#worker.on('message', (message: FromWorker) => {
        if (message.kind === 'initialising') options.onInitialising?.()
        else if (message.kind === 'ready') resolveReady()
        else if (message.kind === 'failed') {
          this.#die(
            storeUnavailable(
              `the local database did not open: ${message.error.message}`,
              toError(message.error),
            ),
          )
          void this.#worker.terminate()
        } else this.#receive(message)
        if (this.#dead) reject(this.#dead)
      })
      const stop = (error: HoldpointError) => {
        if (!this.#dead && !this.#closed) onError(error)
        this.#die(error)
        reject(error)
      }
      this.#worker.on('error', (cause) => {
        stop(storeUnavailable('the local database crashed; this process has to start again', cause))
      })
      this.#worker.on('exit', (code) => {
        stop(storeUnavailable(`the local database stopped (exit code ${code})`))
      })
    })
  }

  async query<Row>(text: string, values: readonly unknown[] = []): Promise<SqlResult<Row>> {
    refuseInsideTransaction(this, 'query')
    return this.#inFlight.run(() => this.#session.run(() => this.#send<Row>(text, values, false)))
  }

  async transaction<T>(run: (tx: SqlQueryable) => Promise<T>): Promise<T> {
    refuseInsideTransaction(this, 'transaction')
    return this.#inFlight.run(() => this.#session.run(() => this.#transaction(run)))
  }

  #transaction<T>(run: (tx: SqlQueryable) => Promise<T>): Promise<T> {
    const session = {
      query: <Row>(text: string, values: readonly unknown[] = []) =>
        this.#send<Row>(text, values, true),
      // The worker ends a transaction that is still open before the next statement of anyone else.
      broken: () => {},
    }
    return runTransaction(this, session, run)
  }

  async listen(
    channel: string,
    onPayload: (payload: string) => void,
  ): Promise<{ close(): Promise<void> }> {
    refuseInsideTransaction(this, 'listen')
    const identifier = quoteChannel(channel)
    const subscription: Subscription = { channel, onPayload, onReconnect: undefined }
    this.#listeners.add(subscription)
    try {
      await this.query(`listen ${identifier}`)
    } catch (error) {
      this.#listeners.remove(subscription)
      throw error
    }
    return {
      close: async () => {
        if (!this.#listeners.remove(subscription)) return
        await this.query(`unlisten ${identifier}`).catch(() => {})
      },
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const closed = storeUnavailable('the local database was closed')
    this.#inFlight.refuse(closed)
    await this.#inFlight.settled(closeGraceMs)
    if (!this.#dead) {
      const exited = once(this.#worker, 'exit')
      this.#post({ kind: 'close' })
      await deadline(exited, closeGraceMs, 'close').catch(() => {})
    }
    this.#die(closed)
    await this.#worker.terminate()
  }

  async #send<Row>(
    text: string,
    values: readonly unknown[],
    inTransaction: boolean,
  ): Promise<SqlResult<Row>> {
    if (this.#dead) throw this.#dead
    const id = ++this.#lastId
    const query = {
      kind: 'query',
      id,
      text,
      values: values.map(toWireValue),
      inTransaction,
    } as const
    const { rows, count } = await new Promise<Extract<FromWorker, { kind: 'rows' }>>(
      (resolveRows, reject) => {
        this.#waiting.set(id, { resolve: resolveRows, reject })
        this.#post(query)
      },
    )
    return { rows: rows as Row[], rowCount: count }
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  #receive(message: Extract<FromWorker, { kind: 'rows' | 'error' | 'notification' }>): void {
    if (message.kind === 'notification') {
      this.#listeners.notify(message.channel, message.payload)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.kind === 'rows') waiting?.resolve(message)
    else waiting?.reject(toError(message.error))
  }

  /** Answers everyone who waits and everyone who comes later: a guard then keeps its hold. */
  #die(error: HoldpointError): void {
    this.#dead ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#dead)
    this.#waiting.clear()
    this.#inFlight.abort(this.#dead)
  }
}

function toError({ message, stack, fields }: PlainError): Error {
  const error = new Error(message)
  if (stack !== undefined) error.stack = stack
  return Object.assign(error, fields)
}
