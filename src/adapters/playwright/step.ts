import type { Judgement } from '../../core/judge.ts'
import type { PageReading } from '../../core/reading.ts'
import type { Ending } from '../../holding/outcome.ts'
import type { Gesture } from './gesture.ts'
import type { Frame } from './recorder.ts'
import type { HeldAct } from './tab-holds.ts'

/**
 * What becomes of one guarded call: for the session's record, for whoever makes the same call meanwhile,
 * and for `runAction`, which must know even if the code that it runs swallows the error.
 */
export class Step {
  reading?: PageReading
  judgement?: Judgement
  gesture?: Gesture
  ending?: Ending
  /** The picture that a person was asked with. */
  shown?: Frame | undefined
  act?: HeldAct
  /** What Playwright's own call threw. */
  callError?: unknown
  /** What went wrong on our side, so that the call was not made or nobody knows what came of it. */
  failure?: { readonly error: unknown }
  readonly #settled = Promise.withResolvers<void>()
  readonly #gaveUp = new AbortController()

  /** The agent has gone on: what still waits for people must not be done by a late approval. */
  giveUp(reason: string): void {
    // A question that was left standing is not waited for, and stays.
    if (this.ending === undefined) this.#gaveUp.abort(reason)
  }

  get gaveUp(): AbortSignal {
    return this.#gaveUp.signal
  }

  settle(): void {
    this.#settled.resolve()
  }

  /** Resolves when no person stands before the call any more: it was not held, or it has ended. */
  get settled(): Promise<void> {
    return this.#settled.promise
  }
}
