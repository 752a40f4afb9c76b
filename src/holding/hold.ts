import { type Attempt, identityDigest, identityOf } from '../core/action.ts'
import { describeAction } from '../core/describe.ts'
import { isHoldpointError } from '../core/errors.ts'
import { type Evidence, evidenceDigest } from '../core/evidence.ts'
import type { Finding } from '../core/guard.ts'
import type { ApprovalRequest } from '../core/request.ts'
import {
  compareTerms,
  describeChanges,
  type FieldChange,
  type Terms,
  termsDigest,
} from '../core/terms.ts'
import { plainLine } from '../core/text.ts'
import { checkVerdict } from '../core/verdict.ts'
import type { Claim, EvidenceImage } from '../ports/approvals.ts'
import type { Holding } from './holding.ts'
import type { BadEnding } from './outcome.ts'

/** What a held action can tell about itself; the browser's side implements it. */
export interface HeldAction {
  readonly attempt: Attempt
  readonly guard: string
  readonly finding: Finding
  /** Never rejects for a picture that failed; the hold stands without one. */
  takeEvidence(): Promise<{
    readonly evidence: Evidence
    readonly images: readonly EvidenceImage[]
  }>
  /** Reads the page again, just before it runs. */
  readAgain(): Promise<
    { readonly attempt: Attempt; readonly finding: Finding | undefined } | { readonly gone: string }
  >
  /** Aborts when the page, context or browser closes, or the agent gives up; its reason is a text. */
  readonly signal: AbortSignal
  readonly says?: string
  readonly confidence?: number
  readonly warnings?: readonly string[]
  /** Hears of the request that follows after a drift, so that the same action joins it. */
  readonly onFollowed?: (next: LiveHold) => void
}

/** An action that waits for people. The digests are the guard's own, never read back from the store. */
export interface LiveHold {
  readonly request: ApprovalRequest
  readonly action: HeldAction
  readonly expected: {
    readonly identity: string
    readonly terms: string
    readonly evidence: string
  }
}

/** Approved, claimed, compared and started: it may run now, once. */
export interface Cleared {
  readonly status: 'cleared'
  readonly request: ApprovalRequest
  readonly claim: Claim
  readonly terms: Terms
}

/** Takes evidence and opens the request. Throws when it cannot be asked: then nothing runs. */
export async function openHold(
  holding: Holding,
  action: HeldAction,
  follows?: { readonly requestId: string; readonly changed: readonly FieldChange[] },
): Promise<LiveHold> {
  const { evidence, images } = await action.takeEvidence()
  const { attempt, finding } = action
  const identity = identityOf(finding.kind, attempt)
  const request = await holding.approvals.open(
    {
      session: attempt.session.session,
      agent: attempt.session.agent,
      ...(attempt.session.onBehalfOf === undefined
        ? {}
        : { onBehalfOf: attempt.session.onBehalfOf }),
      ...(attempt.session.task === undefined ? {} : { task: attempt.session.task }),
      kind: finding.kind,
      risk: finding.risk,
      title: describeAction(finding.kind, finding.terms),
      identity,
      terms: finding.terms,
      evidence,
      findings: [
        {
          guard: action.guard,
          kind: finding.kind,
          risk: finding.risk,
          confidence: finding.confidence,
          why: finding.why,
        },
      ],
      ...(action.says === undefined ? {} : { says: action.says }),
      ...(action.confidence === undefined ? {} : { confidence: action.confidence }),
      ...(action.warnings === undefined ? {} : { warnings: action.warnings }),
      ...(follows === undefined ? {} : { follows }),
    },
    images,
  )
  return {
    request,
    action,
    expected: {
      identity: identityDigest(identity),
      terms: termsDigest(finding.terms),
      evidence: evidenceDigest(evidence),
    },
  }
}

/**
 * Waits for the verdict, checks its signature against the hold, claims, reads the page again, compares,
 * and writes `started`. Whatever goes wrong on the way, nothing has touched the page.
 */
export async function clearHold(
  holding: Holding,
  hold: LiveHold,
  options: {
    /** Leave the question standing after this time; the same action later joins it. Default: wait. */
    readonly waitMs?: number | undefined
  } = {},
): Promise<Cleared | BadEnding> {
  const { request, action } = hold
  const leave = options.waitMs === undefined ? undefined : AbortSignal.timeout(options.waitMs)
  const signals = [action.signal, ...(leave === undefined ? [] : [leave])]
  let ending: Awaited<ReturnType<Holding['approvals']['ended']>>
  try {
    ending = await holding.approvals.ended(request.id, AbortSignal.any(signals))
  } catch (error) {
    if (action.signal.aborted) return withdraw(holding, request, reasonOf(action.signal))
    if (leave?.aborted) return { status: 'held', request }
    throw error
  }
  switch (ending.state) {
    case 'expired':
      return { status: 'expired', request }
    case 'lapsed':
      return { status: 'lapsed', request }
    case 'withdrawn':
      return { status: 'withdrawn', request, reason: ending.reason ?? 'it was taken back' }
    default:
      return believe(holding, hold, ending.verdict)
  }
}

