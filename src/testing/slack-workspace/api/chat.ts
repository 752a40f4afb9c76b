import { z } from 'zod'
import { checkMessageBlocks } from '../blocks/check.ts'
import { LIMITS } from '../blocks/limits.ts'
import { type Channel, findPerson } from '../people.ts'
import {
  changed,
  findMessage,
  type MessageRecord,
  nextTs,
  openDirectMessage,
  type WorkspaceState,
} from '../state.ts'
import type { MessageVersion, StoredEphemeral, WireBlock } from '../types.ts'
import { checkMetadata, messageObject, storedText } from './message-object.ts'
import {
  accepted,
  flag,
  type Method,
  method,
  SlackRefusal,
  unpackJson,
  visibleChannel,
} from './method.ts'

const content = {
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  markdown_text: z.string().optional(),
  metadata: z.unknown().optional(),
}

const optionalTs = z.string().optional()

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': method(
    ['chat:write'],
    z.object({
      ...content,
      channel: z.string(),
      thread_ts: optionalTs,
      reply_broadcast: flag,
      unfurl_links: flag,
      unfurl_media: flag,
    }),
    (state, args) => {
      const channel = postingChannel(state, args.channel)
      const { text, blocks } = readContent(state, args)
      const metadata = checkMetadata(args.metadata) ?? undefined
      const threadTs = threadParent(state, channel, args.thread_ts)
      const message: MessageRecord = {
        channel: channel.id,
        ts: nextTs(state),
        ...(threadTs === undefined ? {} : { threadTs }),
        broadcast: threadTs !== undefined && args.reply_broadcast === true,
        user: state.botUser,
        byApp: true,
        // Longer messages are cut, not refused.
        text: storedText(text ?? '').slice(0, LIMITS.postText),
        blocks: blocks ?? [],
        ...(metadata ? { metadata } : {}),
        fileIds: [],
        unfurlLinks: args.unfurl_links ?? false,
        unfurlMedia: args.unfurl_media ?? true,
        versions: [],
        deleted: false,
      }
      state.messages.push(message)
      changed(state)
      return {
        channel: channel.id,
        ts: message.ts,
        message: messageObject(state, message, true),
      }
    },
  ),

  'chat.update': method(
    ['chat:write'],
    z.object({ ...content, channel: z.string(), ts: z.string() }),
    (state, args) => {
      const channel = visibleChannel(state, args.channel)
      const message = findMessage(state, channel.id, args.ts)
      if (!message) throw new SlackRefusal('message_not_found')
      if (!message.byApp) throw new SlackRefusal('cant_update_message')
      if (channel.archived) throw new SlackRefusal('is_inactive')
      const before = versionOf(message)
      const { text, blocks } = readContent(state, args, [...message.versions, before])
      if (text !== undefined && text.length > LIMITS.updateText) {
        throw new SlackRefusal('msg_too_long')
      }
      const metadata = checkMetadata(args.metadata)
      message.versions = [...message.versions, before]
      // Text without blocks takes the blocks away; blocks without text leave the text.
      message.blocks = blocks ?? []
      if (text !== undefined) message.text = storedText(text)
      if (metadata === null) delete message.metadata
      else if (metadata) message.metadata = metadata
      if (blocks === undefined) message.editedTs = nextTs(state)
      changed(state)
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: messageObject(state, message, true),
      }
    },
  ),

  'chat.postEphemeral': method(
    ['chat:write'],
    z.object({ ...content, channel: z.string(), user: z.string(), thread_ts: optionalTs }),
    (state, args) => {
      const channel = postingChannel(state, args.channel)
      const person = findPerson(state.people, args.user)
      if (person?.id !== args.user || !channel.members.includes(args.user)) {
        throw new SlackRefusal('user_not_in_channel')
      }
      const { text, blocks } = readContent(state, args)
      const threadTs = threadParent(state, channel, args.thread_ts)
      const ephemeral: StoredEphemeral = {
        channel: channel.id,
        ts: nextTs(state),
        user: args.user,
        text: storedText(text ?? ''),
        blocks: blocks ?? [],
        ...(threadTs === undefined ? {} : { threadTs }),
      }
      state.ephemerals.push(ephemeral)
      changed(state)
      return { message_ts: ephemeral.ts }
    },
  ),

  'chat.delete': method(
    ['chat:write'],
    z.object({ channel: z.string(), ts: z.string() }),
    (state, args) => {
      const channel = visibleChannel(state, args.channel)
      const message = findMessage(state, channel.id, args.ts)
      if (!message) throw new SlackRefusal('message_not_found')
      if (!message.byApp) throw new SlackRefusal('cant_delete_message')
      message.deleted = true
      changed(state)
      return { channel: channel.id, ts: message.ts }
    },
  ),

  'chat.getPermalink': method(
    [],
    z.object({ channel: z.string(), message_ts: z.string() }),
    (state, args) => {
      const channel = visibleChannel(state, args.channel)
      const message = findMessage(state, channel.id, args.message_ts)
      if (!message) throw new SlackRefusal('message_not_found')
      return { channel: channel.id, permalink: permalink(state, message) }
    },
  ),
}

