import { type Ending, errorOf, isBad } from '../../holding/outcome.ts'
import { ActivePermit } from './active-permit.ts'
import type { ContextGuard } from './context-guard.ts'
import type { GateHold } from './gate-hold.ts'
import type { Gesture } from './gesture.ts'
import { hold, movedOn } from './held-call.ts'
import { type GuardedCall, inspect } from './preflight.ts'
import { type ActionGiven, type Running, running } from './running.ts'
import { settle } from './settle.ts'
import { eitherOf } from './signals.ts'
import { Step } from './step.ts'
import type { Tab } from './tab.ts'
import { untilGateIsQuiet } from './until-quiet.ts'

/**
 * Runs a call under guard: described, judged, held if a guard says so, and followed until what it
 * caused has settled. Throws when it did not go through; a resolved call has happened.
 */
export async function guardedCall<T>(guard: ContextGuard, call: GuardedCall<T>): Promise<T> {
  const outer: Running | undefined = running.getStore()
  // A nested call of Playwright's own (locator.click → frame.click) is the same act.
  if (outer?.inCall === true) return call.run()
  const step = new Step()
  for (let scope = outer; scope !== undefined; scope = scope.outer) {
    scope.steps.push(step)
    if (scope.gaveUp !== undefined) step.giveUp(scope.gaveUp)
  }
  try {
    const signal = eitherOf(step.gaveUp, call.signal, outer?.given.signal)
    const given = { ...outer?.given, signal }
    return await follow(guard, call, step, given)
  } catch (error) {
    if (step.ending === undefined && error !== step.callError) step.failure = { error }
    throw error
  } finally {
    step.settle()
  }
}

async function follow<T>(
  guard: ContextGuard,
  call: GuardedCall<T>,
  step: Step,
  given: ActionGiven,
): Promise<T> {
  const tab = await guard.tabs.attach(call.page)
  const gesture = guard.beginGesture(tab, 'agent', given)
  step.gesture = gesture
  const startedAtMs = guard.nowMs()
  const url = call.page.url()
  const pictured = guard.recorder !== undefined && call.quiet !== true
  if (pictured) guard.filmstrip.begun(tab)
  let failed = true
  try {
    return await running.run({ inCall: true, given, steps: [] }, async () => {
      const preflight = await inspect(guard, tab, call)
      if (preflight !== undefined) Object.assign(step, preflight)
      const { joins } = given
      if (joins !== undefined && preflight?.judgement.answer !== 'hold') {
        step.ending = await movedOn(guard, joins)
        throw errorOf(step.ending)
      }
      if (preflight?.judgement.answer === 'hold') {
        const permit = await hold(guard, tab, gesture, call, preflight, step, {
          given,
          again: () => guardedCall(guard, call),
        })
        if (!(permit instanceof ActivePermit)) {
          step.ending = permit
          if (isBad(permit)) throw errorOf(permit)
          failed = false
          // Done by its twin, which waited already. Acting calls give nothing back.
          return undefined as T
        }
        gesture.permit = permit
      } else {
        step.settle()
      }
      gesture.dispatched(guard.nowMs())
      const value = await Promise.race([
        runAndSettle(guard, tab, gesture, call, step),
        tooLongAtTheGate(gesture, given.waitMs ?? guard.waitMs, step),
      ])
      failed = false
      return value
    })
  } finally {
    step.act?.finish(step.ending)
    gesture.returned(guard.nowMs())
    const found = pictured ? guard.filmstrip.ended(tab) : undefined
    // Looking at the page is no action: an observing agent does it a hundred times.
    const looked = call.quiet === true && !failed && step.ending === undefined
    if (!looked)
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

/**
 * Rejects when something that the gate asks about on behalf of the gesture has waited for too long: the
 * question stands, and goes on being asked in place. The call may hang on it.
 */
function tooLongAtTheGate(
  gesture: Gesture,
  waitMs: number | undefined,
  step: Step,
): Promise<never> {
  return new Promise((_, reject) => {
    const watch = async (held: GateHold): Promise<void> => {
      const ending = await held.endingWithin(waitMs).catch(() => undefined)
      if (ending?.status !== 'held') return
      step.ending = ending
      reject(errorOf(ending))
    }
    for (const held of gesture.gateHolds.values()) void watch(held)
    gesture.onGateHold = watch
  })
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
    if ('error' in ran) step.callError = ran.error
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
    step.callError = error
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

/** How what the gate held during a gesture ended: the first bad ending, else the last good one. */
export async function worstOf(gesture: Gesture, waitMs?: number): Promise<Ending | undefined> {
  let ending: Ending | undefined
  for (const held of gesture.gateHolds.values()) {
    ending = await held.endingWithin(waitMs)
    if (isBad(ending)) return ending
  }
  return ending
}
