import { sha256Hex } from '../core/canonical.ts'
import { isShown } from '../core/evidence.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { ChannelMessage } from '../ports/channel.ts'
import type { StoredImage } from '../ports/store.ts'
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

/** What a channel is given to show, read anew from the store. */
export async function messageOf(desk: Desk, request: ApprovalRequest): Promise<ChannelMessage> {
  const stored = await desk.store.images(request.id)
  const read = await Promise.all(
    stored.map(async (image) => [image.role, await pictureOf(desk, request, image)] as const),
  )
  const followedBy = await desk.store.followerOf(request.id)
  return {
    request,
    images: Object.fromEntries(read.filter(([, bytes]) => bytes !== undefined)),
    url: requestUrl(desk, request.id),
    names: desk.names,
    notices: [],
    ...(followedBy === undefined ? {} : { followedBy }),
  }
}
