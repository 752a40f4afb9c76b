import type { Desk } from './desk.ts'
import { expireLocked, isOverdue } from './expire.ts'
import { announce, lockRequest } from './locked.ts'

/**
 * Takes the question back, or an approval that nobody has started to use. False when it had ended, or
 * started, before. `actor`: who takes it back, default the agent that asked.
 */
export async function withdraw(
  desk: Desk,
  requestId: string,
  reason: string,
  actor?: string,
): Promise<boolean> {
  return desk.store.transaction(async (tx) => {
    const request = await lockRequest(tx, requestId)
    if (isOverdue(desk, request)) {
      await expireLocked(desk, tx, request)
      return false
    }
    // `claimed` has not touched the page, and its owner's start will find the request withdrawn.
    const unused =
      request.state === 'approved' && ['none', 'claimed'].includes(request.execution.state)
    if (request.state !== 'pending' && !unused) return false
    const now = desk.clock.now()
    await tx.updateRequest(requestId, { state: 'withdrawn', closedAt: now, closedReason: reason })
    await tx.appendAudit({
      event: 'request.withdrawn',
      requestId,
      actor: actor ?? `agent:${request.agent}`,
      details: { reason: reason.slice(0, 200), was: request.state },
      at: now,
    })
    await announce(tx, requestId)
    return true
  })
}
