import type { Ending } from '../../holding/outcome.ts'
import type { Gesture } from './gesture.ts'

/** Why a question is taken back when the same agent is held for something else in its tab. */
export const SUPERSEDED = 'the agent did something else in this tab'

/** One act of a tab that is asked about or runs, for whoever repeats it meanwhile. */
export interface HeldAct {
  /** How it ended; undefined when its call failed by itself. */
  readonly ended: Promise<Ending | undefined>
  finish(ending: Ending | undefined): void
}

/** One question of a tab. */
export interface Waiting {
  /** Aborts, with the reason as text, when the agent gives the question up. */
  readonly givenUp: AbortSignal
  /** Nobody waits for the answer any more; the question stands. */
  leave(): void
  /** It has been answered, or is no longer asked. */
  over(): void
}

interface Asked {
  readonly by: Gesture
  readonly stop: AbortController
  isLeft: boolean
}

/** What of one tab waits for people: the agent's one act at a time, and how long that has taken so far. */
export class TabHolds {
  readonly #nowMs: () => number
  readonly #asked = new Set<Asked>()
  readonly #acts = new Map<string, HeldAct>()
  #changedMs = 0
  #doneMs = 0

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** People are asked about `by` from now on. What else the agent asked in this tab is given up. */
  wait(by: Gesture): Waiting {
    // A page that acts by itself must not take back what its agent asks.
    if (by.cause === 'agent') this.#giveUp(SUPERSEDED, (asked) => asked.by !== by)
    const asked: Asked = { by, stop: new AbortController(), isLeft: false }
    this.#change(() => this.#asked.add(asked))
    return {
      givenUp: asked.stop.signal,
      leave: () => this.#change(() => (asked.isLeft = true)),
      over: () => this.#change(() => this.#asked.delete(asked)),
    }
  }

  /** A call of the agent's that waited beside a hold has failed: nothing waits for what would come of it. */
  waitFailed(): void {
    this.#giveUp('the agent’s wait for it failed', (asked) => !asked.isLeft)
  }

  #giveUp(reason: string, which: (asked: Asked) => boolean): void {
    for (const asked of this.#asked) {
      if (asked.by.cause === 'agent' && which(asked)) asked.stop.abort(reason)
    }
  }

  get isWaiting(): boolean {
    return [...this.#asked].some((asked) => !asked.isLeft)
  }

  /** How long the tab has waited for people in its life, this moment included. */
  get heldMs(): number {
    return this.#doneMs + (this.isWaiting ? this.#nowMs() - this.#changedMs : 0)
  }

  #change(change: () => void): void {
    this.#doneMs = this.heldMs
    this.#changedMs = this.#nowMs()
    change()
  }

  /** The act of the same key that is asked about or runs: repeating it asks nothing and does nothing twice. */
  twin(key: string): HeldAct | undefined {
    return this.#acts.get(key)
  }

  /** Begins an act that its twins will wait for. */
  begin(key: string): HeldAct {
    const { promise: ended, resolve } = Promise.withResolvers<Ending | undefined>()
    const act: HeldAct = {
      ended,
      finish: (ending) => {
        this.#acts.delete(key)
        resolve(ending)
      },
    }
    this.#acts.set(key, act)
    return act
  }
}
