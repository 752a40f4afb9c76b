/** What a page that moves says to its browser: come again after this time. */
export const REFRESH_S = 2
/** A browser that has not come again by then shows something else. */
const GONE_MS = REFRESH_S * 1_000 + 2_000
const LOOK_MS = 50

/** Browsers in which an order is being placed just now, and which come again to see how it ended. */
export class Watchers {
  /** By request, when it was shown as being under way. */
  readonly #shownAtMs = new Map<string, number>()

  shown(requestId: string, isMoving: boolean): void {
    if (isMoving) this.#shownAtMs.set(requestId, performance.now())
    else this.#shownAtMs.delete(requestId)
  }

  /**
   * Resolves when every one of them has seen the end, or has gone: a server that closes before leaves the
   * person who has just approved with an error of the browser.
   */
  async settled(): Promise<void> {
    const untilMs = performance.now() + GONE_MS
    const isWatched = (): boolean =>
      [...this.#shownAtMs.values()].some((atMs) => performance.now() - atMs < GONE_MS)
    while (isWatched() && performance.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }
}
