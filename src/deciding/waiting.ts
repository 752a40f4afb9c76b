import { isHoldpointError } from '../core/errors.ts'
import type { RequestEnding } from '../ports/approvals.ts'
import type { RequestStanding } from '../ports/store.ts'
import type { Desk } from './desk.ts'
import { expire } from './expire.ts'
import { notFound } from './locked.ts'

/** Timers cannot be longer (2^31 ms); a longer deadline is waited for in pieces. */
const MAX_TIMER_MS = 24 * 60 * 60_000

/**
 * Waits until the request has ended. Subscribes first and reads second, so that no decision falls in
 * between; applies the deadline itself when it passes. While the store does not answer it goes on
 * waiting, at most until the deadline. Rejects with `signal`'s reason when that aborts.
 */
export async function untilEnded(
  desk: Desk,
  requestId: string,
  signal?: AbortSignal,
): Promise<RequestStanding> {
  signal?.throwIfAborted()
  const alarm = new Alarm(signal)
  const subscription = await desk.store.onWake(requestId, () => alarm.ring())
  try {
    // A store that does not even answer the first question is an error at once.
    let request = await read(desk, requestId)
    while (request.state === 'pending') {
      await alarm.wait(request.expiresAt.getTime() - desk.clock.now().getTime())
      request = await lookAgain(desk, request)
    }
    return request
  } finally {
    subscription.close()
    alarm.close()
  }
}

async function read(desk: Desk, requestId: string): Promise<RequestStanding> {
  const request = await desk.store.standing(requestId)
  if (request === undefined) throw notFound(requestId)
  return request
}

async function lookAgain(desk: Desk, request: RequestStanding): Promise<RequestStanding> {
  const overdue = request.expiresAt.getTime() <= desk.clock.now().getTime()
  try {
    if (overdue) await expire(desk, request.id)
    return await read(desk, request.id)
  } catch (error) {
    // A wake-up comes with every reconnect; past the deadline there is nothing left to wait for.
    if (overdue || !isHoldpointError(error, 'HP_ERR_STORE_UNAVAILABLE')) throw error
    desk.logger.warn('the store does not answer; the wait goes on', { requestId: request.id })
    return request
  }
}

/** What the agent's side is told of it. */
export function endingOf({ id, state, verdict, closedReason }: RequestStanding): RequestEnding {
  if (state === 'pending') throw new Error(`${id} has not ended`)
  return {
    requestId: id,
    state,
    ...(verdict === undefined ? {} : { verdict }),
    ...(closedReason === undefined ? {} : { reason: closedReason }),
  }
}

/** Rings for a wake-up, for the time, or for the caller's signal; a ring before the wait is kept. */
export class Alarm {
  readonly #signal: AbortSignal | undefined
  readonly #abort = (): void => this.ring()
  #rung = false
  #resolve: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort)
  }

  ring(): void {
    this.#rung = true
    this.#resolve?.()
  }

  async wait(timeMs: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve
        this.#timer = setTimeout(resolve, Math.min(Math.max(timeMs, 1), MAX_TIMER_MS))
      })
      clearTimeout(this.#timer)
    }
    this.#rung = false
    this.#resolve = undefined
    this.#signal?.throwIfAborted()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#abort)
  }
}
