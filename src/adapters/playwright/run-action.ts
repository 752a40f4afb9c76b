import { HoldpointError } from '../../core/errors.ts'
import { plainLine } from '../../core/text.ts'
import { type Ending, type Outcome, outcomeOf } from '../../holding/outcome.ts'
import type { ContextGuard } from './context-guard.ts'
import type { Gesture } from './gesture.ts'
import { type GuardedContext, guardBehind } from './guard-context.ts'
import { isBad, worstOf } from './guarded-call.ts'
import { running } from './running.ts'

export interface RunActionOptions {
  /** The agent gives up: a hold is withdrawn. */
  readonly signal?: AbortSignal
  /** Shown to the reviewer as the agent's own words, unverified. */
  readonly says?: string
  /** How sure the agent is, 0 to 1; shown, and for policies. */
  readonly confidence?: number
  /** How long to wait for people before the outcome is `held` and the question stands; default the context's. */
  readonly waitMs?: number
}

/** Longer than any policy's deadline; `AbortSignal.timeout` takes no more. */
const UNTIL_IT_ENDS_MS = 2 ** 31 - 1

/** A request may leave this long after the call that caused it has returned. */
const GRACE_MS = 100

/**
 * Runs an agent's action and says how it ended: what to hand to a model stands in `forModel`. Never
 * throws for a verdict; it also waits for holds that the gate opened while `run` ran, so that an action
 * stopped only by the network is never reported as done. What `run` itself throws is rethrown.
 */
export async function runAction<T>(
  guarded: GuardedContext,
  options: RunActionOptions,
  run: () => Promise<T>,
): Promise<Outcome<T>> {
  const guard = guardBehind(guarded)
  const gestures: Gesture[] = []
  try {
    const value = await running.run({ inCall: false, given: options, gestures }, run)
    await untilQuiet(guard, gestures)
    return outcomeOf(await endingOf(gestures), value)
  } catch (error) {
    const ending = gestures
      .map((gesture) => gesture.ending)
      .findLast((ended) => ended !== undefined && isBad(ended))
    // Whatever `run` makes of a verdict (some SDKs wrap it), the verdict is the outcome.
    if (ending === undefined || !isBad(ending)) throw error
    return outcomeOf(ending)
  }
}

/**
 * Waits on for a question that stands (`status: 'held'`, or the one that follows a drift), and once it is
 * approved does what was asked, once. `waitMs`: how long; default until it ends. Throws
 * `HP_ERR_REQUEST_NOT_FOUND` when nothing of this context waits for that request.
 */
export async function awaitOutcome(
  guarded: GuardedContext,
  requestId: string,
  options: { readonly waitMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Outcome<unknown>> {
  const left = guardBehind(guarded).left.find(requestId)
  if (left === undefined) {
    throw new HoldpointError(
      'HP_ERR_REQUEST_NOT_FOUND',
      `nothing in this context waits for ${plainLine(requestId, 40)}; make the act again to ask, or report`,
      { requestId },
    )
  }
  const { waitMs = UNTIL_IT_ENDS_MS } = options
  const given = { ...options, waitMs, joins: left.hold.request }
  return runAction(guarded, given, () => left.again())
}

async function untilQuiet(guard: ContextGuard, gestures: readonly Gesture[]): Promise<void> {
  const untilMs = guard.nowMs() + GRACE_MS
  while (guard.nowMs() < untilMs && gestures.every((gesture) => gesture.gateHolds.size === 0)) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function endingOf(gestures: readonly Gesture[]): Promise<Ending | undefined> {
  let last: Ending | undefined
  for (const gesture of gestures) {
    const ending = (await worstOf(gesture)) ?? gesture.ending
    if (ending !== undefined && isBad(ending)) return ending
    last = ending ?? last
  }
  return last
}
