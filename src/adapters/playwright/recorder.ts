import type { Attempt } from '../../core/action.ts'
import type { Judgement } from '../../core/judge.ts'
import type { Ending } from '../../holding/outcome.ts'

/** A redacted picture of the page, as JPEG. */
export interface Frame {
  readonly bytes: Uint8Array
}

/** One guarded call, as it ended. */
export interface RecordedCall {
  /** `click`, `press Enter`. Never what was typed. */
  readonly name: string
  /** Name of the element it acted on, written by the page. */
  readonly target?: string | undefined
  readonly url: string
  readonly durationMs: number
  readonly failed: boolean
  readonly judgement?: Judgement | undefined
  readonly ending?: Ending | undefined
  /** What it found, or what the person was asked with; finished whenever it is. Not every step has one. */
  readonly frame?: Promise<Frame | undefined> | undefined
}

/** Records a session off the agent's path: nothing here is awaited by a call. */
export interface SessionRecorder {
  step(call: RecordedCall): void
  /** A state-changing request that no guard knew. */
  unrecognised(attempt: Attempt): void
  /** Writes what is still queued. */
  close(): Promise<void>
}
