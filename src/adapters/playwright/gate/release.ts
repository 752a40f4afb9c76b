import type { RequestFacts } from '../../../core/action.ts'
import type { Judgement } from '../../../core/judge.ts'
import type { CommittingRequest } from '../../../core/permit.ts'
import type { ActivePermit } from '../active-permit.ts'
import type { ContextGuard } from '../context-guard.ts'
import type { Gesture } from '../gesture.ts'
import { holdRequest } from './hold-request.ts'
import type { GateCase } from './judge-request.ts'
import type { Disposition, ReleaseAnswer } from './network-gate.ts'

type Held = Extract<Judgement, { answer: 'hold' }>

/** A committing request of a gesture that has a permit: its slot once, its terms equal, or not at all. */
export async function releaseUnderPermit(
  guard: ContextGuard,
  gateCase: GateCase,
  judgement: Held | undefined,
  gesture: Gesture,
  permit: ActivePermit,
): Promise<Disposition> {
  const { facts } = gateCase
  const request: CommittingRequest = {
    ...committing(facts),
    // The default table knows no terms of its own; what it reads is the page, which was compared at start.
    ...(judgement === undefined || judgement.guard === 'default'
      ? {}
      : { terms: judgement.finding.terms }),
  }
  const answer = permit.answer(request, facts)
  switch (answer.answer) {
    case 'release':
      return release(guard, gateCase, gesture, permit, answer.slot)
    case 'drifted':
      permit.onDrift(answer.changed)
      return { do: 'abort' }
    case 'refuse-repeat':
      await guard.holding.approvals.audit({
        event: 'permit.refused',
        requestId: permit.cleared.request.id,
        actor: `agent:${guard.session.agent}`,
        details: { slot: answer.slot, why: 'the same slot twice' },
      })
      return { do: 'abort' }
    case 'ask':
      // Half an order is the worst outcome: a further step is asked about, never dropped.
      return judgement === undefined ? { do: 'continue' } : holdRequest(guard, gateCase, judgement)
  }
}

/** What names a request's slot. */
export function committing(facts: RequestFacts): CommittingRequest {
  return {
    method: facts.method,
    url: facts.url,
    ...(facts.operation === undefined ? {} : { operation: facts.operation.name }),
  }
}

/** Writes `sent`, then lets the bytes go. A refused write (stale token, store down) stops them. */
export async function release(
  guard: ContextGuard,
  gateCase: Pick<GateCase, 'paused' | 'facts'>,
  gesture: Gesture | undefined,
  permit: ActivePermit,
  slot: string,
  instead?: Extract<Disposition, { do: 'release' }>['instead'],
): Promise<Disposition> {
  permit.use(slot)
  await guard.holding.approvals.sent(permit.cleared.claim)
  gesture?.committed(guard.nowMs())
  permit.onLeft(gateCase.paused.frameId)
  guard.released.set(gateCase.paused.requestId, {
    origin: new URL(gateCase.facts.url).origin,
    method: gateCase.facts.method,
    onCrossSite: (url) =>
      permit.onAnswer({ broken: `redirected to another site (${new URL(url).host})` }),
  })
  return {
    do: 'release',
    onAnswer: (answer: ReleaseAnswer) => permit.onAnswer(answer),
    ...(instead === undefined ? {} : { instead }),
  }
}
