import type { Page } from 'playwright'
import type { Attempt, RequestField } from '../../core/action.ts'
import { type Judgement, judge } from '../../core/judge.ts'
import type { PageReading } from '../../core/reading.ts'
import { clearHold, type HeldAction, type LiveHold, openHold } from '../../holding/hold.ts'
import { type BadEnding, type Ending, errorOf } from '../../holding/outcome.ts'
import { ActivePermit } from './active-permit.ts'
import { type ContextGuard, summaryOf } from './context-guard.ts'
import type { ReadHow as How } from './evidence/index.ts'
import { endingOfFailure } from './failure.ts'
import type { Gesture } from './gesture.ts'
import { joinKey } from './join-key.ts'
import type { Frame } from './recorder.ts'
import { running } from './running.ts'
import { settle } from './settle.ts'
import type { Tab } from './tab.ts'
import type { HeldAct } from './tab-holds.ts'
import { untilGateIsQuiet } from './until-quiet.ts'

/** One call of Playwright's API that acts on the page. */
export interface GuardedCall<T> {
  readonly page: Page
  /** `click`, `press Enter`: for the session's record. */
  readonly name: string
  readonly method: Attempt['method']
  /** Does not show on the page: recorded without a picture. */
  readonly quiet?: boolean
  /** Where it acts; undefined when the call itself will tell why not. Left out: only the gate guards it. */
  locate?(): Promise<How | undefined>
  /** Waits until the target can be acted on, without acting; before a person is asked. */
  ready?(): Promise<unknown>
  run(): Promise<T>
}

/**
 * Runs a call under guard: described, judged, held if a guard says so, and followed until what it
 * caused has settled. Throws when it did not go through; a resolved call has happened.
 */
export async function guardedCall<T>(guard: ContextGuard, call: GuardedCall<T>): Promise<T> {
  const outer = running.getStore()
  // A nested call of Playwright's own (locator.click → frame.click) is the same act.
  if (outer?.inCall === true) return call.run()
  const tab = await guard.tabs.attach(call.page)
  const given = outer?.given ?? {}
  const gesture = guard.beginGesture(tab, 'agent', given)
  outer?.gestures.push(gesture)
  const startedAtMs = guard.nowMs()
  const url = call.page.url()
  const pictured = guard.recorder !== undefined && call.quiet !== true
  if (pictured) guard.filmstrip.begun(tab)
  let failed = true
  const scope = { inCall: true, given, gestures: [] }
  const step: Step = {}
  try {
    return await running.run(scope, async () => {
      const preflight = await inspect(guard, tab, call)
      if (preflight !== undefined) Object.assign(step, preflight)
      if (preflight?.judgement.answer === 'hold') {
        const permit = await hold(guard, tab, gesture, call, preflight, step)
        if (!(permit instanceof ActivePermit)) {
          step.ending = permit
          if (isBad(permit)) throw errorOf(permit)
          failed = false
          // Done by its twin, which waited already. Acting calls give nothing back.
          return undefined as T
        }
        gesture.permit = permit
      }
      gesture.dispatched(guard.nowMs())
      const value = await runAndSettle(guard, tab, gesture, call, step)
      failed = false
      return value
    })
  } finally {
    gesture.ending = step.ending
    step.act?.finish(step.ending)
    gesture.returned(guard.nowMs())
    const found = pictured ? guard.filmstrip.ended(tab) : undefined
    guard.recorder?.step({
      name: call.name,
      target: step.reading?.target?.name,
      url,
      durationMs: guard.nowMs() - startedAtMs,
      failed,
      judgement: step.judgement,
      ending: step.ending,
      frame: step.shown === undefined ? found : Promise.resolve(step.shown),
    })
    if (call.quiet === true && guard.recorder !== undefined) guard.filmstrip.changed(tab)
  }
}

/** What becomes of a call: for the session's record, and for whoever waits for the same act. */
interface Step {
  reading?: PageReading
  judgement?: Judgement
  ending?: Ending
  /** The picture that a person was asked with. */
  shown?: Frame | undefined
  act?: HeldAct
}

interface Preflight {
  readonly how: How
  readonly reading: PageReading
  readonly attempt: Attempt
  readonly judgement: Judgement
}

async function inspect<T>(
  guard: ContextGuard,
  tab: Tab,
  call: GuardedCall<T>,
): Promise<Preflight | undefined> {
  const how = await call.locate?.()
  if (how === undefined) return undefined
  let reading: PageReading
  try {
    reading = await guard.pages.read(tab, how)
  } catch (error) {
    // A page that cannot be read now (it is navigating) is judged at the gate, request by request.
    guard.holding.logger.info('a page could not be read before a call', { error: String(error) })
    return undefined
  }
  const attempt = guard.attemptOf({
    via: 'call',
    method: call.method,
    cause: 'agent',
    page: summaryOf(reading),
  })
  return { how, reading, attempt, judgement: judge(guard.guards, attempt, guard.holding.policy) }
}

