import { offeredEdits } from '../core/edit.ts'
import { isHoldpointError } from '../core/errors.ts'
import { nameOf } from '../core/names.ts'
import { reviewersOf } from '../core/request.ts'
import type { AnswerReceipt, AnswerSink, Channel, ChannelAnswer } from '../ports/channel.ts'
import { decide } from './decide.ts'
import type { Desk } from './desk.ts'
import { look } from './look.ts'
import { proofOfCallback } from './proof.ts'

/** Makes a link that signs the reviewer in, once and soon, and then shows `next`. */
export type MakeSignInLink = (reviewer: string, next: string) => Promise<string>

/** Where a channel's answers come in: the person is looked up by provider identity, then `decide()` rules. */
export function answerSink(desk: Desk, channel: Channel, signIn?: MakeSignInLink): AnswerSink {
  return {
    answer: (answer) => receiveAnswer(desk, channel, answer),
    async looked({ requestId, identity }) {
      const reviewer = reviewerOf(channel, identity)
      // Whoever else sees the message may open it; that is nobody's business.
      if (reviewer !== undefined) await look(desk, requestId, reviewer, channel.name)
    },
    async editable(requestId) {
      const request = await desk.store.read(requestId)
      return request === undefined ? [] : offeredEdits(request)
    },
    async signInLink({ requestId, identity }) {
      const reviewer = reviewerOf(channel, identity)
      if (reviewer === undefined || signIn === undefined) return undefined
      try {
        const request = await desk.store.read(requestId)
        if (request === undefined || !reviewersOf(request).includes(reviewer)) return undefined
        return await signIn(reviewer, `/requests/${requestId}`)
      } catch (error) {
        desk.logger.warn('a link to a request could not be made', { requestId, error })
        return undefined
      }
    },
    refused: (why) => auditRefusal(desk, channel, why),
  }
}

function reviewerOf({ identities }: Channel, identity: string): string | undefined {
  return Object.keys(identities).find((reviewer) => identities[reviewer] === identity)
}

async function receiveAnswer(
  desk: Desk,
  channel: Channel,
  answer: ChannelAnswer,
): Promise<AnswerReceipt> {
  const reviewer = reviewerOf(channel, answer.identity)
  if (reviewer === undefined) {
    await auditStranger(desk, channel, answer)
    return { accepted: false, message: await onlyThese(desk, answer.requestId) }
  }
  try {
    await decide(desk, {
      requestId: answer.requestId,
      answer: answer.answer,
      ...(answer.reason === undefined ? {} : { reason: answer.reason }),
      ...(answer.values === undefined ? {} : { values: answer.values }),
      proof: proofOfCallback(channel.name, reviewer, answer.dedupeKey),
      expectedTermsDigest: answer.expectedTermsDigest,
      expectedEvidenceDigest: answer.expectedEvidenceDigest,
    })
    return { accepted: true, message: answer.answer === 'approve' ? 'Approved.' : 'Rejected.' }
  } catch (error) {
    if (isHoldpointError(error, 'HP_ERR_REVIEWER_NOT_ALLOWED')) {
      return { accepted: false, message: await onlyThese(desk, answer.requestId) }
    }
    if (isHoldpointError(error) && !error.retryable) {
      const field = isHoldpointError(error, 'HP_ERR_EDIT_INVALID') ? error.details.field : undefined
      return {
        accepted: false,
        message: `${error.message.replace(/\.?$/, '.')} Nothing changed.`,
        ...(field === undefined ? {} : { field }),
      }
    }
    desk.logger.error('an answer could not be recorded', {
      requestId: answer.requestId,
      error: String(error),
    })
    // Fail closed, and say so: the person would otherwise think that it was done.
    return {
      accepted: false,
      message: 'That could not be recorded. Nothing changed; please try again.',
    }
  }
}

async function onlyThese(desk: Desk, requestId: string): Promise<string> {
  const request = await desk.store.read(requestId)
  if (request === undefined) return `There is no request ${requestId}. Nothing changed.`
  const names = reviewersOf(request).map((reviewer) => nameOf(desk.names, reviewer))
  return `Only ${names.join(' or ')} may answer ${requestId}. Nothing changed.`
}

async function auditStranger(desk: Desk, channel: Channel, answer: ChannelAnswer): Promise<void> {
  await desk.store.transaction((tx) =>
    tx.appendAudit({
      event: 'decision.refused',
      requestId: answer.requestId,
      actor: `${channel.name}:${answer.identity}`,
      details: { why: 'not a reviewer', answer: answer.answer },
      at: desk.clock.now(),
    }),
  )
}

async function auditRefusal(desk: Desk, channel: Channel, why: string): Promise<void> {
  try {
    await desk.store.transaction((tx) =>
      tx.appendAudit({
        event: 'callback.refused',
        actor: `channel:${channel.name}`,
        details: { why },
        at: desk.clock.now(),
      }),
    )
  } catch (error) {
    desk.logger.error('a refusal could not be recorded', { why, error: String(error) })
  }
}
