import { isHoldpointError } from '../../core/errors.ts'
import type { BadEnding } from '../../holding/outcome.ts'
import type { ContextGuard } from './context-guard.ts'

/**
 * How a failed hold ends. A frozen agent is told so, and one that repeats what was just rejected hears the
 * reason again; everything else (store down, forged verdict, stale claim) is rethrown to the call that
 * waits, and the action is not done.
 */
export async function endingOfFailure(guard: ContextGuard, error: unknown): Promise<BadEnding> {
  if (isHoldpointError(error, 'HP_ERR_FROZEN')) return { status: 'frozen', why: error.message }
  if (isHoldpointError(error, 'HP_ERR_REJECTED')) {
    const { requestId, ...by } = error.details
    const request = await guard.holding.approvals.read(requestId)
    if (request !== undefined) return { status: 'rejected', request, ...by }
  }
  guard.holding.logger.error('a held action failed and was not done', { error: String(error) })
  throw error
}
