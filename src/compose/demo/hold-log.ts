import type { Page } from 'playwright'

/** What the demo remembers of its holds, for its transcript and its scripted person. */
export class HoldLog {
  readonly labels = new Map<string, string>()
  decidedBy: string | undefined
  link: string | undefined
  page: Page | undefined
  readonly #endedAtMs = new Map<string, number>()
  readonly #heldAtMs = new Map<string, number>()
  readonly #waiting: ((requestId: string) => void)[] = []
  readonly #unread: string[] = []

  held(requestId: string): void {
    this.#heldAtMs.set(requestId, performance.now())
    const next = this.#waiting.shift()
    if (next === undefined) this.#unread.push(requestId)
    else next(requestId)
  }

  next(): Promise<string> {
    const unread = this.#unread.shift()
    if (unread !== undefined) return Promise.resolve(unread)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  decided(_requestId: string, by: string | undefined): void {
    if (by !== undefined) this.decidedBy = by
  }

  waitedMs(requestId: string): number {
    return performance.now() - (this.#heldAtMs.get(requestId) ?? performance.now())
  }

  ended(requestId: string): void {
    this.#endedAtMs.set(requestId, Date.now())
  }

  /** Milliseconds since the epoch; 0 while it has not run. */
  endedAtMs(requestId: string): number {
    return this.#endedAtMs.get(requestId) ?? 0
  }

  get requestIds(): readonly string[] {
    return [...this.#heldAtMs.keys()]
  }
}
