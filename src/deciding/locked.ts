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

/** The queue goes by the database's clock: a job that came early by the desk's would find nothing to show. */
const LATER_MS = 2_000

/** Has people's messages looked at again once `at` has come. Joins the transaction. */
export async function deliverAfter(
  tx: StoreTransaction,
  requestId: string,
  at: Date,
): Promise<void> {
  await tx.enqueue('deliver', requestId, new Date(at.getTime() + LATER_MS))
}
