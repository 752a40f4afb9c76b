import { HoldpointError } from '../core/errors.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { StoreTransaction } from '../ports/store.ts'

/** Reads and locks the request, or throws `HP_ERR_REQUEST_NOT_FOUND`. */
export async function lockRequest(
  tx: StoreTransaction,
  requestId: string,
): Promise<ApprovalRequest> {
  const request = await tx.lock(requestId)
  if (request === undefined) throw notFound(requestId)
  return request
}

/** The error for a number that was never given. */
export function notFound(requestId: string): HoldpointError<'HP_ERR_REQUEST_NOT_FOUND'> {
  return new HoldpointError('HP_ERR_REQUEST_NOT_FOUND', `there is no request ${requestId}`, {
    requestId,
  })
}

/** Tells everyone: the waiters by a wake-up, the people by a delivery. Joins the transaction. */
export async function announce(tx: StoreTransaction, requestId: string): Promise<void> {
  await tx.wake(requestId)
  await tx.enqueue('deliver', requestId)
}
