import type { GuardedContext } from '../adapters/playwright/guard-context.ts'
import type { RunActionOptions } from '../adapters/playwright/run-action.ts'
import { optionInvalid } from '../core/errors.ts'
import type { Outcome } from '../holding/outcome.ts'

type Acting = typeof import('../adapters/playwright/run-action.ts')

/** Most of the code. It comes with the first context: what only configures or names errors must not wait for it. */
let acting: Acting | undefined

/** @internal */
export async function loadActing(): Promise<void> {
  acting ??= await import('../adapters/playwright/run-action.ts')
}

/** Whoever has a guarded context has loaded it, so `run` is called at once, not after an import. */
function loaded(): Acting {
  if (acting === undefined) throw optionInvalid('guarded', 'must be what guardContext() gave')
  return acting
}

/**
 * Runs an agent's action and says how it ended: what to hand to a model stands in `forModel`. Never throws
 * for a verdict, also if `run` swallows or wraps it. It also waits for calls that `run` did not await and
 * for holds that the gate opened, so that nothing which is still held is reported as done. What `run` itself
 * throws is rethrown, and takes back what it still waited for: then the outcome is `withdrawn`. Of several
 * holds the first that did not go through decides the status; `forModel` tells of all.
 *
 * Throws `HP_ERR_OPTION_INVALID`, and what kept an action from being asked about (`HP_ERR_STORE_UNAVAILABLE`).
 */
export async function runAction<T>(
  guarded: GuardedContext,
  options: RunActionOptions,
  run: () => Promise<T>,
): Promise<Outcome<T>> {
  return loaded().runAction(guarded, options, run)
}

/**
 * Waits on for a question that stands (`status: 'held'`, or the one that follows a drift), and once it is
 * approved does what was asked, once. Of a request that has ended it says how. `waitMs`: how long; default
 * until it ends. A second call for a question shares the wait of the first. Throws `HP_ERR_REQUEST_NOT_FOUND` when nothing of this context waits for that request.
 */
export async function awaitOutcome(
  guarded: GuardedContext,
  requestId: string,
  options: Pick<RunActionOptions, 'waitMs' | 'signal'> = {},
): Promise<Outcome<unknown>> {
  return loaded().awaitOutcome(guarded, requestId, options)
}
