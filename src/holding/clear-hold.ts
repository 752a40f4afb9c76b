import type { Attempt } from '../core/action.ts'
import { checkEdits, type EditedValues, editsOf, offeredEdits } from '../core/edit.ts'
import { HoldpointError, isHoldpointError } from '../core/errors.ts'
import type { Finding } from '../core/guard.ts'
import type { ApprovalRequest } from '../core/request.ts'
import { describeChanges, type FieldChange } from '../core/terms.ts'
import { plainLine } from '../core/text.ts'
import { checkVerdict } from '../core/verdict.ts'
import type { Claim } from '../ports/approvals.ts'
import { changesOf } from './changes-of.ts'
import { type Cleared, type LiveHold, openHold, type ReadAgain } from './hold.ts'
import type { Holding } from './holding.ts'
import type { BadEnding } from './outcome.ts'

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
  const leave = options.waitMs === undefined ? undefined : afterMs(options.waitMs)
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
  let values: EditedValues
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
    values = valuesOf(hold, claims.values)
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
  return claimAndCompare(holding, hold, values)
}

/** Checked against what this guard offered, whatever the store says of it. */
function valuesOf({ request, action }: LiveHold, values: EditedValues = {}): EditedValues {
  if (Object.keys(values).length === 0) return {}
  const { editable } = action.finding
  const offered =
    action.edit === undefined ? [] : offeredEdits({ ...request, evidence: { editable } })
  const checked = checkEdits(offered, values)
  if ('values' in checked) return checked.values
  throw new HoldpointError(
    'HP_ERR_VERDICT_INVALID',
    `the verdict changes more than was offered: ${checked.refused}`,
  )
}

async function claimAndCompare(
  holding: Holding,
  hold: LiveHold,
  values: EditedValues,
): Promise<Cleared | BadEnding> {
  const { request, action } = hold
  let claim: Claim
  try {
    claim = await holding.approvals.claim(request.id, holding.owner)
  } catch (error) {
    return takenBack(request, error)
  }
  const again = await readSafely(() => action.readAgain())
  if ('gone' in again || action.signal.aborted) return gone(holding, hold, claim, again)
  const changed = changesOf(hold, again)
  if (changed.length > 0) return drifted(holding, hold, claim, again, changed)
  try {
    await holding.approvals.start(claim)
  } catch (error) {
    return takenBack(request, error)
  }
  // Writing it took its time: whoever gave up meanwhile must not find it done.
  if (action.signal.aborted) return gone(holding, hold, claim, again)
  const { finding, edit = cannotEdit } = action
  const { editable = [] } = finding
  if (Object.keys(values).length === 0) {
    return { status: 'cleared', request, claim, terms: finding.terms, edited: [] }
  }
  // `started` stands in the store by now: from the first key on, nobody else may try.
  const typed = await readSafely(() => edit(editable, values))
  if ('gone' in typed || action.signal.aborted) return gone(holding, hold, claim, typed)
  const apart = changesOf(hold, typed, values)
  if (apart.length > 0 || typed.finding === undefined) {
    return drifted(holding, hold, claim, typed, apart)
  }
  const edited = editsOf(editable, values)
  // What the page makes of the values is what may leave, and no more.
  return { status: 'cleared', request, claim, terms: typed.finding.terms, edited }
}

/** Never without them: that would be something else than was approved. */
const cannotEdit = (): never => {
  throw new Error('nothing can be changed here')
}

async function readSafely(read: () => Promise<ReadAgain>): Promise<ReadAgain> {
  try {
    return await read()
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    return { gone: `the page could not be read again (${why})` }
  }
}

async function gone(
  holding: Holding,
  { request, action }: LiveHold,
  claim: Claim,
  read: ReadAgain,
): Promise<BadEnding> {
  const reason = 'gone' in read && !action.signal.aborted ? read.gone : reasonOf(action.signal)
  await holding.approvals.finish(claim, 'failed', { label: reason })
  return { status: 'withdrawn', request, reason }
}

/** An approval may be taken back, or grow too old, until it is started: an ending, not a fault. */
function takenBack(request: ApprovalRequest, error: unknown): BadEnding {
  if (isHoldpointError(error, 'HP_ERR_LAPSED')) return { status: 'lapsed', request }
  if (isHoldpointError(error, 'HP_ERR_WITHDRAWN')) {
    return { status: 'withdrawn', request, reason: error.details.reason }
  }
  throw error
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

/** A time that is too long for a timer would end at once. */
const afterMs = (ms: number): AbortSignal =>
  AbortSignal.timeout(Math.min(Math.ceil(ms), 2 ** 31 - 1))

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
