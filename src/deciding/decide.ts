import { identityDigest } from '../core/action.ts'
import { type EditedValues, valuesDigest } from '../core/edit.ts'
import { HoldpointError } from '../core/errors.ts'
import { evidenceDigest } from '../core/evidence.ts'
import { nameOf } from '../core/names.ts'
import { policyDigest } from '../core/policy.ts'
import { type ApprovalRequest, type Decision, verdictOf, whyNotCounted } from '../core/request.ts'
import { termsDigest } from '../core/terms.ts'
import { plainLine } from '../core/text.ts'
import { verdictClaims } from '../core/verdict.ts'
import type { StoreTransaction } from '../ports/store.ts'
import { checkedEdits } from './checked-edits.ts'
import type { Desk } from './desk.ts'
import { expireLocked, isOverdue } from './expire.ts'
import { announce, lockRequest } from './locked.ts'
import type { ReviewerProof } from './proof.ts'

/** A longer reason is cut: it is signed, stored, told to the agent, and printed on terminals. */
const MAX_REASON_CHARS = 2_000

/** A reviewer's answer, with what their screen showed. */
export interface DecideInput {
  readonly requestId: string
  readonly answer: 'approve' | 'reject'
  readonly reason?: string
  /** Fields changed before approving, by name; unchanged ones do not count. Throws `HP_ERR_EDIT_INVALID`. */
  readonly values?: EditedValues
  readonly proof: ReviewerProof
  readonly expectedTermsDigest: string
  readonly expectedEvidenceDigest: string
}

/** What came of it. `repeated`: the same click again, or the same answer by the same person; nothing changed. */
export interface DecideResult {
  readonly request: ApprovalRequest
  readonly verdict?: 'approved' | 'rejected'
  readonly repeated: boolean
}

/**
 * Records an answer, whichever channel it came by: one transaction with the request locked writes the
 * decision, and when it settles the matter the signed verdict, the audit entries, the wake-up and the
 * delivery. A refusal is written down too, and changes nothing else.
 */
export async function decide(desk: Desk, input: DecideInput): Promise<DecideResult> {
  const decided = await desk.store.transaction((tx) => decideLocked(desk, tx, input))
  // Thrown only now, as the audit entry of a refusal has to be kept.
  if ('refused' in decided) throw decided.refused
  return decided
}

type Decided = DecideResult | { readonly refused: HoldpointError }

async function decideLocked(
  desk: Desk,
  tx: StoreTransaction,
  input: DecideInput,
): Promise<Decided> {
  const request = await lockRequest(tx, input.requestId)
  const decision = decisionOf(desk, input)
  const { channel, dedupeKey } = input.proof
  // Providers number their clicks each for themselves.
  const click = `${channel}:${dedupeKey}`
  const first = await tx.decisionOf(click)
  if (first !== undefined) {
    const same = first.requestId === request.id && first.reviewer === decision.reviewer
    if (same) return { ...resultOf(request), repeated: true }
    // A click's key belongs to one person and one request; another one carries a copy.
    return refuse(desk, tx, input, 'copied', unauthentic(request))
  }
  const refusal = await refusalOf(desk, tx, request, decision)
  if (refusal !== undefined) return refuse(desk, tx, input, refusal.why, refusal.error)
  const own = request.decisions.find(({ reviewer }) => reviewer === decision.reviewer)
  if (own !== undefined) {
    if (own.answer === decision.answer) return { ...resultOf(request), repeated: true }
    return refuse(desk, tx, input, 'answered', closed(desk, request, own))
  }
  const checked = checkedEdits(request, input)
  if (checked instanceof HoldpointError) return refuse(desk, tx, input, 'edit', checked)
  const counted = Object.keys(checked).length === 0 ? decision : { ...decision, values: checked }
  return record(desk, tx, request, counted, click)
}

async function record(
  desk: Desk,
  tx: StoreTransaction,
  request: ApprovalRequest,
  decision: Decision,
  dedupeKey: string,
): Promise<DecideResult> {
  const { reviewer, answer, channel, decidedAt, values } = decision
  const actor = `reviewer:${reviewer}`
  const solo = reviewer === request.onBehalfOf
  if (solo)
    desk.logger.warn('a reviewer decides for themselves', { requestId: request.id, reviewer })
  await tx.insertDecision(decision, dedupeKey)
  await tx.appendAudit({
    event: 'decision.recorded',
    requestId: request.id,
    actor,
    details: {
      answer,
      channel,
      reason: decision.reason,
      termsDigest: decision.termsDigest,
      evidenceDigest: decision.evidenceDigest,
      ...(values === undefined
        ? {}
        : { edited: Object.keys(values), valuesDigest: valuesDigest(values) }),
      ...(solo ? { soloReviewer: true } : {}),
    },
    at: decidedAt,
  })
  const all = [...request.decisions, decision]
  const verdict = verdictOf(request.policy, all)
  if (verdict === undefined) {
    // The message then says how many have agreed.
    await tx.enqueue('deliver', request.id)
  } else {
    await settle(desk, tx, request, verdict, all)
  }
  return { ...resultOf(await lockRequest(tx, request.id)), repeated: false }
}

