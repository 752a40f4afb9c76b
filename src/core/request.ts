import type { ActionIdentity, ActionKind } from './action.ts'
import type { Execution } from './claim.ts'
import type { EditedValues } from './edit.ts'
import type { Evidence } from './evidence.ts'
import type { Policy } from './policy.ts'
import type { FieldChange, Terms } from './terms.ts'

/**
 *     pending ─quorum─▶ approved ─claimWithinMs─▶ lapsed
 *        ├─any reject──▶ rejected
 *        ├─deadline────▶ expired
 *        └───────────────▶ withdrawn
 *
 * Only `pending` can be decided. `approved` says nothing by itself: the agent's side believes the
 * signed verdict, never the row.
 */
export const REQUEST_STATES = [
  'pending',
  'approved',
  'rejected',
  'expired',
  'withdrawn',
  'lapsed',
] as const
export type RequestState = (typeof REQUEST_STATES)[number]

/** Why it was held, for people. */
export interface RequestFinding {
  readonly guard: string
  readonly kind: ActionKind
  readonly risk: 'high' | 'low'
  readonly confidence: number
  readonly why: string
}

/** One reviewer's answer, recorded once. */
export interface Decision {
  readonly requestId: string
  readonly reviewer: string
  readonly answer: 'approve' | 'reject'
  readonly reason?: string
  /** Fields changed before approving, by name. */
  readonly values?: EditedValues
  readonly channel: string
  readonly termsDigest: string
  readonly evidenceDigest: string
  readonly decidedAt: Date
}

/** What the guard hands in to ask: all of it is bound by digests before people see it. */
export interface RequestDraft {
  readonly session: string
  readonly agent: string
  readonly onBehalfOf?: string
  readonly task?: string
  readonly kind: ActionKind
  readonly risk: 'high' | 'low'
  /** `Pay 182.40 EUR to shop.example` */
  readonly title: string
  readonly identity: ActionIdentity
  readonly terms: Terms
  readonly evidence: Evidence
  readonly findings: readonly RequestFinding[]
  /** The agent's own words; shown as unverified. */
  readonly says?: string
  readonly confidence?: number
  /** The request this one follows, and what differs: a drift or a further step. */
  readonly follows?: { readonly requestId: string; readonly changed: readonly FieldChange[] }
  readonly idempotencyKey?: string
  /** Notes the reviewer must see: content that could not be checked, a recording that failed. */
  readonly warnings?: readonly string[]
}

/** The durable record that asks. */
export interface ApprovalRequest extends RequestDraft {
  /** `HP-41`. */
  readonly id: string
  readonly state: RequestState
  readonly termsDigest: string
  readonly evidenceDigest: string
  readonly identityDigest: string
  readonly policy: Policy
  readonly policyDigest: string
  readonly openedAt: Date
  readonly expiresAt: Date
  readonly closedAt?: Date
  /** Why it was withdrawn or lapsed. */
  readonly closedReason?: string
  readonly decisions: readonly Decision[]
  /** Signed when the verdict was reached; compact JWS. */
  readonly verdict?: string
  readonly execution: Execution
}

type Asked = Pick<ApprovalRequest, 'policy' | 'onBehalfOf' | 'agent'>

function whyNotAllowed(
  { policy, onBehalfOf, agent }: Asked,
  reviewer: string,
): 'not-allowed' | 'own-behalf' | undefined {
  if (!policy.reviewers.includes(reviewer)) return 'not-allowed'
  // The person acted for would approve their own spending.
  if (reviewer === onBehalfOf && !policy.soloReviewer) return 'own-behalf'
  // The agent's name is not a reviewer, even if a policy lists one by mistake.
  if (reviewer === agent) return 'own-behalf'
  return undefined
}

/** Who may answer it, each once, in the policy's order. */
export function reviewersOf(request: Asked): readonly string[] {
  const { reviewers } = request.policy
  return [...new Set(reviewers)].filter((id) => whyNotAllowed(request, id) === undefined)
}

/** Those of them who have not answered yet. */
export function reviewersLeft(
  request: Asked & Pick<ApprovalRequest, 'decisions'>,
): readonly string[] {
  const { decisions } = request
  return reviewersOf(request).filter((id) => decisions.every(({ reviewer }) => reviewer !== id))
}

/** Whether it still asks: it has not ended, and its deadline has not passed. */
export function isAsking(
  { state, expiresAt }: Pick<ApprovalRequest, 'state' | 'expiresAt'>,
  now: Date,
): boolean {
  return state === 'pending' && now.getTime() < expiresAt.getTime()
}

/**
 * Whether a decision is about this request as it stands, by someone allowed, made in time. The answer
 * is the reason why not, for the reviewer, or undefined.
 */
export function whyNotCounted(
  request: ApprovalRequest,
  decision: Omit<Decision, 'channel' | 'reason' | 'values'>,
): 'not-allowed' | 'own-behalf' | 'changed' | 'closed' | 'too-late' | undefined {
  const notAllowed = whyNotAllowed(request, decision.reviewer)
  if (notAllowed !== undefined) return notAllowed
  if (request.state !== 'pending') return 'closed'
  if (decision.decidedAt.getTime() >= request.expiresAt.getTime()) return 'too-late'
  if (decision.termsDigest !== request.termsDigest) return 'changed'
  if (decision.evidenceDigest !== request.evidenceDigest) return 'changed'
  return undefined
}

/** The verdict that a request's counted decisions add up to. Any rejection wins. */
export function verdictOf(
  policy: Policy,
  decisions: readonly Pick<Decision, 'reviewer' | 'answer'>[],
): 'approved' | 'rejected' | undefined {
  if (decisions.some((decision) => decision.answer === 'reject')) return 'rejected'
  // Counted by person: the same reviewer twice is one.
  const people = new Set(decisions.map((decision) => decision.reviewer))
  return people.size >= policy.quorum ? 'approved' : undefined
}
