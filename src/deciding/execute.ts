import type { AuditEvent, AuditFact } from '../core/audit.ts'
import { claim, type Execution, type ExecutionEnding, finish, sent, start } from '../core/claim.ts'
import { HoldpointError, isHoldpointError } from '../core/errors.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { Claim, EvidenceImage } from '../ports/approvals.ts'
import type { RequestStanding, StoreTransaction } from '../ports/store.ts'
import type { Desk } from './desk.ts'
import { isLapsed, lapsed, lapseLocked } from './lapse.ts'
import { lockRequest } from './locked.ts'
import { rejection } from './open-request.ts'

/** How long a claim is good; `start` and `sent` renew it. */
const LEASE_MS = 60_000

/**
 * Takes the right to run an approved action. Of any number who try, one gets it. With `seen`, a standing
 * of a moment ago, that is one trip if nothing has changed since; otherwise the request is locked and read.
 */
export async function claimExecution(
  desk: Desk,
  requestId: string,
  owner: string,
  { leaseMs = LEASE_MS, seen }: { leaseMs?: number; seen?: RequestStanding | undefined } = {},
): Promise<Claim> {
  const worker = { owner, now: desk.clock.now(), leaseMs }
  if (seen !== undefined && isFree(desk, seen)) {
    const execution = claim(seen.execution, worker)
    const change = { from: seen.execution, to: execution }
    const fact = factOf(desk, seen, execution, 'execution.claimed', { owner })
    if (await desk.store.swapExecution(requestId, change, fact)) {
      return { requestId, token: execution.token }
    }
  }
  const claimed = await desk.store.transaction(async (tx) => {
    const request = await lockRequest(tx, requestId)
    if (isLapsed(desk, request)) {
      await lapseLocked(desk, tx, request)
      return { refused: lapsed(request) }
    }
    if (request.state !== 'approved') throw notApproved(request)
    const execution = claim(request.execution, worker)
    // People are told when it starts: `claimed` looks like that to them, and lasts as long as a reading.
    await tx.updateRequest(request.id, { execution })
    await tx.appendAudit(factOf(desk, request, execution, 'execution.claimed', { owner }))
    return { requestId, token: execution.token }
  })
  // Thrown only now, as the lapse has to be kept.
  if ('refused' in claimed) throw claimed.refused
  return claimed
}

function isFree(desk: Desk, seen: RequestStanding): boolean {
  return seen.state === 'approved' && seen.execution.state === 'none' && !isLapsed(desk, seen)
}

/** Closes the door before the page is touched: from here on nobody may claim. */
export async function startExecution(desk: Desk, claimed: Claim): Promise<void> {
  await change(desk, claimed, 'execution.started', (request) => {
    // An approval may be taken back until it is started.
    if (request.state !== 'approved') throw notApproved(request)
    return renewed(desk, start(request.execution, claimed.token, desk.clock.now()))
  })
}

/** Written before the committing request is let go, and again for a further slot of the same permit. */
export async function sentExecution(desk: Desk, claimed: Claim): Promise<void> {
  await change(desk, claimed, 'execution.sent', (request) =>
    renewed(desk, sent(request.execution, claimed.token)),
  )
}

/**
 * Writes how it ended. One that comes after the execution was given up (in doubt) is refused like any
 * other, but written down with its picture, for the person who settles it.
 */
export async function finishExecution(
  desk: Desk,
  claimed: Claim,
  ending: ExecutionEnding,
  facts: { readonly label?: string; readonly status?: number; readonly after?: EvidenceImage } = {},
): Promise<void> {
  const { after, ...told } = facts
  const sha256 = after && (await desk.store.putImage(after.bytes, after.mediaType))
  const late = await desk.store.transaction(async (tx) => {
    const request = await lockRequest(tx, claimed.requestId)
    await tx.wake(request.id)
    if (after !== undefined && sha256 !== undefined) {
      await tx.attachImage(request.id, { role: 'after', sha256, mediaType: after.mediaType })
    }
    try {
      const execution = finish(request.execution, claimed.token, ending, told)
      await save(desk, tx, request, execution, 'execution.settled', { ending, ...told })
      return undefined
    } catch (error) {
      if (!isHoldpointError(error)) throw error
      await tx.appendAudit({
        event: 'execution.late',
        requestId: request.id,
        actor: `agent:${request.agent}`,
        details: { ending, token: claimed.token, found: request.execution.state, ...told },
        at: desk.clock.now(),
      })
      return error
    }
  })
  if (late !== undefined) throw late
}

async function change(
  desk: Desk,
  claimed: Claim,
  event: AuditEvent,
  next: (request: ApprovalRequest) => Execution,
): Promise<void> {
  await desk.store.transaction(async (tx) => {
    const request = await lockRequest(tx, claimed.requestId)
    await save(desk, tx, request, next(request), event, {})
  })
}

async function save(
  desk: Desk,
  tx: StoreTransaction,
  request: ApprovalRequest,
  execution: Execution,
  event: AuditEvent,
  details: Readonly<Record<string, string | number>>,
): Promise<void> {
  await tx.updateRequest(request.id, { execution })
  await tx.appendAudit(factOf(desk, request, execution, event, details))
  await tx.enqueue('deliver', request.id)
}

function factOf(
  desk: Desk,
  request: Pick<ApprovalRequest, 'id' | 'agent'>,
  execution: Execution,
  event: AuditEvent,
  details: Readonly<Record<string, string | number>>,
): AuditFact {
  return {
    event,
    requestId: request.id,
    actor: `agent:${request.agent}`,
    details: { token: execution.token, ...details },
    at: desk.clock.now(),
  }
}

function renewed(desk: Desk, execution: Execution): Execution {
  return { ...execution, leaseUntil: new Date(desk.clock.now().getTime() + LEASE_MS) }
}

/** What keeps a request that is not approved from being run. */
function notApproved(request: ApprovalRequest): HoldpointError {
  const requestId = request.id
  switch (request.state) {
    case 'rejected':
      return rejection(request)
    case 'expired':
      return new HoldpointError('HP_ERR_EXPIRED', `${requestId} expired`, { requestId })
    case 'lapsed':
      return lapsed(request)
    case 'withdrawn':
      return new HoldpointError('HP_ERR_WITHDRAWN', `${requestId} was withdrawn`, {
        requestId,
        reason: request.closedReason ?? 'it was taken back',
      })
    default:
      return new HoldpointError('HP_ERR_HELD', `${requestId} is not decided`, {
        requestId,
        expiresAt: request.expiresAt,
      })
  }
}
