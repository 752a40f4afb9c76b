import type { RequestField } from '../../core/action.ts'
import { compareEntries } from '../../core/body.ts'
import type { Judgement } from '../../core/judge.ts'
import type { PageReading } from '../../core/reading.ts'
import type { ApprovalRequest } from '../../core/request.ts'
import { clearHold } from '../../holding/clear-hold.ts'
import { type HeldAction, type LiveHold, openHold, type ReadAgain } from '../../holding/hold.ts'
import type { BadEnding, Ending } from '../../holding/outcome.ts'
import { ActivePermit } from './active-permit.ts'
import { type ContextGuard, summaryOf } from './context-guard.ts'
import { endingOfFailure } from './failure.ts'
import type { Gesture } from './gesture.ts'
import { joinKey } from './join-key.ts'
import { type GuardedCall, inspect, type Preflight } from './preflight.ts'
import { entriesWith, putValues } from './put-values.ts'
import type { ActionGiven } from './running.ts'
import type { Step } from './step.ts'
import type { Tab } from './tab.ts'
import { untilGone } from './until-gone.ts'

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
  const { attempt, judgement } = now
  if (judgement.answer !== 'hold') throw new Error('only what is held is asked about')
  const key = joinKey({ attempt, finding: judgement.finding })
  const twin = tab.holds.twin(key)
  if (twin !== undefined) return (await twin.ended) ?? twinFailed()
  const { joins } = how.given
  if (joins !== undefined && !guard.left.has(key, joins.id)) return movedOn(guard, joins)
  step.act = tab.holds.begin(key)
  const waiting = guard.wait(tab, gesture, key)
  const moves = tab.untilItMoves()
  const signal = AbortSignal.any([gesture.signal, moves.signal, waiting.givenUp])
  try {
    const asking = { gesture, key, signal, step, ...how }
    return await askAbout(guard, tab, call, { ...now, judgement }, asking)
  } catch (error) {
    return await endingOfFailure(guard, error)
  } finally {
    waiting.over()
    moves.stop()
  }
}

type HeldPreflight = Preflight & { readonly judgement: Extract<Judgement, { answer: 'hold' }> }

/** A question and whose it is. */
interface Asking {
  readonly gesture: Gesture
  readonly key: string
  /** Aborts when it is no longer to be asked. */
  readonly signal: AbortSignal
  readonly step: Step
  readonly given: ActionGiven
  again(): Promise<unknown>
}

async function askAbout<T>(
  guard: ContextGuard,
  tab: Tab,
  call: GuardedCall<T>,
  now: HeldPreflight,
  asking: Asking,
): Promise<ActivePermit | Ending> {
  const { finding } = now.judgement
  let node = await guard.pages.node(tab, now.how)
  // What the form would send, hidden fields and all: from here on it must stay as it is.
  let entries = await guard.pages.formEntries(tab, now.how)
  const there = untilGone(guard, tab, node)
  let last:
    | {
        readonly how: Preflight['how']
        readonly reading: PageReading
        readonly entries: readonly RequestField[] | undefined
        readonly node: number | undefined
      }
    | undefined
  const readAgain = async (expected: readonly RequestField[] | undefined): Promise<ReadAgain> => {
    const again = await inspect(guard, tab, call)
    if (again === undefined || again.reading.target === undefined) {
      return { gone: 'its target is no longer on the page' }
    }
    const { how, reading, judgement } = again
    last = {
      how,
      reading,
      entries: await guard.pages.formEntries(tab, how),
      node: await guard.pages.node(tab, how),
    }
    // An element that could not be told, before or now, is not known to be the same one.
    const sameNode = node !== undefined && last.node === node
    return {
      attempt: again.attempt,
      finding: judgement.answer === 'hold' ? judgement.finding : undefined,
      // Same words, other element: what stands under the pointer now is not what the person saw.
      changed: sameNode
        ? compareEntries(expected ?? [], last.entries ?? [])
        : [{ field: 'element', approved: 'as shown', now: 'replaced' }],
    }
  }
  const action: HeldAction = {
    attempt: now.attempt,
    guard: now.judgement.guard,
    finding,
    signal: AbortSignal.any([asking.signal, there.signal]),
    ...asking.gesture.said,
    takeEvidence: async () => {
      // After a drift: of what is asked about then.
      const shown = last ?? now
      const taken = await guard.pages.take(tab, shown.how, shown.reading)
      asking.step.shown = taken.images.find((image) => image.role === 'full')
      return taken
    },
    readAgain: () => readAgain(entries),
    edit: async (editable, values) => {
      const howNow = async () => (await inspect(guard, tab, call))?.how
      const amiss = await putValues(guard, tab, howNow, editable, values)
      const now = await readAgain(entriesWith(entries, values))
      return 'gone' in now || amiss.length === 0 ? now : { ...now, changed: amiss }
    },
    onFollowed: (next) => {
      guard.leave(tab, next, { again: asking.again, node: last?.node, entries: last?.entries })
      guard.onHeld(next)
    },
  }
  try {
    const joined = guard.left.take(asking.key)
    // Joined: the element that people were shown, not the one that stands there by now.
    if (joined !== undefined) ({ node, entries } = joined)
    const live = joined === undefined ? await openNew(guard, action) : rejoin(joined.hold, action)
    const cleared = await clearHold(guard.holding, live, {
      waitMs: asking.given.waitMs ?? guard.waitMs,
    })
    if (cleared.status === 'held') guard.leave(tab, live, { again: asking.again, node, entries })
    if (cleared.status !== 'cleared') return cleared
    return new ActivePermit({
      cleared,
      guard: now.judgement.guard,
      tab,
      page: summaryOf(last?.reading),
      entries: last?.entries,
    })
  } finally {
    there.stop()
  }
}

const MOVED_ON = 'the page shows something else than was asked about'

/** The act that was to be joined is not the one that stands there now: its question is taken back. */
export async function movedOn(guard: ContextGuard, request: ApprovalRequest): Promise<BadEnding> {
  guard.left.forget(request.id)
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

/** What people see stays the request's, what they may change included; page access is this call's. */
function rejoin(hold: LiveHold, action: HeldAction): LiveHold {
  const { attempt, finding } = hold.action
  return { ...hold, action: { ...action, attempt, finding } }
}
