import { identityDigest } from '../core/action.ts'
import { HoldpointError, optionInvalid } from '../core/errors.ts'
import { evidenceDigest, isShown } from '../core/evidence.ts'
import { plannedNotices } from '../core/notices.ts'
import { policyDigest } from '../core/policy.ts'
import type { ApprovalRequest, RequestDraft } from '../core/request.ts'
import { termsDigest } from '../core/terms.ts'
import type { EvidenceImage } from '../ports/approvals.ts'
import type { StoredImage, StoreTransaction } from '../ports/store.ts'
import type { Desk } from './desk.ts'
import { announce, deliverAfter, lockRequest, notFound } from './locked.ts'

const HOUR_MS = 60 * 60_000

/**
 * Asks: stores the pictures, and then in one transaction the request with the digests of what is asked,
 * its audit entry and its jobs. What an agent may not ask is refused and written down.
 */
export async function openRequest(
  desk: Desk,
  draft: RequestDraft,
  images: readonly EvidenceImage[],
): Promise<ApprovalRequest> {
  // Before the transaction: bytes that nobody refers to do no harm, a request without its picture does.
  const stored = await putImages(desk, images)
  checkPictures(draft, stored)
  const opened = await desk.store.transaction((tx) => openLocked(desk, tx, draft, stored))
  // Thrown only now, as the audit entry of a refusal has to be kept.
  if ('refused' in opened) throw opened.refused
  return opened
}

type Opened = ApprovalRequest | { readonly refused: HoldpointError }

async function openLocked(
  desk: Desk,
  tx: StoreTransaction,
  draft: RequestDraft,
  images: readonly StoredImage[],
): Promise<Opened> {
  await tx.lockAgent(draft.agent)
  await checkFollows(tx, draft)
  const earlier = await sameKey(desk, tx, draft)
  if (earlier !== undefined) return earlier
  await refuseWhatWasRejected(desk, tx, draft)
  const refused = await freeze(desk, tx, draft.agent)
  if (refused !== undefined) return { refused }
  return insert(desk, tx, draft, images)
}

async function insert(
  desk: Desk,
  tx: StoreTransaction,
  draft: RequestDraft,
  images: readonly StoredImage[],
): Promise<ApprovalRequest> {
  const openedAt = desk.clock.now()
  const expiresAt = new Date(openedAt.getTime() + desk.policy.expiresAfterMs)
  const digests = {
    identityDigest: identityDigest(draft.identity),
    termsDigest: termsDigest(draft.terms),
    evidenceDigest: evidenceDigest(draft.evidence),
    policyDigest: policyDigest(desk.policy),
  }
  const id = await tx.insertRequest({
    ...draft,
    ...digests,
    policy: desk.policy,
    openedAt,
    expiresAt,
  })
  for (const image of images) await tx.attachImage(id, image)
  await tx.appendAudit({
    event: 'request.opened',
    requestId: id,
    actor: `agent:${draft.agent}`,
    details: {
      kind: draft.kind,
      session: draft.session,
      follows: draft.follows?.requestId,
      ...digests,
    },
    at: openedAt,
  })
  await tx.enqueue('deliver', id)
  await tx.enqueue('expire', id, expiresAt)
  // Its message, and whoever waits for it, then learns where the question went on.
  if (draft.follows !== undefined) await announce(tx, draft.follows.requestId)
  const request = await lockRequest(tx, id)
  for (const { dueAt } of plannedNotices(request)) {
    // What is due at once is said with the question.
    if (dueAt.getTime() > openedAt.getTime()) await deliverAfter(tx, id, dueAt)
  }
  return request
}

/** An agent follows its own requests only: the message of the one it follows points to the new one. */
async function checkFollows(tx: StoreTransaction, draft: RequestDraft): Promise<void> {
  if (draft.follows === undefined) return
  const followed = await tx.read(draft.follows.requestId)
  if (followed?.agent !== draft.agent) throw notFound(draft.follows.requestId)
}

