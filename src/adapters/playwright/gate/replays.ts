import type { Disposition } from './network-gate.ts'
import type { PausedRequest } from './paused-request.ts'

interface Expected {
  readonly frameId: string
  readonly url: string
  readonly onArrival: (paused: PausedRequest) => Promise<Disposition>
}

/** Navigations that the guard itself has started and waits for at the gate. */
export class Replays {
  readonly #expected = new Set<Expected>()

  /** Expects one navigation of this frame to this address; `cancel` when it did not come. */
  expect(expected: Expected): { cancel(): boolean } {
    this.#expected.add(expected)
    return { cancel: () => this.#expected.delete(expected) }
  }

  /** Each expectation is met once, so that a page cannot ride on a second navigation of the same address. */
  take(paused: PausedRequest): Promise<Disposition> | undefined {
    if (paused.resourceType !== 'Document' || paused.redirectedRequestId !== undefined)
      return undefined
    for (const expected of this.#expected) {
      if (
        expected.frameId === paused.frameId &&
        expected.url === paused.request.url.replace(/#.*$/, '')
      ) {
        this.#expected.delete(expected)
        return expected.onArrival(paused)
      }
    }
    return undefined
  }
}
