import { HoldpointError } from '../core/errors.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { RequestStanding, StoreTransaction } from '../ports/store.ts'
import type { Desk } from './desk.ts'
import { announce } from './locked.ts'

/** Whether an approval was not used in time: nobody has started, and nobody holds a claim that is good. */
export function isLapsed(desk: Desk, request: RequestStanding): boolean {
  if (request.state !== 'approved' || request.closedAt === undefined) return false
  const nowMs = desk.clock.now().getTime()
  if (nowMs <= request.closedAt.getTime() + request.policy.claimWithinMs) return false
  const { state, leaseUntil } = request.execution
  return state === 'none' || (state === 'claimed' && (leaseUntil?.getTime() ?? 0) <= nowMs)
}

/** Ends such an approval; inside a transaction that holds the request's lock. */
export async function lapseLocked(
  desk: Desk,
  tx: StoreTransaction,
  request: ApprovalRequest,
): Promise<void> {
  const now = desk.clock.now()
  const reason = `approved, but not started within ${request.policy.claimWithinMs / 1_000} s`
  await tx.updateRequest(request.id, { state: 'lapsed', closedAt: now, closedReason: reason })
  await tx.appendAudit({
    event: 'request.lapsed',
    requestId: request.id,
    actor: 'system',
    details: { approvedAt: request.closedAt?.toISOString() },
    at: now,
  })
  await announce(tx, request.id)
}

/** The error for whoever comes too late. */
export function lapsed(request: ApprovalRequest): HoldpointError<'HP_ERR_LAPSED'> {
  return new HoldpointError('HP_ERR_LAPSED', `${request.id} was approved too long ago`, {
    requestId: request.id,
  })
}
