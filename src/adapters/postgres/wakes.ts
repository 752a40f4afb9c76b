import type { Logger } from '../../ports/log.ts'
import type { Sql } from '../../ports/sql.ts'
import { storeUnavailable } from './store-errors.ts'
import { wakeChannel } from './writes.ts'

/** How long a wake-up that was never heard can go unnoticed. */
const sweepMs = 30_000

/**
 * Who waits for which request. One LISTEN for all of them, and one query every 30 s as a safety net,
 * however many wait.
 */
export class Wakes {
  readonly #sql: Sql
  readonly #logger: Logger
  readonly #waiting = new Map<string, Set<() => void>>()
  readonly #forAll = new Set<() => void>()
  #listening: Promise<{ close(): Promise<void> }> | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(sql: Sql, logger: Logger) {
    this.#sql = sql
    this.#logger = logger
  }

  async add(requestId: string, onWake: () => void): Promise<{ close(): void }> {
    await this.#listen()
    // A function may be given twice; each subscription is its own.
    const callback = (): void => onWake()
    const all = this.#waiting.get(requestId) ?? new Set()
    this.#waiting.set(requestId, all.add(callback))
    return {
      close: () => {
        all.delete(callback)
        if (all.size === 0 && this.#waiting.get(requestId) === all) this.#waiting.delete(requestId)
      },
    }
  }

  /** Hears every wake, and the sweep, whatever it found. */
  async addForAll(onWake: () => void): Promise<{ close(): void }> {
    await this.#listen()
    const callback = (): void => onWake()
    this.#forAll.add(callback)
    return { close: () => void this.#forAll.delete(callback) }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    const listening = await this.#listening?.catch(() => undefined)
    await listening?.close().catch(() => {})
    // Whoever still waits looks once more, and learns that the store is closed.
    this.#wakeAll()
  }

  #listen(): Promise<{ close(): Promise<void> }> {
    if (this.#closed) return Promise.reject(storeUnavailable('the store is closed'))
    this.#listening ??= this.#sql
      .listen(
        wakeChannel,
        (requestId) => this.#wake(requestId),
        () => this.#wakeAll(),
      )
      .then((handle) => {
        this.#timer = setInterval(() => void this.sweep(), sweepMs)
        this.#timer.unref()
        return handle
      })
      .catch((error) => {
        // The next one who waits tries again.
        this.#listening = undefined
        throw error
      })
    return this.#listening
  }

  /** Wakes everyone whose request has ended in the meantime. */
  async sweep(): Promise<void> {
    this.#call(this.#forAll)
    const ids = [...this.#waiting.keys()]
    if (ids.length === 0) return
    try {
      const { rows } = await this.#sql.query<{ id: string }>(
        `select id from holdpoint.requests where id = any($1) and state <> 'pending'`,
        [ids],
      )
      for (const { id } of rows) this.#call(this.#waiting.get(id) ?? [])
    } catch (error) {
      this.#logger.warn('the sweep for missed wake-ups failed; it is repeated', { error })
    }
  }

  #wake(requestId: string): void {
    this.#call(this.#waiting.get(requestId) ?? [])
    this.#call(this.#forAll)
  }

  #wakeAll(): void {
    for (const callbacks of this.#waiting.values()) this.#call(callbacks)
    this.#call(this.#forAll)
  }

  #call(callbacks: Iterable<() => void>): void {
    for (const callback of [...callbacks]) {
      try {
        callback()
      } catch (error) {
        this.#logger.error('a waiter threw', { error })
      }
    }
  }
}
