import { z } from 'zod'
import type { Channel } from '../people.ts'
import { findPerson } from '../people.ts'
import {
  findMessage,
  type MessageRecord,
  openDirectMessage,
  type WorkspaceState,
} from '../state.ts'
import { messageObject } from './message-object.ts'
import {
  type Answer,
  flag,
  type Method,
  method,
  requireScope,
  SlackRefusal,
  scopeFor,
  visibleChannel,
  whole,
} from './method.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 999

const range = {
  channel: z.string(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: flag,
  limit: whole.optional(),
  cursor: z.string().optional(),
  include_all_metadata: flag,
}

export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.history': method([], z.object(range), (state, args) => {
    const channel = readableChannel(state, args.channel)
    // Replies are not part of a channel's history unless they were also sent to the channel.
    const messages = state.messages
      .filter((message) => message.channel === channel.id && !message.deleted)
      .filter((message) => message.threadTs === undefined || message.broadcast)
    return page(state, messages.toReversed(), args)
  }),

  'conversations.replies': method([], z.object({ ...range, ts: z.string() }), (state, args) => {
    const channel = readableChannel(state, args.channel)
    const asked = findMessage(state, channel.id, args.ts)
    if (!asked) throw new SlackRefusal('thread_not_found')
    const parentTs = asked.threadTs ?? asked.ts
    const messages = state.messages.filter(
      (message) =>
        message.channel === channel.id &&
        !message.deleted &&
        (message.ts === parentTs || message.threadTs === parentTs),
    )
    return page(state, messages, args)
  }),

  'conversations.info': method([], z.object({ channel: z.string() }), (state, args) => {
    const channel = visibleChannel(state, args.channel)
    requireScope(state, scopeFor(channel, 'read'))
    return { channel: channelObject(state, channel) }
  }),

  'conversations.join': method(
    ['channels:join'],
    z.object({ channel: z.string() }),
    (state, args) => {
      const channel = visibleChannel(state, args.channel)
      if (channel.kind !== 'public') {
        throw new SlackRefusal('method_not_supported_for_channel_type')
      }
      if (channel.archived) throw new SlackRefusal('is_archived')
      if (channel.members.includes(state.botUser)) {
        return {
          channel: channelObject(state, channel),
          warning: 'already_in_channel',
          response_metadata: { warnings: ['already_in_channel'] },
        }
      }
      const joined = { ...channel, members: [...channel.members, state.botUser] }
      state.channels.splice(state.channels.indexOf(channel), 1, joined)
      return { channel: channelObject(state, joined) }
    },
  ),

  'conversations.open': method(
    ['im:write'],
    z.object({ users: z.string().optional(), channel: z.string().optional(), return_im: flag }),
    (state, args) => {
      if (args.channel !== undefined) {
        const channel = visibleChannel(state, args.channel)
        return { channel: { id: channel.id } }
      }
      const users = (args.users ?? '').split(',').filter(Boolean)
      const [user] = users
      if (user === undefined) throw new SlackRefusal('users_list_not_supplied')
      if (users.length > 1) {
        throw new SlackRefusal('invalid_arguments', {
          response_metadata: {
            messages: ['[ERROR] the local workspace does not model group messages'],
          },
        })
      }
      const person = findPerson(state.people, user)
      if (person?.id !== user) throw new SlackRefusal('user_not_found')
      if (person.flags.deleted) throw new SlackRefusal('user_disabled')
      if (person.key === 'bot') throw new SlackRefusal('cannot_dm_bot')
      const channel = openDirectMessage(state, user)
      return {
        channel: args.return_im ? channelObject(state, channel) : { id: channel.id },
      }
    },
  ),
}

function readableChannel(state: WorkspaceState, id: string): Channel {
  const channel = visibleChannel(state, id)
  requireScope(state, scopeFor(channel, 'history'))
  if (!channel.members.includes(state.botUser)) throw new SlackRefusal('not_in_channel')
  return channel
}

function page(
  state: WorkspaceState,
  messages: readonly MessageRecord[],
  args: {
    readonly oldest?: string | undefined
    readonly latest?: string | undefined
    readonly inclusive?: boolean | undefined
    readonly limit?: number | undefined
    readonly cursor?: string | undefined
    readonly include_all_metadata?: boolean | undefined
  },
): Answer {
  const oldest = readTs(args.oldest, 'invalid_ts_oldest') ?? 0
  const latest = readTs(args.latest, 'invalid_ts_latest') ?? Number.POSITIVE_INFINITY
  const limit = args.limit ?? DEFAULT_LIMIT
  if (limit < 1 || limit > MAX_LIMIT) throw new SlackRefusal('invalid_limit')
  const start = readCursor(args.cursor)
  const inRange = messages.filter(({ ts }) => {
    const at = Number(ts)
    const onEdge = at === oldest || at === latest
    return onEdge ? args.inclusive === true : at > oldest && at < latest
  })
  const shown = inRange.slice(start, start + limit)
  const more = inRange.length > start + limit
  return {
    messages: shown.map((message) =>
      messageObject(state, message, args.include_all_metadata === true),
    ),
    has_more: more,
    ...(more
      ? {
          response_metadata: {
            next_cursor: Buffer.from(`next:${start + limit}`).toString('base64'),
          },
        }
      : {}),
  }
}

function readTs(given: string | undefined, error: string): number | undefined {
  if (given === undefined || given === '') return undefined
  if (!/^\d+(\.\d+)?$/.test(given)) throw new SlackRefusal(error)
  return Number(given)
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))
  if (!match) throw new SlackRefusal('invalid_cursor')
  return Number(match[1])
}

function channelObject(state: WorkspaceState, channel: Channel): Record<string, unknown> {
  const isIm = channel.kind === 'im'
  const members = state.people.filter(({ id }) => channel.members.includes(id))
  const isExternal = members.some(({ flags }) => flags.is_stranger)
  const isOfOrg = members.some(
    ({ teams, flags }) => !flags.is_stranger && !teams.includes(state.teamId),
  )
  return {
    id: channel.id,
    ...(isIm ? { user: channel.with } : { name: channel.name, name_normalized: channel.name }),
    is_channel: !isIm,
    is_group: false,
    is_im: isIm,
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    is_member: channel.members.includes(state.botUser),
    is_shared: isExternal || isOfOrg,
    is_ext_shared: isExternal,
    is_org_shared: isOfOrg,
    context_team_id: state.teamId,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  }
}
