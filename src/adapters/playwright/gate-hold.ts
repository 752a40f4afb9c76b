import type { ApprovalRequest } from '../../core/request.ts'
import type { Ending } from '../../holding/outcome.ts'
import type { Gesture } from './gesture.ts'
import type { Waiting } from './tab-holds.ts'
import { within } from './within.ts'

interface Asked {
  readonly request: ApprovalRequest
  readonly waiting: Waiting | undefined
}

/** A request that the gate holds on behalf of a gesture. It is asked about in place, whoever waits for it. */
export class GateHold {
  readonly gesture: Gesture
  /** Aborts, with the reason as text, when it is no longer asked. */
  readonly signal: AbortSignal
  readonly ended: Promise<Ending>
  readonly #stop = new AbortController()
  readonly #asked = Promise.withResolvers<Asked>()

  constructor(gesture: Gesture, run: (hold: GateHold) => Promise<Ending>) {
    this.gesture = gesture
    this.signal = AbortSignal.any([gesture.signal, this.#stop.signal])
    this.ended = run(this)
    // Heard by the call that waits for it, or by nobody.
    this.ended.catch(() => undefined)
  }

  /** People are asked from now on. */
  asked(request: ApprovalRequest, waiting: Waiting | undefined): void {
    this.#asked.resolve({ request, waiting })
  }

  /** The agent does not wait for it any more. `reason`: a text, else the agent's own affair. */
  giveUp(reason: unknown): void {
    this.#stop.abort(reason)
  }

  /** How it ended; `held` if people are asked and have not answered within `waitMs`: the question stands. */
  async endingWithin(waitMs: number | undefined): Promise<Ending> {
    if (waitMs === undefined) return this.ended
    const asked = await Promise.race([this.#asked.promise, this.ended.then(() => undefined)])
    if (asked === undefined) return this.ended
    const { request, waiting } = asked
    const ending = await within<Ending>(this.ended, waitMs, { status: 'held', request })
    if (ending.status === 'held') waiting?.leave()
    return ending
  }
}
