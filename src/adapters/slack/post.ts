import type { KnownBlock } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { channelError, isGone, isNotReady } from './client.ts'

const EVENT_TYPE = 'holdpoint_approval'

/** What a message is for; found again by it after a crash. No secrets: everybody in the channel can read it. */
export interface Purpose {
  readonly requestId: string
  readonly part: string
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

/** Posts once and gives the message's `ts`. Throws `NotReady` when only the picture is in the way. */
export async function post(
  client: WebClient,
  channel: string,
  purpose: Purpose,
  content: Content,
  threadTs?: string,
): Promise<string> {
  try {
    const posted = await client.chat.postMessage({
      channel,
      text: content.text,
      blocks: content.blocks,
      metadata: {
        event_type: EVENT_TYPE,
        event_payload: { request_id: purpose.requestId, part: purpose.part },
      },
      unfurl_links: false,
      unfurl_media: false,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    })
    if (posted.ts === undefined) throw new Error('no ts')
    return posted.ts
  } catch (error) {
    throw isNotReady(error) ? new NotReady() : channelError('chat.postMessage', error)
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

const PAGE_SIZE = 200
const MAX_PAGES = 10
/** Slack's clock and ours may differ. */
const CLOCK_MARGIN_S = 60

/**
 * Finds a message that an earlier, broken attempt may have posted. Called before posting again, as
 * `chat.postMessage` has no idempotency key.
 */
export async function findOwn(
  client: WebClient,
  channel: string,
  purpose: Purpose,
  since: Date,
  threadTs?: string,
): Promise<string | undefined> {
  const method = threadTs === undefined ? 'conversations.history' : 'conversations.replies'
  const range = {
    channel,
    oldest: String(Math.floor(since.getTime() / 1000) - CLOCK_MARGIN_S),
    limit: PAGE_SIZE,
    include_all_metadata: true,
  }
  try {
    const { bot_id: botId } = await client.auth.test()
    let cursor: string | undefined
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const next = cursor === undefined ? range : { ...range, cursor }
      const found =
        threadTs === undefined
          ? await client.conversations.history(next)
          : await client.conversations.replies({ ...next, ts: threadTs })
      const own = (found.messages as readonly FoundMessage[] | undefined)?.find(
        // Another app could post the same metadata.
        (message) => message.bot_id === botId && isFor(purpose, message),
      )
      if (own?.ts !== undefined) return own.ts
      cursor = found.response_metadata?.next_cursor
      if (cursor === undefined || cursor === '') return undefined
    }
    return undefined
  } catch (error) {
    throw channelError(method, error)
  }
}

interface FoundMessage {
  readonly ts?: string
  readonly bot_id?: string
  readonly metadata?: {
    readonly event_type?: string
    readonly event_payload?: Readonly<Record<string, unknown>>
  }
}

function isFor(purpose: Purpose, { metadata }: FoundMessage): boolean {
  const payload = metadata?.event_payload
  return (
    metadata?.event_type === EVENT_TYPE &&
    payload?.['request_id'] === purpose.requestId &&
    payload['part'] === purpose.part
  )
}