/** The address of a message, which the inbox opens. */
export function permalink(state: WorkspaceState, message: MessageRecord): string {
  const base = `${state.url}/archives/${message.channel}/p${message.ts.replace('.', '')}`
  return message.threadTs ? `${base}?thread_ts=${message.threadTs}&cid=${message.channel}` : base
}

/** What a message says now, to keep when it is replaced. */
export function versionOf(message: MessageRecord): MessageVersion {
  return {
    text: message.text,
    blocks: message.blocks,
    ...(message.metadata ? { metadata: message.metadata } : {}),
  }
}

/** Slack also takes a channel's name or a person's id where a message is posted. */
export function postingChannel(state: WorkspaceState, given: string): Channel {
  const person = state.people.find(({ id }) => id === given)
  if (person) {
    if (person.key === 'bot' || person.flags.deleted) throw new SlackRefusal('channel_not_found')
    return openDirectMessage(state, person.id)
  }
  const name = given.replace(/^#/, '')
  const named = state.channels.find((channel) => channel.kind !== 'im' && channel.name === name)
  const channel = visibleChannel(state, named?.id ?? given)
  if (channel.archived) throw new SlackRefusal('is_archived')
  if (!channel.members.includes(state.botUser)) throw new SlackRefusal('not_in_channel')
  return channel
}

/** Text and blocks after all checks; at least one of them. */
export function readContent(
  state: WorkspaceState,
  args: {
    readonly text?: string | undefined
    readonly blocks?: unknown
    readonly attachments?: unknown
    readonly markdown_text?: string | undefined
  },
  history: readonly MessageVersion[] = [],
): { readonly text?: string; readonly blocks?: WireBlock[] } {
  const hasBlocks = args.blocks !== undefined && args.blocks !== ''
  if (args.markdown_text !== undefined) {
    if (args.text !== undefined || hasBlocks) throw new SlackRefusal('markdown_text_conflict')
    throw unmodelled('markdown_text')
  }
  const attachments = unpackJson(args.attachments)
  if (attachments !== undefined && !(Array.isArray(attachments) && attachments.length === 0)) {
    throw unmodelled('attachments')
  }
  const blocks = hasBlocks
    ? accepted(checkMessageBlocks(state, unpackJson(args.blocks), history))
    : undefined
  const text = args.text === '' ? undefined : args.text
  if (text === undefined && (blocks === undefined || blocks.length === 0)) {
    throw new SlackRefusal('no_text')
  }
  return { ...(text === undefined ? {} : { text }), ...(blocks ? { blocks } : {}) }
}

/** Slack has it and this workspace does not: said openly, so that nobody takes it for Slack's answer. */
function unmodelled(argument: string): SlackRefusal {
  const messages = [`[ERROR] the local workspace does not model \`${argument}\``]
  return new SlackRefusal('invalid_arguments', { response_metadata: { messages } })
}

function threadParent(
  state: WorkspaceState,
  channel: Channel,
  threadTs: string | undefined,
): string | undefined {
  if (threadTs === undefined || threadTs === '') return undefined
  if (!/^\d+\.\d{6}$/.test(threadTs)) throw new SlackRefusal('invalid_thread_ts')
  const parent = findMessage(state, channel.id, threadTs)
  if (!parent) throw new SlackRefusal('thread_not_found')
  // The reference warns against a reply's ts: such an answer ends up outside the thread people read.
  if (parent.threadTs !== undefined) throw new SlackRefusal('cannot_reply_to_message')
  return parent.ts
}