/** From here on only the signature counts; the row that carried it may have been written by anybody. */
async function believe(
  holding: Holding,
  hold: LiveHold,
  verdict: string | undefined,
): Promise<Cleared | BadEnding> {
  const { request, action, expected } = hold
  let claims: Awaited<ReturnType<Holding['checker']['check']>>
  try {
    claims = await holding.checker.check(verdict ?? '')
    checkVerdict(claims, {
      expectedSession: action.attempt.session.session,
      expectedRequestId: request.id,
      expectedIdentity: expected.identity,
      expectedTermsDigest: expected.terms,
      expectedEvidenceDigest: expected.evidence,
      expectedPolicyDigest: request.policyDigest,
      now: holding.clock.now(),
    })
  } catch (error) {
    await auditRefusal(holding, request, error)
    throw error
  }
  if (claims.verdict === 'rejected') {
    return {
      status: 'rejected',
      request,
      reviewer: claims.reviewer,
      ...(claims.reason === undefined ? {} : { reason: claims.reason }),
    }
  }
  if (
    holding.clock.now().getTime() > claims.claimNotAfter ||
    holding.usedVerdicts.has(claims.jti)
  ) {
    return { status: 'lapsed', request }
  }
  if (action.signal.aborted) return withdraw(holding, request, reasonOf(action.signal))
  holding.usedVerdicts.add(claims.jti)
  return claimAndCompare(holding, hold)
}

async function claimAndCompare(holding: Holding, hold: LiveHold): Promise<Cleared | BadEnding> {
  const { request, action } = hold
  let claim: Claim
  try {
    claim = await holding.approvals.claim(request.id, holding.owner)
  } catch (error) {
    if (isHoldpointError(error, 'HP_ERR_LAPSED')) return { status: 'lapsed', request }
    throw error
  }
  const again = await action.readAgain().catch((error: unknown) => ({
    gone: `the page could not be read again (${error instanceof Error ? error.message : 'unknown'})`,
  }))
  if ('gone' in again || action.signal.aborted) {
    const reason = action.signal.aborted
      ? String(action.signal.reason)
      : 'gone' in again
        ? again.gone
        : ''
    await holding.approvals.finish(claim, 'failed', { label: reason })
    return { status: 'withdrawn', request, reason }
  }
  const changed = changesOf(hold, again)
  if (changed.length > 0) return drifted(holding, hold, claim, again, changed)
  await holding.approvals.start(claim)
  return { status: 'cleared', request, claim, terms: action.finding.terms }
}

function changesOf(
  hold: LiveHold,
  now: {
    readonly attempt: Attempt
    readonly finding: Finding | undefined
    readonly changed?: readonly FieldChange[]
  },
): readonly FieldChange[] {
  if (now.finding === undefined) {
    return [{ field: 'action', approved: hold.request.title, now: 'something else' }]
  }
  const changed = compareTerms(hold.action.finding.terms, now.finding.terms)
  if (changed.length > 0) return changed
  const before = identityOf(hold.action.finding.kind, hold.action.attempt)
  const after = identityOf(now.finding.kind, now.attempt)
  const moved = (Object.keys({ ...before, ...after }) as (keyof typeof before)[])
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ field: key, approved: before[key] ?? 'none', now: after[key] ?? 'none' }))
  return moved.length > 0 ? moved : (now.changed ?? [])
}

/** Refuses what was approved, and asks about what is there now, with the difference on the new card. */
async function drifted(
  holding: Holding,
  hold: LiveHold,
  claim: Claim,
  now: { readonly attempt: Attempt; readonly finding: Finding | undefined },
  changed: readonly FieldChange[],
): Promise<BadEnding> {
  const { request, action } = hold
  await holding.approvals.finish(claim, 'refused', {
    label: plainLine(describeChanges(changed), 200),
  })
  if (now.finding === undefined) return { status: 'drifted', request, changed }
  try {
    const next = await openHold(
      holding,
      { ...action, attempt: now.attempt, finding: now.finding },
      { requestId: request.id, changed },
    )
    action.onFollowed?.(next)
    return { status: 'drifted', request, changed, newRequest: next.request }
  } catch (error) {
    holding.logger.error('the changed action could not be asked about', {
      requestId: request.id,
      error,
    })
    return { status: 'drifted', request, changed }
  }
}

const reasonOf = ({ reason }: AbortSignal): string =>
  typeof reason === 'string' ? reason : 'the agent gave up'

async function withdraw(
  holding: Holding,
  request: ApprovalRequest,
  reason: string,
): Promise<BadEnding> {
  try {
    await holding.approvals.withdraw(request.id, reason)
  } catch (error) {
    // The action is not done whether or not the store heard of it; its deadline ends the request.
    holding.logger.warn('a request could not be withdrawn', { requestId: request.id, error })
  }
  return { status: 'withdrawn', request, reason }
}

async function auditRefusal(
  holding: Holding,
  request: ApprovalRequest,
  error: unknown,
): Promise<void> {
  holding.logger.error('a verdict was refused', { requestId: request.id, error })
  await holding.approvals
    .audit({
      event: 'verdict.refused',
      requestId: request.id,
      actor: `agent:${request.agent}`,
      details: { why: error instanceof Error ? error.message : 'unknown' },
    })
    .catch((failure: unknown) =>
      holding.logger.error('the audit could not be written', { failure }),
    )
}
