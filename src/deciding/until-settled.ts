import type { RequestStanding } from '../ports/store.ts'
import type { Desk } from './desk.ts'
import { notFound } from './locked.ts'
import { Alarm } from './waiting.ts'

/** A call that waits in the agent's process claims its approval within this time; else none waits. */
const CLAIM_MS = 3_000
/** Within this time what had changed after the approval is asked about: evidence is taken first. */
const FOLLOW_MS = 10_000

/**
 * Waits through the verdict until what was approved is done, or until it is known that nothing does it;
 * at most `waitMs`. For who is not the guard: what it then reads in the store is for a text, not for acting.
 * Rejects with `signal`'s reason when that aborts, and with `HP_ERR_REQUEST_NOT_FOUND`.
 */
export async function untilSettled(
  desk: Desk,
  requestId: string,
  { waitMs, signal }: { readonly waitMs: number; readonly signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted()
  const endMs = performance.now() + waitMs
  const alarm = new Alarm(signal)
  const subscription = await desk.store.onWake(requestId, () => alarm.ring())
  let phase = { name: '', sinceMs: 0 }
  try {
    for (;;) {
      const standing = await desk.store.standing(requestId)
      if (standing === undefined) throw notFound(requestId)
      const name = `${standing.state} ${standing.execution.state}`
      if (phase.name !== name) phase = { name, sinceMs: performance.now() }
      const expectedMs = await expectedWithin(desk, standing, performance.now() - phase.sinceMs)
      const leftMs = Math.min(endMs - performance.now(), expectedMs)
      if (leftMs <= 0) return
      await alarm.wait(leftMs)
    }
  } finally {
    subscription.close()
    alarm.close()
  }
}

/** For how much longer something is to be expected of a request that has stood like this for `sinceMs`. */
async function expectedWithin(
  desk: Desk,
  request: RequestStanding,
  sinceMs: number,
): Promise<number> {
  if (request.state === 'pending') return request.expiresAt.getTime() - desk.clock.now().getTime()
  if (request.state !== 'approved') return 0
  switch (request.execution.state) {
    case 'none':
      return CLAIM_MS - sinceMs
    case 'claimed':
    case 'started':
    case 'sent':
      return Number.POSITIVE_INFINITY
    case 'refused':
      return (await desk.store.followerOf(request.id)) === undefined ? FOLLOW_MS - sinceMs : 0
    default:
      return 0
  }
}
