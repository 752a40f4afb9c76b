import { afterLapse } from '../core/claim.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { Desk } from './desk.ts'
import { isLapsed, lapseLocked } from './lapse.ts'
import { announce, lockRequest } from './locked.ts'

/**
 * How long after its lease a started execution is given up. Leases are renewed by writing (`started`,
 * `sent`), not by a heartbeat, so the margin covers the slowest honest page.
 */
const GIVE_UP_AFTER_MS = 5 * 60_000

/** Options of `reapExecutions`. */
export interface ReapOptions {
  /**
   * Whether the process that claimed as `owner` is known to be dead: then its lease need not be waited
   * for. Default: nobody knows. At the start of the only process of a data folder, every owner is.
   */
  readonly ownerIsDead?: (owner: string) => boolean
}

/**
 * Looks after executions whose worker is gone. A lapsed claim goes back to `none` and may be claimed
 * again, or lapses if the approval is too old; what was started ends in doubt, never to be repeated.
 * Runs at the start and as a slow sweep; any number of processes may do it at once. Returns the
 * requests it changed.
 */
export async function reapExecutions(
  desk: Desk,
  options: ReapOptions = {},
): Promise<readonly string[]> {
  const candidates = await desk.store.list({
    states: ['approved'],
    executionStates: ['none', 'claimed', 'started', 'sent'],
    limit: 1_000,
  })
  const changed: string[] = []
  for (const { id } of candidates.filter((request) => needsReaping(desk, options, request))) {
    if (await reap(desk, options, id)) changed.push(id)
  }
  return changed
}

async function reap(desk: Desk, options: ReapOptions, requestId: string): Promise<boolean> {
  return desk.store.transaction(async (tx) => {
    const request = await lockRequest(tx, requestId)
    if (!needsReaping(desk, options, request)) return false
    if (isLapsed(desk, request)) {
      await lapseLocked(desk, tx, request)
      return true
    }
    const execution = afterLapse(request.execution)
    await tx.updateRequest(requestId, { execution })
    if (execution.state === 'in-doubt') {
      await tx.appendAudit({
        event: 'execution.settled',
        requestId,
        actor: 'system',
        details: {
          ending: 'in-doubt',
          was: request.execution.state,
          owner: request.execution.owner,
          token: execution.token,
        },
        at: desk.clock.now(),
      })
      desk.logger.error('an execution ended in doubt: its worker is gone', { requestId })
    }
    await announce(tx, requestId)
    return true
  })
}

function needsReaping(desk: Desk, options: ReapOptions, request: ApprovalRequest): boolean {
  if (isLapsed(desk, request)) return true
  const { state, owner, leaseUntil } = request.execution
  if (request.state !== 'approved' || !['claimed', 'started', 'sent'].includes(state)) return false
  if (owner !== undefined && options.ownerIsDead?.(owner) === true) return true
  const marginMs = state === 'claimed' ? 0 : GIVE_UP_AFTER_MS
  return (leaseUntil?.getTime() ?? 0) + marginMs <= desk.clock.now().getTime()
}
