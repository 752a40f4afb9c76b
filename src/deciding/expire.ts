import type { ApprovalRequest } from '../core/request.ts'
import type { StoreTransaction } from '../ports/store.ts'
import type { Desk } from './desk.ts'
import { announce, lockRequest } from './locked.ts'

/** Ends a request whose deadline has passed. False if it has not, or if the request ended before. */
export async function expire(desk: Desk, requestId: string): Promise<boolean> {
  return desk.store.transaction(async (tx) => {
    const request = await lockRequest(tx, requestId)
    if (!isOverdue(desk, request)) return false
    await expireLocked(desk, tx, request)
    return true
  })
}

/** Whether it still asks although nobody may answer any more. */
export function isOverdue(desk: Desk, request: ApprovalRequest): boolean {
  return request.state === 'pending' && request.expiresAt.getTime() <= desk.clock.now().getTime()
}

/** The same inside a transaction that holds the request's lock. */
export async function expireLocked(
  desk: Desk,
  tx: StoreTransaction,
  request: ApprovalRequest,
): Promise<void> {
  const now = desk.clock.now()
  await tx.updateRequest(request.id, { state: 'expired', closedAt: now })
  await tx.appendAudit({
    event: 'request.expired',
    requestId: request.id,
    actor: 'system',
    details: { deadline: request.expiresAt.toISOString() },
    at: now,
  })
  await announce(tx, request.id)
}