async function hold<T>(
  guard: ContextGuard,
  tab: Tab,
  gesture: Gesture,
  call: GuardedCall<T>,
  first: Preflight,
  step: Step,
): Promise<ActivePermit | Ending> {
  await call.ready?.()
  // The target may have moved or changed while the call waited for it: what is asked is what stands there now.
  const again = await inspect(guard, tab, call)
  // A page that says less now than a moment ago is asked about as it was.
  const now = again?.judgement.answer === 'hold' ? again : first
  if (now.judgement.answer !== 'hold') throw new Error('only what is held is asked about')
  const { finding } = now.judgement
  const key = joinKey({ attempt: now.attempt, finding })
  const twin = tab.holds.twin(key)
  if (twin !== undefined) return (await twin.ended) ?? twinFailed()
  const act = tab.holds.enter(key)
  step.act = act
  const asked = tab.holds.began(() => guard.nowMs())
  const moves = tab.untilItMoves()
  const node = await guard.pages.node(tab, now.how)
  let last: { reading: PageReading; entries: readonly RequestField[] | undefined } | undefined
  const action: HeldAction = {
    attempt: now.attempt,
    guard: now.judgement.guard,
    finding,
    signal: AbortSignal.any([gesture.signal, moves.signal, act.superseded]),
    ...gesture.said,
    takeEvidence: async () => {
      const taken = await guard.pages.take(tab, now.how, now.reading)
      step.shown = taken.images.find((image) => image.role === 'full')
      return taken
    },
    readAgain: async () => {
      const again = await inspect(guard, tab, call)
      if (again === undefined || again.reading.target === undefined) {
        return { gone: 'its target is no longer on the page' }
      }
      last = { reading: again.reading, entries: await guard.pages.formEntries(tab, again.how) }
      const { judgement } = again
      // An element that could not be told, before or now, is not known to be the same one.
      const sameNode = node !== undefined && (await guard.pages.node(tab, again.how)) === node
      return {
        attempt: again.attempt,
        finding: judgement.answer === 'hold' ? judgement.finding : undefined,
        // Same words, other element: what stands under the pointer now is not what the person saw.
        changed: sameNode ? [] : [{ field: 'element', approved: 'as shown', now: 'replaced' }],
      }
    },
    onFollowed: (next) => {
      guard.leave(tab, next)
      guard.onHeld(next)
    },
  }
  try {
    const live = await openOrJoin(guard, action)
    const cleared = await clearHold(guard.holding, live, { waitMs: guard.waitMs })
    if (cleared.status === 'held') guard.leave(tab, live)
    if (cleared.status !== 'cleared') return cleared
    return new ActivePermit({
      cleared,
      guard: now.judgement.guard,
      tab,
      page: summaryOf(last?.reading),
      entries: last?.entries,
    })
  } catch (error) {
    return endingOfFailure(guard, error) as BadEnding
  } finally {
    asked()
    moves.stop()
  }
}

function twinFailed(): never {
  throw new Error('the same act was held already, and its call failed; look at the page')
}

/** The same action, asked about already and awaited by nobody: joins instead of asking again. */
async function openOrJoin(guard: ContextGuard, action: HeldAction): Promise<LiveHold> {
  const waiting = guard.left.take(joinKey(action))
  if (waiting !== undefined) {
    // The request's evidence stays the one people see; page access is this call's.
    return { ...waiting, action: { ...action, attempt: waiting.action.attempt } }
  }
  const live = await openHold(guard.holding, action)
  guard.onHeld(live)
  return live
}

async function runAndSettle<T>(
  guard: ContextGuard,
  tab: Tab,
  gesture: Gesture,
  call: GuardedCall<T>,
  step: Step,
): Promise<T> {
  const permit = gesture.permit
  if (permit === undefined) {
    const ran = await attempt(call)
    await untilGateIsQuiet(guard, tab, gesture)
    const ending = await worstOf(gesture)
    if (ending !== undefined) step.ending = ending
    if (ending !== undefined && isBad(ending)) throw errorOf(ending)
    if ('value' in ran) return ran.value
    // `goto` fails with ERR_ABORTED when its navigation is held; once that went through, it has arrived.
    if (ending !== undefined) return null as T
    throw ran.error
  }
  // Settling runs beside the call: Playwright's click may wait for the very navigation that is settled.
  const settled = guard.track(settle(guard, permit))
  let value: T
  try {
    value = await call.run()
  } catch (error) {
    if (!permit.hasLeft) permit.onNothingLeft()
    const ending = await settled
    step.ending = ending
    // The call failed before anything left: its own error says why. After it left, the outcome counts.
    if (ending.status === 'failed') throw error
    throw isBad(ending) ? errorOf(ending) : error
  }
  const further = await worstOf(gesture)
  const ending = further !== undefined && isBad(further) ? further : await settled
  step.ending = ending
  if (isBad(ending)) throw errorOf(ending)
  return value
}

async function attempt<T>(call: GuardedCall<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await call.run() }
  } catch (error) {
    return { error }
  }
}

/** How the holds that the gate opened during a gesture ended: the first bad one, else the last good one. */
export async function worstOf(gesture: Gesture): Promise<Ending | undefined> {
  let ending: Ending | undefined
  for (const held of gesture.gateHolds.values()) {
    ending = await held
    if (isBad(ending)) return ending
  }
  return ending
}

export function isBad(ending: Ending): ending is BadEnding {
  return ending.status !== 'succeeded' && ending.status !== 'unverified'
}
