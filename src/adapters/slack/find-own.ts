import type { WebClient } from '@slack/web-api'
import { channelError, isNoThread } from './client.ts'
import { EVENT_TYPE, type Purpose, payloadOf, type Thread } from './post.ts'

const PAGE_SIZE = 200
const MAX_PAGES = 10
/** Slack's clock and ours may differ. */
const CLOCK_MARGIN_S = 60

/** Where a message stands. */
export interface Place {
  readonly ts: string
  /** The first message of the thread that it is a reply in. */
  readonly rootTs?: string
}

/**
 * Finds a message that an earlier, broken attempt may have posted. Called before posting again, as
 * `chat.postMessage` has no idempotency key. Besides the thread it looks in the channel, where a message
 * that belongs there stands as well, and where it was posted if there was no such thread.
 */
export async function findOwn(
  client: WebClient,
  channel: string,
  purpose: Purpose,
  thread?: Thread,
): Promise<Place | undefined> {
  const { bot_id: botId } = await client.auth.test().catch((error: unknown) => {
    throw channelError('auth.test', error)
  })
  // Another app could post the same metadata.
  const isOwn = (message: FoundMessage): boolean =>
    message.bot_id === botId && isFor(purpose, message)
  const range = {
    channel,
    oldest: String(Math.floor(purpose.openedAt.getTime() / 1000) - CLOCK_MARGIN_S),
    limit: PAGE_SIZE,
    include_all_metadata: true,
  }
  if (thread !== undefined) {
    try {
      const reply = await found(isOwn, (cursor) =>
        client.conversations.replies({ ...range, ...cursor, ts: thread.rootTs }),
      )
      if (reply !== undefined || !thread.broadcast) return reply
    } catch (error) {
      if (!isNoThread(error)) throw channelError('conversations.replies', error)
    }
  }
  try {
    return await found(isOwn, (cursor) => client.conversations.history({ ...range, ...cursor }))
  } catch (error) {
    throw channelError('conversations.history', error)
  }
}

/** The first message that fits, on as many pages as are looked through. */
async function found(
  fits: (message: FoundMessage) => boolean,
  read: (cursor: { readonly cursor?: string }) => Promise<FoundPage>,
): Promise<Place | undefined> {
  let cursor: { readonly cursor?: string } = {}
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { messages = [], response_metadata: metadata } = await read(cursor)
    const { ts, thread_ts: rootTs } = messages.find(fits) ?? {}
    // Of the first message of a thread, both are the same.
    if (ts !== undefined) return rootTs === undefined || rootTs === ts ? { ts } : { ts, rootTs }
    const next = metadata?.next_cursor ?? ''
    if (next === '') return undefined
    cursor = { cursor: next }
  }
  return undefined
}

interface FoundPage {
  readonly messages?: readonly FoundMessage[]
  readonly response_metadata?: { readonly next_cursor?: string }
}

interface FoundMessage {
  readonly ts?: string
  readonly thread_ts?: string
  readonly bot_id?: string
  readonly metadata?: {
    readonly event_type?: string
    readonly event_payload?: Readonly<Record<string, unknown>>
  }
}

function isFor(purpose: Purpose, { metadata }: FoundMessage): boolean {
  const payload = metadata?.event_payload ?? {}
  return (
    metadata?.event_type === EVENT_TYPE &&
    Object.entries(payloadOf(purpose)).every(([name, value]) => payload[name] === value)
  )
}
