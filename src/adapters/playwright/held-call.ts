import type { RequestField } from '../../core/action.ts'
import { compareEntries } from '../../core/body.ts'
import type { Judgement } from '../../core/judge.ts'
import type { PageReading } from '../../core/reading.ts'
import type { ApprovalRequest } from '../../core/request.ts'
import { clearHold, type HeldAction, type LiveHold, openHold } from '../../holding/hold.ts'
import type { BadEnding, Ending } from '../../holding/outcome.ts'
import { ActivePermit } from './active-permit.ts'
import { type ContextGuard, summaryOf } from './context-guard.ts'
import { endingOfFailure } from './failure.ts'
import type { Gesture } from './gesture.ts'
import { joinKey } from './join-key.ts'
import { type GuardedCall, inspect, type Preflight } from './preflight.ts'
import type { Frame } from './recorder.ts'
import type { ActionGiven } from './running.ts'
import type { Tab } from './tab.ts'
import type { HeldAct } from './tab-holds.ts'
import { untilGone } from './until-gone.ts'

/** What becomes of a call: for the session's record, and for whoever waits for the same act. */
export interface Step {
  reading?: PageReading
  judgement?: Judgement
  ending?: Ending
  /** The picture that a person was asked with. */
  shown?: Frame | undefined
  act?: HeldAct
}

/**
 * Asks about a call and waits: for the verdict, the second look and the claim. A call that waits already
 * in this tab is joined, and any other one there is given up by the agent that makes this one.
 */
export async function hold<T>(
  guard: ContextGuard,
  tab: Tab,
  gesture: Gesture,
  call: GuardedCall<T>,
  first: Preflight,
  step: Step,
  how: { readonly given: ActionGiven; again(): Promise<unknown> },
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
  let node = await guard.pages.node(tab, now.how)
  const there = untilGone(guard, tab, node)
  // What the form would send, hidden fields and all: from here on it must stay as it is.
  let entries = await guard.pages.formEntries(tab, now.how)
  let last:
    | {
        readonly reading: PageReading
        readonly entries: readonly RequestField[] | undefined
        readonly node: number | undefined
      }
    | undefined
  const action: HeldAction = {
    attempt: now.attempt,
    guard: now.judgement.guard,
    finding,
    signal: AbortSignal.any([gesture.signal, moves.signal, there.signal, act.superseded]),
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
      const { reading, judgement } = again
      last = {
        reading,
        entries: await guard.pages.formEntries(tab, again.how),
        node: await guard.pages.node(tab, again.how),
      }
      // An element that could not be told, before or now, is not known to be the same one.
      const sameNode = node !== undefined && last.node === node
      return {
        attempt: again.attempt,
        finding: judgement.answer === 'hold' ? judgement.finding : undefined,
        // Same words, other element: what stands under the pointer now is not what the person saw.
        changed: sameNode
          ? compareEntries(entries ?? [], last.entries ?? [])
          : [{ field: 'element', approved: 'as shown', now: 'replaced' }],
      }
    },
    onFollowed: (next) => {
      guard.leave(tab, next, { again: how.again, node: last?.node, entries: last?.entries })
      guard.onHeld(next)
    },
  }
  try {
    const { joins } = how.given
    if (joins !== undefined && !guard.left.has(key, joins.id)) return movedOn(guard, joins)
    const joined = guard.left.take(key)
    // Joined: the element that people were shown, not the one that stands there by now.
    if (joined !== undefined) ({ node, entries } = joined)
    const live = joined === undefined ? await openNew(guard, action) : rejoin(joined.hold, action)
    const cleared = await clearHold(guard.holding, live, {
      waitMs: how.given.waitMs ?? guard.waitMs,
    })
    if (cleared.status === 'held') guard.leave(tab, live, { again: how.again, node, entries })
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
    there.stop()
    moves.stop()
  }
}

const MOVED_ON = 'the page shows something else than was asked about'

/** The act that was to be joined is not the one that stands there now: its question is taken back. */
export async function movedOn(guard: ContextGuard, request: ApprovalRequest): Promise<BadEnding> {
  await guard.holding.approvals.withdraw(request.id, MOVED_ON)
  return { status: 'withdrawn', request, reason: MOVED_ON }
}

function twinFailed(): never {
  throw new Error('the same act was held already, and its call failed; look at the page')
}

async function openNew(guard: ContextGuard, action: HeldAction): Promise<LiveHold> {
  const live = await openHold(guard.holding, action)
  guard.onHeld(live)
  return live
}

/** The request's evidence stays the one people see; page access is this call's. */
function rejoin(hold: LiveHold, action: HeldAction): LiveHold {
  return { ...hold, action: { ...action, attempt: hold.action.attempt } }
}
