import type { ActivePermit } from './active-permit.ts'
import type { GateHold } from './gate-hold.ts'

const QUIET_MS = 2_000
const LONGEST_MS = 30_000

/**
 * All that one guarded call, or one page event, causes in one tab, its frames and popups: from dispatch
 * until two seconds without a new committing request, at most thirty.
 */
export class Gesture {
  readonly cause: 'agent' | 'page'
  /** Set once the preflight's or the gate's hold was cleared. */
  permit: ActivePermit | undefined
  /** Holds that the gate opened while it lasted, with their terms' digest so that equal ones join. */
  readonly gateHolds = new Map<string, GateHold>()
  /** Hears of each of them as it is opened. */
  onGateHold: ((hold: GateHold) => void) | undefined
  /** Aborts what waits for people on its behalf, with the reason as text. */
  readonly signal: AbortSignal
  #startedAtMs: number
  #lastAtMs: number
  #running = true

  /** The agent's own words and confidence, unverified. */
  readonly said: { readonly says?: string; readonly confidence?: number }
  /** Navigations that the gate has judged since the gesture began. */
  navigationsJudged = 0

  constructor(
    cause: 'agent' | 'page',
    signal: AbortSignal,
    nowMs: number,
    said: { readonly says?: string; readonly confidence?: number } = {},
  ) {
    this.said = {
      ...(said.says === undefined ? {} : { says: said.says }),
      ...(said.confidence === undefined ? {} : { confidence: said.confidence }),
    }
    this.cause = cause
    this.signal = signal
    this.#startedAtMs = nowMs
    this.#lastAtMs = nowMs
  }

  /** The action was let go only now: its window starts here, held time does not count. */
  dispatched(nowMs: number): void {
    this.#startedAtMs = nowMs
    this.#lastAtMs = nowMs
  }

  held(key: string, hold: GateHold): void {
    this.gateHolds.set(key, hold)
    this.onGateHold?.(hold)
  }

  judged(isNavigation: boolean): void {
    if (isNavigation) this.navigationsJudged += 1
  }

  committed(nowMs: number): void {
    this.#lastAtMs = nowMs
  }

  returned(nowMs: number): void {
    this.#running = false
    this.#lastAtMs = Math.max(this.#lastAtMs, nowMs)
  }

  isOpen(nowMs: number): boolean {
    if (this.#running) return true
    return nowMs - this.#lastAtMs < QUIET_MS && nowMs - this.#startedAtMs < LONGEST_MS
  }
}