/** The request that this key opened before, if it asked the same; another question is refused. */
async function sameKey(
  desk: Desk,
  tx: StoreTransaction,
  draft: RequestDraft,
): Promise<ApprovalRequest | undefined> {
  const { agent, idempotencyKey } = draft
  if (idempotencyKey === undefined) return undefined
  const [earlier] = await tx.list({ agent, idempotencyKey, limit: 1 })
  if (earlier === undefined) return undefined
  if (earlier.kind !== draft.kind || earlier.termsDigest !== termsDigest(draft.terms)) {
    // An old yes would otherwise answer a new question.
    throw new HoldpointError(
      'HP_ERR_IDEMPOTENCY_CONFLICT',
      `the key of ${earlier.id} was used again for other terms`,
    )
  }
  await tx.appendAudit({
    event: 'request.joined',
    requestId: earlier.id,
    actor: `agent:${agent}`,
    details: { by: 'idempotency key', session: draft.session },
    at: desk.clock.now(),
  })
  return earlier
}

/** An agent that repeats what was just rejected gets the same answer, and nobody is asked. */
async function refuseWhatWasRejected(
  desk: Desk,
  tx: StoreTransaction,
  draft: RequestDraft,
): Promise<void> {
  const rejected = await tx.list({
    states: ['rejected'],
    identityDigest: identityDigest(draft.identity),
    limit: 10,
  })
  const since = desk.clock.now().getTime() - desk.policy.askAgainAfterMs
  const recent = rejected.find(({ closedAt }) => (closedAt?.getTime() ?? 0) > since)
  if (recent === undefined) return
  throw rejection(recent)
}

/** The error that repeats a reviewer's "no". */
export function rejection(request: ApprovalRequest): HoldpointError<'HP_ERR_REJECTED'> {
  const decision = request.decisions.find(({ answer }) => answer === 'reject')
  return new HoldpointError('HP_ERR_REJECTED', `${request.id} was rejected`, {
    requestId: request.id,
    reviewer: decision?.reviewer ?? 'unknown',
    ...(decision?.reason === undefined ? {} : { reason: decision.reason }),
  })
}

async function freeze(
  desk: Desk,
  tx: StoreTransaction,
  agent: string,
): Promise<HoldpointError<'HP_ERR_FROZEN'> | undefined> {
  const { maxOpenPerAgent, maxNewPerHour } = desk.policy
  const now = desk.clock.now()
  const hourAgo = new Date(now.getTime() - HOUR_MS)
  const open = await tx.count({ agent, states: ['pending'] })
  const lately = await tx.count({ agent, openedAfter: hourAgo })
  const why =
    open >= maxOpenPerAgent
      ? `${open} requests are open (at most ${maxOpenPerAgent})`
      : lately >= maxNewPerHour
        ? `${lately} requests were opened within an hour (at most ${maxNewPerHour})`
        : undefined
  if (why === undefined) return undefined
  const actor = `agent:${agent}`
  const last = await tx.lastAuditAt('agent.frozen', actor)
  // Once an hour: an agent that asks in a loop must not fill the log.
  if (last === undefined || last < hourAgo) {
    await tx.appendAudit({ event: 'agent.frozen', actor, details: { why }, at: now })
    desk.logger.warn('an agent is frozen', { agent, why })
  }
  return new HoldpointError('HP_ERR_FROZEN', `the agent "${agent}" is frozen: ${why}`)
}

async function putImages(
  desk: Desk,
  images: readonly EvidenceImage[],
): Promise<readonly StoredImage[]> {
  return Promise.all(
    images.map(async ({ role, bytes, mediaType }) => ({
      role,
      mediaType,
      sha256: await desk.store.putImage(bytes, mediaType),
    })),
  )
}

/** The pictures that people see must be the ones that the evidence digest covers, each in its role. */
function checkPictures({ evidence }: RequestDraft, images: readonly StoredImage[]): void {
  for (const { role, sha256 } of images) {
    if (role === 'after' || !isShown(evidence, role, sha256)) {
      throw optionInvalid('images', `hold a ${role} picture that the evidence does not name`)
    }
  }
  const given = (role: 'full' | 'crop') => images.some((image) => image.role === role)
  if ((evidence.picture && !given('full')) || (evidence.crop && !given('crop'))) {
    throw optionInvalid('images', 'do not include the picture that the evidence names')
  }
}
