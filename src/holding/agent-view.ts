import type { AgentRequest } from '../core/agent-api.ts'
import { editsOf } from '../core/edit.ts'
import type { ApprovalRequest } from '../core/request.ts'
import { plainLine } from '../core/text.ts'
import { clockTime, type Ending, textForModel } from './outcome.ts'

/** What stands in the store beside the request. */
export interface Beside {
  readonly now: Date
  /** The request that asks about what had changed after the approval of this one. */
  readonly follower?: ApprovalRequest | undefined
}

/**
 * What a process that is not the guard may tell an agent of a request. It goes by what is stored, which
 * is enough for a text: nothing runs because of it, and the guard believes the signed verdict only.
 */
export function agentViewOf(request: ApprovalRequest, beside: Beside): AgentRequest {
  const ending = endingOf(request, beside)
  const view =
    'forModel' in ending ? ending : { status: ending.status, forModel: textForModel(ending) }
  return {
    id: request.id,
    title: request.title,
    expiresAt: request.expiresAt.toISOString(),
    ...view,
  }
}

type View = Pick<AgentRequest, 'status' | 'forModel'>
type StoredEnding = Exclude<Ending, { readonly status: 'forbidden' | 'frozen' }>

/** How a stored request stands: as an ending with a text of its own, or as one that is told as any other. */
export function endingOf(request: ApprovalRequest, beside: Beside): StoredEnding | View {
  switch (request.state) {
    case 'pending':
      // Nobody may answer any more, whether or not the desk has come to writing it down.
      return request.expiresAt <= beside.now
        ? { status: 'expired', request }
        : { status: 'held', request }
    case 'rejected': {
      const decision = request.decisions.find(({ answer }) => answer === 'reject')
      const { reviewer = 'unknown', reason } = decision ?? {}
      return { status: 'rejected', request, reviewer, ...(reason === undefined ? {} : { reason }) }
    }
    case 'withdrawn':
      return { status: 'withdrawn', request, reason: request.closedReason ?? 'it was taken back' }
    case 'expired':
    case 'lapsed':
      return { status: request.state, request }
    case 'approved':
      return endingOfExecution(request, beside)
  }
}

function endingOfExecution(
  request: ApprovalRequest,
  { now, follower }: Beside,
): StoredEnding | View {
  const { state, label } = request.execution
  switch (state) {
    case 'none': {
      const untilMs = (request.closedAt?.getTime() ?? 0) + request.policy.claimWithinMs
      if (untilMs < now.getTime()) return { status: 'lapsed', request }
      const until = clockTime(new Date(untilMs))
      return {
        status: 'approved',
        forModel: `APPROVED, but not done yet: nothing waits for it. Make exactly the same act once more before ${until}: if it is still what was approved it is done, else a person is asked again.`,
      }
    }
    case 'claimed':
    case 'started':
    case 'sent':
      return {
        status: 'approved',
        forModel: `APPROVED, and being done now. Do not repeat it. Call wait_for_approval("${request.id}") again to learn how it ended.`,
      }
    case 'succeeded':
    case 'unverified':
      return {
        status: state,
        request,
        ...(label === undefined ? {} : { label }),
        edited: editsOf(request.evidence.editable ?? [], request.decisions.at(-1)?.values ?? {}),
      }
    case 'failed':
    case 'in-doubt':
      return { status: state, request }
    case 'refused': {
      const changed = follower?.follows?.changed
      if (changed !== undefined && follower !== undefined) {
        return { status: 'drifted', request, changed, newRequest: follower }
      }
      const what = plainLine(label ?? 'it was not what was approved any more', 300)
      return {
        status: 'drifted',
        forModel: `REFUSED, not done: ${what}. Look at the page and start over.`,
      }
    }
    case 'settled':
      return {
        status: 'settled',
        forModel: `SETTLED by a person${label === undefined ? '' : `: ${plainLine(label, 80)}`}. Look at the page before you go on.`,
      }
  }
}
