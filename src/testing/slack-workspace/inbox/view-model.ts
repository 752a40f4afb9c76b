import { type Channel, findPerson, type Person } from '../people.ts'
import type { MessageRecord, WorkspaceState } from '../state.ts'
import type { StoredEphemeral } from '../types.ts'
import type { Reader } from './mrkdwn.ts'

/** What a page address asks for. */
export interface InboxQuery {
  readonly as?: string
  readonly channel?: string
  readonly thread?: string
  readonly find?: string
  readonly ts?: string
}

/** Everything a page shows, worked out from the state and the address. */
export interface InboxView {
  readonly state: WorkspaceState
  readonly viewer: Person
  readonly viewers: readonly Person[]
  readonly channels: readonly Channel[]
  readonly channel: Channel
  readonly messages: readonly MessageRecord[]
  readonly ephemerals: readonly StoredEphemeral[]
  readonly thread: MessageRecord | undefined
  readonly threadReplies: readonly MessageRecord[]
  readonly highlighted: string | undefined
  /** A request number that no message carries yet. */
  readonly awaited: string | undefined
  readonly reader: Reader
}

/** The numbers that people write into an address: `HP-1`. */
export const REQUEST_NUMBER = /^[A-Za-z][A-Za-z0-9]{0,9}-\d{1,9}$/

export function inboxView(state: WorkspaceState, query: InboxQuery): InboxView {
  const viewers = state.people.filter(({ signsIn }) => signsIn)
  const asked = findPerson(viewers, query.as ?? 'grace')
  const viewer = asked ?? (viewers[0] as Person)
  const channels = state.channels.filter(
    (channel) => channel.members.includes(viewer.id) && !channel.archived,
  )
  const found = query.find ? findRequest(state, query.find, viewer) : undefined
  const linked =
    query.ts === undefined
      ? undefined
      : state.messages.find(({ ts, deleted }) => ts === query.ts && !deleted)
  const target = found ?? linked
  const wanted = target?.channel ?? query.channel ?? state.channelId
  const channel =
    channels.find(({ id }) => id === wanted) ?? (channels[0] as Channel | undefined) ?? NOWHERE
  const here = state.messages.filter((message) => message.channel === channel.id)
  const threadTs = query.thread ?? target?.threadTs
  const thread = here.find((message) => message.ts === threadTs && !message.deleted)
  return {
    state,
    viewer,
    viewers,
    channels,
    channel,
    messages: here.filter(
      ({ threadTs: parent, broadcast, deleted }) => !deleted && (parent === undefined || broadcast),
    ),
    ephemerals: state.ephemerals.filter(
      (entry) => entry.channel === channel.id && entry.user === viewer.id,
    ),
    thread,
    threadReplies: here.filter(
      (message) => thread !== undefined && message.threadTs === thread.ts && !message.deleted,
    ),
    highlighted: target?.ts,
    awaited: query.find !== undefined && !found ? query.find : undefined,
    reader: {
      viewer: viewer.id,
      nowMs: state.now(),
      userName: (id) => state.people.find((person) => person.id === id)?.name,
      channelName: (id) =>
        state.channels.find((candidate) => candidate.id === id && candidate.kind === 'public')
          ?.name,
    },
  }
}

const NOWHERE: Channel = {
  id: '',
  name: 'no-channel',
  kind: 'public',
  archived: false,
  topic: '',
  members: [],
}

/**
 * The message about a request: one whose metadata names it, else one that mentions it; of several,
 * the first that is not a reply. Only what the viewer could see in Slack is found.
 */
export function findRequest(
  state: WorkspaceState,
  number: string,
  viewer: Person,
): MessageRecord | undefined {
  const mentions = new RegExp(`(?<![\\w-])${number}(?![\\w-])`, 'i')
  const visible = state.messages.filter(
    (message) =>
      !message.deleted &&
      state.channels.some(
        ({ id, members }) => id === message.channel && members.includes(viewer.id),
      ),
  )
  const byMetadata = visible.filter((message) =>
    Object.values(message.metadata?.event_payload ?? {}).some(
      (value) => typeof value === 'string' && value.toLowerCase() === number.toLowerCase(),
    ),
  )
  const byText = visible.filter((message) =>
    mentions.test(`${message.text}\n${JSON.stringify(message.blocks)}`),
  )
  for (const list of [byMetadata, byText]) {
    const found = list.find(({ threadTs }) => threadTs === undefined) ?? list[0]
    if (found) return found
  }
  return undefined
}
