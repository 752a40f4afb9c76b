import type { WireValue } from './parameters.ts'

/** What the worker is started with. */
export interface WorkerOptions {
  /** A folder, or `memory://`. */
  readonly dataDir: string
  /** Path of a tarball of a fresh data folder, used when there is none yet. */
  readonly loadDataDir: string | undefined
}

/** From the main thread to the worker. */
export type ToWorker =
  | {
      readonly kind: 'query'
      readonly id: number
      readonly text: string
      /** Empty: the text may hold several statements. */
      readonly values: readonly WireValue[]
      /** Whether a transaction may be open when the statement has run. */
      readonly inTransaction: boolean
    }
  | { readonly kind: 'close' }

/** From the worker to the main thread. */
export type FromWorker =
  | { readonly kind: 'initialising' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: PlainError }
  | { readonly kind: 'rows'; readonly id: number; readonly rows: unknown[]; readonly count: number }
  | { readonly kind: 'error'; readonly id: number; readonly error: PlainError }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string }

/** An error as it crosses the thread: what Postgres said, without the statement and its values. */
export interface PlainError {
  readonly message: string
  readonly stack: string | undefined
  /** `code` (SQLSTATE), `detail`, `constraint` and so on, as `pg` names them. */
  readonly fields: Readonly<Record<string, string>>
}
