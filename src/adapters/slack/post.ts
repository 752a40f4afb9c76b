import type { KnownBlock } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { channelError, isGone, isNoThread, isNotReady } from './client.ts'

/** Marks our messages. */
export const EVENT_TYPE = 'holdpoint_approval'

/** What a message is for; found again by it after a crash. No secrets: everybody in the channel can read it. */
export interface Purpose {
  readonly requestId: string
  /** Every store numbers its requests from HP-1, and several may ask in one channel. */
  readonly openedAt: Date
  readonly part: string
}

/** How it stands in the message. */
export function payloadOf({
  requestId,
  openedAt,
  part,
}: Purpose): Readonly<Record<string, string>> {
  return { request_id: requestId, opened_at: openedAt.toISOString(), part }
}

export interface Content {
  readonly text: string
  readonly blocks: KnownBlock[]
}

/** An uploaded picture is still being scanned: nothing was posted. */
export class NotReady extends Error {
  override readonly name = 'NotReady'
}

/** The message is no longer there. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

/** The thread takes no replies any more: nothing was posted. */
export class NoThread extends Error {
  override readonly name = 'NoThread'
}

/** The thread that a message is to be a reply in. */
export interface Thread {
  /** `ts` of its first message. */
  readonly rootTs: string
  /** Stands in the channel as well, and rings there. */
  readonly broadcast: boolean
}

/**
 * Posts once and gives the message's `ts`. Throws `NotReady` when only the picture is in the way,
 * `NoThread` when only the thread is.
 */
export async function post(
  client: WebClient,
  channel: string,
  purpose: Purpose,
  content: Content,
  thread?: Thread,
): Promise<string> {
  try {
    const message = {
      channel,
      text: content.text,
      blocks: content.blocks,
      metadata: {
        event_type: EVENT_TYPE,
        event_payload: payloadOf(purpose),
      },
      unfurl_links: false,
      unfurl_media: false,
    }
    const posted = await client.chat.postMessage(
      thread === undefined
        ? message
        : { ...message, thread_ts: thread.rootTs, reply_broadcast: thread.broadcast },
    )
    if (posted.ts === undefined) throw new Error('no ts')
    return posted.ts
  } catch (error) {
    if (isNotReady(error)) throw new NotReady()
    throw thread !== undefined && isNoThread(error)
      ? new NoThread()
      : channelError('chat.postMessage', error)
  }
}

/** Throws `NotReady` when only the picture is in the way, `Gone` when the message was deleted. */
export async function update(
  client: WebClient,
  channel: string,
  ts: string,
  content: Content,
): Promise<void> {
  try {
    // Unlike posting, updating makes links and mentions of bare text unless it is told not to.
    await client.chat.update({ channel, ts, ...content, parse: 'none' })
  } catch (error) {
    if (isNotReady(error)) throw new NotReady()
    throw isGone(error) ? new Gone() : channelError('chat.update', error)
  }
}
