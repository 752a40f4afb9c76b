import type { OutcomeReading } from '../../core/guard.ts'
import type { Ending } from '../../holding/outcome.ts'
import type { EvidenceImage } from '../../ports/approvals.ts'
import type { ActivePermit } from './active-permit.ts'
import { type ContextGuard, summaryOf } from './context-guard.ts'
import type { ReleaseAnswer } from './gate/network-gate.ts'
import type { Tab } from './tab.ts'
import { within } from './within.ts'

/** Nothing committing left within this time after the start: it is certain that nothing was sent. */
const NOT_SENT_MS = 10_000
/** No answer within this time after it left: nobody knows. */
const ANSWER_MS = 60_000
/** How long the page may take to show the outcome. */
const OUTCOME_MS = 5_000
const LOOK_AGAIN_MS = 150

/** Waits for what a started action did, reads the outcome, and writes how it ended. */
export async function settle(guard: ContextGuard, permit: ActivePermit): Promise<Ending> {
  const { request, claim, edited, terms } = permit.cleared
  const ran = { request, edited, amount: terms.amount }
  const { approvals } = guard.holding
  const left = await within(permit.left, NOT_SENT_MS, permit.hasLeft ? 'left' : 'nothing')
  if (left === 'drifted') {
    await approvals.finish(claim, 'refused', {
      label: 'what wanted to leave was not what was approved',
    })
    return { status: 'drifted', request, changed: permit.drift ?? [] }
  }
  if (left === 'nothing' && permit.strayed) {
    const tab = permit.tab
    const outcome = await readOutcome(guard, permit, tab, 200)
    await approvals.finish(
      claim,
      'unverified',
      outcome.label === undefined ? {} : { label: outcome.label },
    )
    return { status: 'unverified', ...ran }
  }
  if (left === 'nothing') {
    await approvals.finish(claim, 'failed', { label: 'nothing was sent' })
    return { status: 'failed', request }
  }
  const answer = await within<ReleaseAnswer>(permit.answered, ANSWER_MS, {
    broken: 'no answer in time',
  })
  if ('gone' in answer || 'broken' in answer) {
    // A request that was gone before it was let go is not `sent` in truth, but `sent` stands in the
    // store already: a person looks, rather than we rewrite it.
    const label = 'gone' in answer ? 'the page gave the request up' : answer.broken
    await approvals.finish(claim, 'in-doubt', { label })
    return { status: 'in-doubt', request }
  }
  const tab = await outcomeTabOf(guard, permit)
  const outcome = await readOutcome(guard, permit, tab, answer.status)
  const after = await afterPicture(guard, tab)
  const ending = answer.status < 400 && outcome.result === 'succeeded' ? 'succeeded' : 'unverified'
  await approvals.finish(claim, ending, {
    status: answer.status,
    ...(outcome.label === undefined ? {} : { label: outcome.label }),
    ...(after === undefined ? {} : { after }),
  })
  return {
    status: ending,
    ...ran,
    ...(outcome.label === undefined ? {} : { label: outcome.label }),
  }
}

/** Where the answer shows: the tab that sent the request, which may be a popup that has just opened. */
async function outcomeTabOf(guard: ContextGuard, permit: ActivePermit): Promise<Tab> {
  const { frameId } = permit
  if (frameId === undefined) return permit.tab
  return guard.tabs.ofFrame(frameId) ?? (await guard.tabs.ofTarget(frameId)) ?? permit.tab
}

/** Looks at the page until the guard can say how it went, or its time is up. */
async function readOutcome(
  guard: ContextGuard,
  permit: ActivePermit,
  tab: Tab,
  status: number,
): Promise<OutcomeReading> {
  const reader = guard.guards.find((candidate) => candidate.name === permit.guard)?.outcome
  if (reader === undefined || status >= 400) return { result: 'unknown' }
  const giveUpAt = guard.nowMs() + OUTCOME_MS
  while (guard.nowMs() < giveUpAt && !guard.ended.aborted) {
    const page = await guard.pages
      .read(tab, { target: { kind: 'none' } })
      .then(summaryOf, () => undefined)
    if (page !== undefined) {
      const outcome = reader({ page, status })
      if (outcome.result !== 'unknown') return outcome
    }
    if (tab.closed.aborted) break
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
  return { result: 'unknown' }
}

async function afterPicture(guard: ContextGuard, tab: Tab): Promise<EvidenceImage | undefined> {
  if (tab.closed.aborted || guard.ended.aborted) return undefined
  try {
    const { images } = await guard.pages.take(tab, { target: { kind: 'none' } })
    const full = images.find((image) => image.role === 'full')
    return full === undefined ? undefined : { ...full, role: 'after' }
  } catch (error) {
    guard.holding.logger.warn('there is no picture of the page after the action', {
      error: String(error),
    })
    return undefined
  }
}
