import type { Ending } from '../../holding/outcome.ts'

/** One act of a tab that waits for people. */
export interface HeldAct {
  /** Aborts when another act takes its place in the tab. */
  readonly superseded: AbortSignal
  /** How it ended, for whoever repeats it meanwhile; undefined when its call failed by itself. */
  readonly ended: Promise<Ending | undefined>
  finish(ending: Ending | undefined): void
}

/** What of one tab waits for people: one act at a time, and the time that it has taken so far. */
export class TabHolds {
  #waiting = 0
  #sinceMs = 0
  #doneMs = 0
  #current:
    | { readonly key: string; readonly act: HeldAct; readonly stop: AbortController }
    | undefined

  /** Somebody is asked from now on, until the returned function is called. */
  began(nowMs: () => number): () => void {
    if (this.#waiting === 0) this.#sinceMs = nowMs()
    this.#waiting += 1
    let over = false
    return () => {
      if (over) return
      over = true
      this.#waiting -= 1
      if (this.#waiting === 0) this.#doneMs += nowMs() - this.#sinceMs
    }
  }

  get isWaiting(): boolean {
    return this.#waiting > 0
  }

  /** How long the tab has waited for people in its life, this moment included. */
  heldMs(nowMs: number): number {
    return this.#doneMs + (this.isWaiting ? nowMs - this.#sinceMs : 0)
  }

  /** The act of the same key that waits already: repeating it asks nothing and does nothing twice. */
  twin(key: string): HeldAct | undefined {
    return this.#current?.key === key ? this.#current.act : undefined
  }

  /** Puts an act in the place of the one that waits, which the agent has thereby given up. */
  enter(key: string): HeldAct {
    this.#current?.stop.abort('the agent did something else in this tab')
    const stop = new AbortController()
    const { promise: ended, resolve } = Promise.withResolvers<Ending | undefined>()
    const act: HeldAct = {
      superseded: stop.signal,
      ended,
      finish: (ending) => {
        if (this.#current?.act === act) this.#current = undefined
        resolve(ending)
      },
    }
    this.#current = { key, act, stop }
    return act
  }
}
