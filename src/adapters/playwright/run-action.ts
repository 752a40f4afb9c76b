import { HoldpointError, optionInvalid } from '../../core/errors.ts'
import { plainLine } from '../../core/text.ts'
import { endingOf as recordedEnding } from '../../holding/agent-view.ts'
import { type Ending, isBad, type Outcome, outcomeOf } from '../../holding/outcome.ts'
import type { ContextGuard } from './context-guard.ts'
import { type GuardedContext, guardBehind } from './guard-context.ts'
import { worstOf } from './guarded-call.ts'
import { type ActionGiven, type Running, running } from './running.ts'
import { eitherOf } from './signals.ts'
import type { Step } from './step.ts'
import { LONGEST_MS } from './within.ts'

/** How an action is run. */
export interface RunActionOptions {
  /** The agent gives up: what it waits for is withdrawn. One that is aborted already is thrown at once. */
  readonly signal?: AbortSignal | undefined
  /** Shown to the reviewer as the agent's own words, unverified. */
  readonly says?: string
  /** How sure the agent is, 0 to 1; shown, and for policies. */
  readonly confidence?: number
  /** How long to wait for people before the outcome is `held` and the question stands; default the context's. */
  readonly waitMs?: number
}

/** A request may leave this long after the call that caused it has returned. */
const GRACE_MS = 100

const GAVE_UP = 'the agent gave up waiting'

/** Behind the public function of this name. */
export async function runAction<T>(
  guarded: GuardedContext,
  options: RunActionOptions,
  run: () => Promise<T>,
): Promise<Outcome<T>> {
  const guard = guardBehind(guarded)
  checkOptions(options, ['signal', 'says', 'confidence', 'waitMs'])
  if (typeof run !== 'function') throw optionInvalid('run', 'must be a function')
  return act(guard, options, run)
}

/** Behind the public function of this name. */
export async function awaitOutcome(
  guarded: GuardedContext,
  requestId: string,
  options: Pick<RunActionOptions, 'waitMs' | 'signal'> = {},
): Promise<Outcome<unknown>> {
  const guard = guardBehind(guarded)
  checkOptions(options, ['signal', 'waitMs'])
  const { signal, waitMs = LONGEST_MS } = options
  const left = guard.left.find(requestId)
  if (left !== undefined) {
    const given = { ...options, waitMs, joins: left.hold.request }
    const outcome = act(guard, given, () => left.again())
    const done = (): boolean => guard.awaited.delete(requestId)
    guard.awaited.set(requestId, outcome)
    outcome.then(done, done)
    return outcome
  }
  const awaited = guard.awaited.get(requestId)
  if (awaited !== undefined) return awaited
  const held = guard.gateHolds.get(requestId)
  if (held === undefined) return outcomeOf([await recorded(guard, requestId)], undefined)
  signal?.throwIfAborted()
  const giveUp = (): void => held.giveUp(signal?.reason)
  signal?.addEventListener('abort', giveUp)
  try {
    return outcomeOf([await held.endingWithin(waitMs)], undefined)
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

async function act<T>(
  guard: ContextGuard,
  given: ActionGiven,
  run: () => Promise<T>,
): Promise<Outcome<T>> {
  given.signal?.throwIfAborted()
  const around = running.getStore()
  const outer = around?.inCall === true ? undefined : around
  const scope: Running = {
    inCall: false,
    given: { ...outer?.given, ...given, signal: eitherOf(given.signal, outer?.given.signal) },
    steps: [],
    outer,
  }
  const ran = await running
    .run(scope, async () => run())
    .then(
      (value) => ({ value }),
      (error: unknown) => {
        for (const step of scope.steps) step.giveUp(GAVE_UP)
        scope.gaveUp = GAVE_UP
        return { error }
      },
    )
  const { endings, failure } = await allOf(guard, scope)
  if (endings.some(isBad)) return outcomeOf(endings)
  if ('error' in ran) throw ran.error
  if (failure !== undefined) throw failure.error
  return outcomeOf(endings, ran.value)
}

/** Waits until no person stands before anything that the run has begun, and says how it all ended. */
async function allOf(
  guard: ContextGuard,
  { steps, given }: Running,
): Promise<{ readonly endings: readonly Ending[]; readonly failure: Step['failure'] }> {
  // Calls that nobody awaits may begin further ones.
  for (let seen = -1; seen < steps.length; ) {
    seen = steps.length
    await Promise.all(steps.map((step) => step.settled))
  }
  await untilQuiet(guard, steps)
  const endings: Ending[] = []
  let failure: Step['failure']
  for (const step of steps) {
    try {
      const ending = await endingOf(step, given.waitMs ?? guard.waitMs)
      if (ending !== undefined) endings.push(ending)
      failure ??= step.failure
    } catch (error) {
      failure ??= { error }
    }
  }
  return { endings, failure }
}

async function untilQuiet(guard: ContextGuard, steps: readonly Step[]): Promise<void> {
  const untilMs = guard.nowMs() + GRACE_MS
  const isHeld = () =>
    steps.some(({ gesture }) => gesture !== undefined && gesture.gateHolds.size > 0)
  while (guard.nowMs() < untilMs && !isHeld()) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function endingOf(step: Step, waitMs: number | undefined): Promise<Ending | undefined> {
  const { gesture, ending } = step
  if (gesture === undefined || (ending !== undefined && isBad(ending))) return ending
  return (await worstOf(gesture, waitMs)) ?? ending
}

/** How a request that nothing here waits for has ended, as the store says. */
async function recorded(guard: ContextGuard, requestId: string): Promise<Ending> {
  const { approvals, clock } = guard.holding
  const request = await approvals.read(requestId)
  const isOwn = request !== undefined && request.agent === guard.session.agent
  const ending = isOwn ? recordedEnding(request, { now: clock.now() }) : undefined
  if (ending !== undefined && !('forModel' in ending) && ending.status !== 'held') return ending
  throw new HoldpointError(
    'HP_ERR_REQUEST_NOT_FOUND',
    ending !== undefined && 'forModel' in ending
      ? ending.forModel
      : `nothing in this context waits for ${plainLine(requestId, 40)}; make the act again to ask, or report`,
    { requestId },
  )
}

/** `AbortSignal.timeout` and its kind would take a wrong time for none at all. */
function checkOptions(options: RunActionOptions, known: readonly (keyof RunActionOptions)[]): void {
  if (typeof options !== 'object' || options === null) {
    throw optionInvalid('options', `must be an object; known are ${known.join(', ')}`)
  }
  const unknown = Object.keys(options).find((key) => !known.some((name) => name === key))
  if (unknown !== undefined) {
    throw optionInvalid(unknown, `is unknown; known are ${known.join(', ')}`)
  }
  const { signal, says, confidence, waitMs } = options
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw optionInvalid('signal', 'must be an AbortSignal')
  }
  if (says !== undefined && typeof says !== 'string') throw optionInvalid('says', 'must be a text')
  if (confidence !== undefined && !(confidence >= 0 && confidence <= 1)) {
    throw optionInvalid('confidence', 'must be a number from 0 to 1')
  }
  if (waitMs !== undefined && !(Number.isFinite(waitMs) && waitMs > 0)) {
    throw optionInvalid('waitMs', 'must be a positive number of milliseconds')
  }
}
