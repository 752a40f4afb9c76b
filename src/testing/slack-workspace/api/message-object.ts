import { LIMITS } from '../blocks/limits.ts'
import { fileObject } from '../files.ts'
import type { MessageRecord, WorkspaceState } from '../state.ts'
import type { MessageMetadata } from '../types.ts'
import { SlackRefusal, unpackJson } from './method.ts'

/** A message in the form of the API. Metadata only where it was asked for. */
export function messageObject(
  state: WorkspaceState,
  message: MessageRecord,
  withMetadata: boolean,
): Record<string, unknown> {
  const replies = state.messages.filter(
    ({ channel, threadTs, deleted }) =>
      channel === message.channel && threadTs === message.ts && !deleted,
  )
  const files = message.fileIds.flatMap((id) => {
    const file = state.files.get(id)
    return file ? [fileObject(state, file)] : []
  })
  const { botId: bot_id, appId: app_id, teamId: team } = state
  return {
    type: 'message',
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ...(message.byApp ? { bot_id, app_id } : {}),
    ts: message.ts,
    text: message.text,
    team,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(replies.length > 0
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map(({ user }) => user))],
          latest_reply: replies.at(-1)?.ts,
        }
      : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  }
}

/**
 * Slack escapes stray control characters in `text` when it stores a message; entities and its own
 * `<…>` tokens stay.
 */
export function storedText(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replace(
      /(<(?:[@#!]|https?:|mailto:|tel:)[^<>\n]*>)|[<>]/gi,
      (sign, token?: string) => token ?? (sign === '<' ? '&lt;' : '&gt;'),
    )
}

const MAX_METADATA_DEPTH = 1

/**
 * Message metadata: an event type and a payload of plain values or one level of objects. `undefined`
 * when none was given, `null` when an empty object asks for its removal.
 */
export function checkMetadata(given: unknown): MessageMetadata | null | undefined {
  if (given === undefined || given === '') return undefined
  const value = unpackJson(given)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SlackRefusal('invalid_metadata_format')
  }
  if (Object.keys(value).length === 0) return null
  const { event_type: type, event_payload: payload } = value as Record<string, unknown>
  if (
    typeof type !== 'string' ||
    type === '' ||
    typeof payload !== 'object' ||
    payload === null ||
    Array.isArray(payload)
  ) {
    throw new SlackRefusal('invalid_metadata_format')
  }
  if (!Object.values(payload).every((inner) => isFlat(inner, MAX_METADATA_DEPTH))) {
    throw new SlackRefusal('invalid_metadata_schema')
  }
  if (JSON.stringify(value).length > LIMITS.metadataJson) {
    throw new SlackRefusal('metadata_too_large')
  }
  return { event_type: type, event_payload: payload as Record<string, unknown> }
}

function isFlat(value: unknown, depth: number): boolean {
  if (['string', 'number', 'boolean'].includes(typeof value)) return true
  if (typeof value !== 'object' || value === null || depth === 0) return false
  const list = Array.isArray(value) ? value : [value]
  return list.every(
    (entry) =>
      typeof entry === 'object' &&
      entry !== null &&
      Object.values(entry).every((inner) => isFlat(inner, depth - 1)),
  )
}
