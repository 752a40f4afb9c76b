import { HoldpointError } from '../../../core/errors.ts'
import { type Judgement, judge } from '../../../core/judge.ts'
import { slotOf } from '../../../core/permit.ts'
import { termsDigest } from '../../../core/terms.ts'
import { clearHold } from '../../../holding/clear-hold.ts'
import { type Cleared, type HeldAction, openHold } from '../../../holding/hold.ts'
import type { BadEnding, Ending } from '../../../holding/outcome.ts'
import { ActivePermit } from '../active-permit.ts'
import { type ContextGuard, summaryOf } from '../context-guard.ts'
import { endingOfFailure } from '../failure.ts'
import { GateHold } from '../gate-hold.ts'
import type { Gesture } from '../gesture.ts'
import { settle } from '../settle.ts'
import type { Tab } from '../tab.ts'
import type { Waiting } from '../tab-holds.ts'
import type { GateCase } from './judge-request.ts'
import { insteadOf, type KeptNavigation, keep, keptDigest } from './kept-navigation.ts'
import type { Disposition } from './network-gate.ts'
import { bodyIsHidden } from './paused-request.ts'
import { committing, release } from './release.ts'
import { GIVEN_UP, untilGivenUp } from './until-given-up.ts'

type Held = Extract<Judgement, { answer: 'hold' }>

/** Nothing that the guard started arrived at the gate within this time: it is certain that nothing left. */
const REPLAY_MS = 10_000

const TOO_LONG = 'its page could not be kept waiting any longer'

/** Holds a request that no permit covers: navigations are stopped and kept, everything else waits in place. */
export async function holdRequest(
  guard: ContextGuard,
  gateCase: GateCase,
  judgement: Held,
): Promise<Disposition> {
  const gesture = gateCase.gesture ?? newGesture(guard, gateCase.tab)
  const key = termsDigest(judgement.finding.terms)
  const isNavigation = gateCase.facts.resourceType === 'document'
  const joined = gesture.gateHolds.get(key)
  if (joined !== undefined) {
    // The page asked for the same thing again while it is held: one question, and only the first runs.
    if (!isNavigation) await joined.ended
    return stopped(gateCase)
  }
  if (isNavigation && bodyIsHidden(gateCase.paused)) {
    gesture.held(key, new GateHold(gesture, () => refused(guard, gateCase)))
    return { do: 'abort' }
  }
  if (isNavigation) {
    const kept = keep(gateCase.paused)
    gesture.held(
      key,
      new GateHold(gesture, (held) =>
        guard.track(holdNavigation(guard, gateCase, judgement, held, kept)),
      ),
    )
    return stopped(gateCase)
  }
  const placed = Promise.withResolvers<Disposition>()
  gesture.held(
    key,
    new GateHold(gesture, (held) =>
      guard.track(holdInPlace(guard, gateCase, judgement, held, placed.resolve)),
    ),
  )
  return placed.promise
}

/**
 * A form with a file that a script sends: the bytes cannot be kept, so there is nothing to send after an
 * approval. A click on its button is asked about before it, and goes out as it is.
 */
function refused(guard: ContextGuard, { facts }: GateCase): Promise<Ending> {
  const error = new HoldpointError(
    'HP_ERR_BROWSER_UNSUPPORTED',
    'not done: a form with a file was sent by a script, and its content cannot be kept while a person decides; click its button instead',
  )
  guard.holding.logger.warn('a form with a file was stopped', { url: bare(facts.url) })
  return Promise.reject(error)
}

function stopped({ opensWindow }: GateCase): Disposition {
  return { do: opensWindow ? 'stand-in' : 'abort' }
}

function newGesture(guard: ContextGuard, tab: Tab | undefined): Gesture {
  const owner = tab ?? guard.tabs.all()[0]
  if (owner === undefined)
    throw new Error('a request of a context without pages cannot be asked about')
  const gesture = guard.beginGesture(owner, 'page')
  gesture.returned(guard.nowMs())
  return gesture
}

async function holdInPlace(
  guard: ContextGuard,
  gateCase: GateCase,
  judgement: Held,
  held: GateHold,
  place: (disposition: Disposition) => void,
): Promise<Ending> {
  const { gesture } = held
  const tooLong = new AbortController()
  const timer = setTimeout(() => tooLong.abort(TOO_LONG), guard.holding.policy.holdInPlaceMs)
  const moves = gateCase.tab?.untilItMoves()
  const wanted = untilGivenUp(guard, gateCase.paused)
  try {
    const signals = [
      held.signal,
      tooLong.signal,
      wanted.signal,
      ...(moves === undefined ? [] : [moves.signal]),
    ]
    const cleared = await ask(guard, gateCase, judgement, held, signals)
    if (!(cleared instanceof ActivePermit)) {
      place({ do: 'abort' })
      return cleared
    }
    gesture.dispatched(guard.nowMs())
    gesture.permit = cleared
    const slot = slotOf(committing(gateCase.facts))
    place(await release(guard, gateCase, gesture, cleared, slot))
    return await settle(guard, cleared)
  } catch (error) {
    place({ do: 'abort' })
    return await endingOfFailure(guard, error)
  } finally {
    clearTimeout(timer)
    wanted.stop()
    moves?.stop()
  }
}

