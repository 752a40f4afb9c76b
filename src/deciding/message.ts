import { digestOf, type Json, sha256Hex } from '../core/canonical.ts'
import { isShown } from '../core/evidence.ts'
import { type Looking, lookersOf } from '../core/looking.ts'
import { type Notice, noticesOf } from '../core/notices.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { ChannelMessage, MessageRef } from '../ports/channel.ts'
import type { StoredImage, StoreReader } from '../ports/store.ts'
import type { Desk } from './desk.ts'

/** Where people answer a request. */
export function requestUrl(desk: Pick<Desk, 'publicUrl'>, requestId: string): string {
  return `${desk.publicUrl}/requests/${requestId}`
}

/**
 * A picture as people may be shown it. Whoever can write to the database could put another one in the
 * place of the one that is agreed to; that one is not shown.
 */
export async function pictureOf(
  desk: Pick<Desk, 'store'>,
  request: Pick<ApprovalRequest, 'evidence'>,
  { role, sha256 }: Pick<StoredImage, 'role' | 'sha256'>,
): Promise<Uint8Array | undefined> {
  if (role !== 'after' && !isShown(request.evidence, role, sha256)) return undefined
  const bytes = await desk.store.imageBytes(sha256)
  return bytes !== undefined && sha256Hex(bytes) === sha256 ? bytes : undefined
}

/** All that a message is made from, but for the bytes of its pictures. */
export interface MessageFacts {
  readonly request: ApprovalRequest
  readonly images: readonly StoredImage[]
  readonly notices: readonly Notice[]
  readonly looking?: Looking
  readonly followedBy?: string
}

/** Reads what there is to show about a request by now. */
export async function factsOf(
  reader: StoreReader,
  request: ApprovalRequest,
  now: Date,
): Promise<MessageFacts> {
  const [looking] = lookersOf(request, await reader.looks(request.id), now)
  const followedBy = await reader.followerOf(request.id)
  return {
    request,
    images: await reader.images(request.id),
    notices: noticesOf(request, now),
    ...(looking === undefined ? {} : { looking }),
    ...(followedBy === undefined ? {} : { followedBy }),
  }
}

/** The facts as one hash: equal marks look the same. */
export function markOf({ request, images, notices, looking, followedBy }: MessageFacts): string {
  const { state, closedReason, execution, decisions } = request
  return digestOf('holdpoint.shown/2', {
    state,
    closedReason,
    execution: {
      // One look for all three: they follow each other within a second, and providers limit calls.
      state: ['claimed', 'started', 'sent'].includes(execution.state) ? 'running' : execution.state,
      label: execution.label,
      status: execution.status,
    },
    decisions: decisions.map(({ reviewer, answer }) => [reviewer, answer]),
    images: images.map(({ role, sha256 }) => [role, sha256]),
    notices: notices.map(({ kind, reviewers }) => [kind, ...reviewers]),
    looking: looking && [looking.reviewer, looking.since.toISOString()],
    followedBy,
  } satisfies Json)
}

/** What a channel is given to show. */
export async function messageOf(
  desk: Desk,
  { request, images, notices, looking, followedBy }: MessageFacts,
  sessionRef?: MessageRef,
): Promise<ChannelMessage> {
  const read = await Promise.all(
    images.map(async (image) => [image.role, await pictureOf(desk, request, image)] as const),
  )
  return {
    request,
    images: Object.fromEntries(read.filter(([, bytes]) => bytes !== undefined)),
    url: requestUrl(desk, request.id),
    names: desk.names,
    notices,
    ...(looking === undefined ? {} : { looking }),
    ...(followedBy === undefined ? {} : { followedBy }),
    ...(sessionRef === undefined ? {} : { sessionRef }),
  }
}
