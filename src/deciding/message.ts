import type { ApprovalRequest } from '../core/request.ts'
import type { ChannelMessage } from '../ports/channel.ts'
import type { Desk } from './desk.ts'

/** Where people answer a request. */
export function requestUrl(desk: Pick<Desk, 'publicUrl'>, requestId: string): string {
  return `${desk.publicUrl}/requests/${requestId}`
}

/** What a channel is given to show, read anew from the store. */
export async function messageOf(desk: Desk, request: ApprovalRequest): Promise<ChannelMessage> {
  const stored = await desk.store.images(request.id)
  const read = await Promise.all(
    stored.map(async ({ role, sha256 }) => [role, await desk.store.imageBytes(sha256)] as const),
  )
  const followedBy = await desk.store.followerOf(request.id)
  return {
    request,
    images: Object.fromEntries(read.filter(([, bytes]) => bytes !== undefined)),
    url: requestUrl(desk, request.id),
    names: desk.names,
    ...(followedBy === undefined ? {} : { followedBy }),
  }
}