async function holdNavigation(
  guard: ContextGuard,
  gateCase: GateCase,
  judgement: Held,
  held: GateHold,
  kept: KeptNavigation,
): Promise<Ending> {
  const { gesture } = held
  const moves = gateCase.tab?.untilItMoves()
  guard.keptNavigations.add(kept)
  try {
    const signals = [held.signal, ...(moves === undefined ? [] : [moves.signal])]
    const cleared = await ask(guard, gateCase, judgement, held, signals, kept)
    if (!(cleared instanceof ActivePermit)) return cleared
    moves?.stop()
    gesture.dispatched(guard.nowMs())
    gesture.permit = cleared
    await replay(guard, gateCase, gesture, cleared, kept).catch((error: unknown) => {
      // A frame of another process, or gone: the kept request cannot be started there.
      guard.holding.logger.error('a held navigation could not be started again', { error })
      if (!cleared.hasLeft) cleared.onNothingLeft()
    })
    return await settle(guard, cleared)
  } catch (error) {
    return await endingOfFailure(guard, error)
  } finally {
    guard.keptNavigations.delete(kept)
    moves?.stop()
  }
}

/** Evidence, request, verdict, claim, comparison, start: what stands between a held request and its release. */
async function ask(
  guard: ContextGuard,
  gateCase: GateCase,
  judgement: Held,
  held: GateHold,
  signals: readonly AbortSignal[],
  kept?: KeptNavigation,
): Promise<ActivePermit | Ending> {
  const { gesture } = held
  // A popup without a sum of its own is asked about with the page that opened it.
  const tab = gateCase.shown ?? gateCase.tab
  // Before anything is awaited: what goes into the signed evidence is what was stopped.
  const keptSha256 = kept === undefined ? undefined : keptDigest(kept)
  const how = { target: { kind: gateCase.fromEvent ? 'element' : 'none' } } as const
  const attempt = guard.attemptOf({
    via: 'request',
    method: kept === undefined ? 'request' : 'navigate',
    cause: gesture.cause,
    page: gateCase.page,
    request: gateCase.facts,
  })
  // While people are asked, the clocks of waiting calls in the tab stand still.
  const waiting = gateCase.tab && guard.wait(gateCase.tab, gesture)
  const action: HeldAction = {
    attempt,
    guard: judgement.guard,
    finding: judgement.finding,
    signal: AbortSignal.any([...signals, ...(waiting === undefined ? [] : [waiting.givenUp])]),
    ...(gateCase.facts.body === 'opaque'
      ? { warnings: ['The content of the request could not be read, so it was not checked.'] }
      : {}),
    ...gesture.said,
    takeEvidence: async () => {
      const shown = tab ?? guard.tabs.all()[0]
      if (shown === undefined) throw new Error('there is no open page to show')
      const taken = await guard.pages.take(shown, how)
      return {
        images: taken.images,
        evidence: {
          ...taken.evidence,
          ...(kept === undefined
            ? {}
            : {
                keptRequest: { method: kept.method, url: bare(kept.url), sha256: keptSha256 ?? '' },
              }),
        },
      }
    },
    readAgain: async () => {
      if (kept === undefined && !(await guard.isPaused(gateCase.paused))) return { gone: GIVEN_UP }
      const again =
        gateCase.page === undefined || tab === undefined
          ? undefined
          : summaryOf(await guard.pages.read(tab, how))
      const now = guard.attemptOf({
        via: 'request',
        method: attempt.method,
        cause: attempt.cause,
        page: again,
        request: gateCase.facts,
      })
      const judged = judge(guard.guards, now, guard.holding.policy)
      return { attempt: now, finding: judged.answer === 'hold' ? judged.finding : undefined }
    },
  }
  const cleared = await openAndClear(guard, held, action, waiting).finally(() => waiting?.over())
  if (cleared.status !== 'cleared') return cleared
  // The bytes in memory are the ones that the signed evidence names, or they do not leave.
  if (kept !== undefined && keptDigest(kept) !== keptSha256) {
    await guard.holding.approvals.finish(cleared.claim, 'refused', {
      label: 'the kept request was changed',
    })
    const changed = [{ field: 'request', approved: 'as kept', now: 'changed' }]
    return { status: 'drifted', request: cleared.request, changed }
  }
  return new ActivePermit({
    cleared,
    guard: judgement.guard,
    tab: gateCase.tab ?? (guard.tabs.all()[0] as Tab),
    page: gateCase.page,
  })
}

async function openAndClear(
  guard: ContextGuard,
  held: GateHold,
  action: HeldAction,
  waiting: Waiting | undefined,
): Promise<Cleared | BadEnding> {
  const hold = await openHold(guard.holding, action)
  guard.asksAtTheGate(hold, held, waiting)
  guard.onHeld(hold)
  return clearHold(guard.holding, hold)
}

/** Starts the same navigation again in the guard's own world, and sends the kept bytes in its place. */
async function replay(
  guard: ContextGuard,
  gateCase: GateCase,
  gesture: Gesture,
  permit: ActivePermit,
  kept: KeptNavigation,
): Promise<void> {
  const expected = guard.replays.expect({
    frameId: kept.frameId,
    url: kept.url,
    onArrival: (paused) =>
      release(
        guard,
        { ...gateCase, paused },
        gesture,
        permit,
        slotOf(committing(gateCase.facts)),
        insteadOf(kept),
      ),
  })
  const tab =
    guard.tabs.ofFrame(kept.frameId) ?? (await guard.tabs.ofTarget(kept.frameId)) ?? gateCase.tab
  if (tab !== undefined) await guard.pages.navigate(tab, kept.frameId, kept.url)
  const late = setTimeout(() => {
    if (expected.cancel()) permit.onNothingLeft()
  }, REPLAY_MS)
  await permit.left.finally(() => clearTimeout(late))
}

function bare(url: string): string {
  const parsed = new URL(url)
  return parsed.origin + parsed.pathname
}
