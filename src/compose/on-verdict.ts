import { optionInvalid } from '../core/errors.ts'
import type { Unsubscribe, VerdictHandler } from '../holding/tell-verdicts.ts'
import { type Holdpoint, partsOf } from './holdpoint.ts'

/**
 * Calls `handler` with every verdict on what this holdpoint's agents asked, at least once: also with those
 * that were reached while nobody listened, or whose handler threw, or was cut off when the process died.
 * What a handler has resolved for is remembered in the store and not told again, to no later subscriber
 * either; handlers that are subscribed together hear it each. One that throws is called again after 1 s,
 * then later and later, at most every 5 min. At most ten verdicts are under way at a time.
 *
 * Use it to wake an agent, which then makes its act again or calls `awaitOutcome`. An `approved` here is
 * news, not a permission. Throws `HP_ERR_OPTION_INVALID`, also after `close()`.
 */
export function onVerdict(holdpoint: Holdpoint, handler: VerdictHandler): Unsubscribe {
  if (typeof handler !== 'function') throw optionInvalid('handler', 'must be a function')
  return partsOf(holdpoint).verdicts.add(handler)
}