async function settle(
  desk: Desk,
  tx: StoreTransaction,
  request: ApprovalRequest,
  verdict: 'approved' | 'rejected',
  decisions: readonly Decision[],
): Promise<void> {
  const at = desk.clock.now()
  const counted =
    verdict === 'approved' ? decisions : decisions.filter(({ answer }) => answer === 'reject')
  const reviewer = counted.map((decision) => decision.reviewer).join(', ')
  const reason = counted.findLast((decision) => decision.reason !== undefined)?.reason
  const values = verdict === 'approved' ? counted.at(-1)?.values : undefined
  const claims = verdictClaims(request, verdict, {
    reviewer,
    ...(reason === undefined ? {} : { reason }),
    // Of one person: where several must agree, nothing may be changed.
    ...(values === undefined ? {} : { values }),
    at,
    jti: crypto.randomUUID(),
  })
  const jws = await desk.signer.sign(claims)
  await tx.updateRequest(request.id, { state: verdict, closedAt: at, verdict: jws })
  await tx.appendAudit({
    event: 'verdict.reached',
    requestId: request.id,
    actor: `reviewer:${counted.at(-1)?.reviewer}`,
    details: { verdict, by: reviewer, jti: claims.jti, kid: desk.signer.kid },
    at,
  })
  await announce(tx, request.id)
}

/** Why this decision does not count, and what to tell the reviewer. */
async function refusalOf(
  desk: Desk,
  tx: StoreTransaction,
  request: ApprovalRequest,
  decision: Decision,
): Promise<{ readonly why: string; readonly error: HoldpointError } | undefined> {
  const why = whyNotCounted(request, decision)
  switch (why) {
    case 'not-allowed':
    case 'own-behalf':
      return { why, error: notAllowed(decision.reviewer, why) }
    case 'closed':
      return { why, error: closed(desk, request) }
    case 'too-late':
      if (isOverdue(desk, request)) await expireLocked(desk, tx, request)
      return { why, error: closed(desk, { ...request, state: 'expired' }) }
    case 'changed':
      return { why, error: changed(request) }
    case undefined:
      break
  }
  // Whoever can write to the database could show people other terms than the digest they agree to.
  if (!isAsAsked(request)) {
    desk.logger.error('the stored request is not the one that was asked', {
      requestId: request.id,
    })
    return { why: 'tampered', error: changed(request) }
  }
  const { picture } = request.evidence
  const blind = picture === undefined || picture.blackedOut
  if (decision.answer === 'approve' && blind && !request.policy.approveWithoutImage) {
    const error = new HoldpointError(
      'HP_ERR_EVIDENCE_MISSING',
      `${request.id} has no picture, so it cannot be approved`,
      { requestId: request.id },
    )
    return { why: 'no picture', error }
  }
  return undefined
}

/** Whether the row is the one that was opened, as far as its digests reach; the verdict is signed over them. */
function isAsAsked(request: ApprovalRequest): boolean {
  const { terms, evidence, policy, identity } = request
  return (
    termsDigest(terms) === request.termsDigest &&
    evidenceDigest(evidence) === request.evidenceDigest &&
    policyDigest(policy) === request.policyDigest &&
    identityDigest(identity) === request.identityDigest &&
    identity.onBehalfOf === request.onBehalfOf &&
    identity.agent === request.agent
  )
}

async function refuse(
  desk: Desk,
  tx: StoreTransaction,
  input: DecideInput,
  why: string,
  error: HoldpointError,
): Promise<{ readonly refused: HoldpointError }> {
  const { requestId, answer, proof } = input
  await tx.appendAudit({
    event: 'decision.refused',
    requestId,
    actor: `reviewer:${proof.reviewer}`,
    details: { answer, channel: proof.channel, why, code: error.code },
    at: desk.clock.now(),
  })
  return { refused: error }
}

function decisionOf(desk: Desk, input: DecideInput): Decision {
  const reason = plainLine(input.reason ?? '', MAX_REASON_CHARS)
  return {
    requestId: input.requestId,
    reviewer: input.proof.reviewer,
    answer: input.answer,
    ...(reason === '' ? {} : { reason }),
    channel: input.proof.channel,
    termsDigest: input.expectedTermsDigest,
    evidenceDigest: input.expectedEvidenceDigest,
    decidedAt: desk.clock.now(),
  }
}

function resultOf(request: ApprovalRequest): Pick<DecideResult, 'request' | 'verdict'> {
  const verdict = verdictOf(request.policy, request.decisions)
  return verdict === undefined ? { request } : { request, verdict }
}

function notAllowed(
  reviewer: string,
  why: 'not-allowed' | 'own-behalf',
): HoldpointError<'HP_ERR_REVIEWER_NOT_ALLOWED'> {
  const message =
    why === 'own-behalf'
      ? `${reviewer} may not decide on what runs on their own behalf`
      : `${reviewer} is not a reviewer of this request`
  return new HoldpointError('HP_ERR_REVIEWER_NOT_ALLOWED', message, { reviewer, why })
}

function closed(
  desk: Desk,
  request: ApprovalRequest,
  decision = request.decisions.at(-1),
): HoldpointError<'HP_ERR_REQUEST_CLOSED'> {
  const who = decision && nameOf(desk.names, decision.reviewer)
  const decided = request.state === 'approved' || request.state === 'rejected'
  const message =
    request.state === 'pending'
      ? `${who} has answered ${request.id} already`
      : `${request.id} is already ${request.state}${decided ? ` by ${who}` : ''}`
  return new HoldpointError('HP_ERR_REQUEST_CLOSED', message, {
    requestId: request.id,
    state: request.state,
    ...(decision === undefined
      ? {}
      : { decidedBy: decision.reviewer, decidedAt: decision.decidedAt }),
  })
}

function changed(request: ApprovalRequest): HoldpointError<'HP_ERR_REQUEST_CHANGED'> {
  return new HoldpointError(
    'HP_ERR_REQUEST_CHANGED',
    `the screen showed other terms or evidence than ${request.id} asks about`,
    { requestId: request.id },
  )
}

function unauthentic(request: ApprovalRequest): HoldpointError<'HP_ERR_DECISION_UNAUTHENTIC'> {
  return new HoldpointError(
    'HP_ERR_DECISION_UNAUTHENTIC',
    `this answer to ${request.id} repeats another one's key`,
  )
}
