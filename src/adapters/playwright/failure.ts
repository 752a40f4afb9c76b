import { isHoldpointError } from '../../core/errors.ts'
import type { Ending } from '../../holding/outcome.ts'
import type { ContextGuard } from './context-guard.ts'

/**
 * How a failed hold ends. A frozen agent is told so; everything else (store down, forged verdict,
 * stale claim) is rethrown to the call that waits, and the action is not done.
 */
export function endingOfFailure(guard: ContextGuard, error: unknown): Ending {
  if (isHoldpointError(error, 'HP_ERR_FROZEN')) return { status: 'frozen', why: error.message }
  guard.holding.logger.error('a held action failed and was not done', { error: String(error) })
  throw error
}
