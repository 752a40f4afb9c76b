import type { AuditEvent } from '../core/audit.ts'
import { optionInvalid } from '../core/errors.ts'
import type { Approvals } from '../ports/approvals.ts'
import type { RequestStanding } from '../ports/store.ts'
import type { Desk } from './desk.ts'
import { claimExecution, finishExecution, sentExecution, startExecution } from './execute.ts'
import { openRequest } from './open-request.ts'
import { endingOf, untilEnded } from './waiting.ts'
import { withdraw } from './withdraw.ts'

/** What an agent's side may write down; all else is for the desk to say. */
const AGENT_FACTS: readonly AuditEvent[] = ['verdict.refused', 'permit.refused']

/** Approvals that were seen and not claimed yet; those of a waiter that went away are pushed out. */
const MAX_SEEN = 100

/** The agent's side of the desk. Nothing in it can decide. */
export function createApprovals(desk: Desk): Approvals {
  const approved = new Map<string, RequestStanding>()
  return {
    open: (draft, images) => openRequest(desk, draft, images),
    async ended(requestId, signal) {
      const standing = await untilEnded(desk, requestId, signal)
      if (standing.state === 'approved') {
        const [oldest] = approved.keys()
        if (oldest !== undefined && approved.size >= MAX_SEEN) approved.delete(oldest)
        approved.set(requestId, standing)
      }
      return endingOf(standing)
    },
    read: (requestId) => desk.store.read(requestId),
    withdraw: (requestId, reason) => withdraw(desk, requestId, reason),
    claim(requestId, owner) {
      const seen = approved.get(requestId)
      approved.delete(requestId)
      return claimExecution(desk, requestId, owner, { seen })
    },
    start: (claim) => startExecution(desk, claim),
    sent: (claim) => sentExecution(desk, claim),
    finish: (claim, ending, facts) => finishExecution(desk, claim, ending, facts),
    untold: (options) => desk.store.untold(options),
    markTold: (requestId, state) => desk.store.markTold(requestId, state),
    onEndings: (look) => desk.store.onAnyWake(look),
    async audit(fact) {
      // An agent that could write "decision.recorded" would forge the record that people trust.
      if (!AGENT_FACTS.includes(fact.event) || !fact.actor.startsWith('agent:')) {
        throw optionInvalid('fact.event', `"${fact.event}" by ${fact.actor} is not for an agent`)
      }
      await desk.store.transaction((tx) => tx.appendAudit({ ...fact, at: desk.clock.now() }))
    },
  }
}
