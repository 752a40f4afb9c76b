import { EventEmitter } from 'node:events'
import type { Delivery } from './deliveries.ts'
import type { SlackWorkspaceOptions } from './options.ts'
import { type Channel, cast, conversations, type Person } from './people.ts'
import type { ApiCall, OpenView, StoredEphemeral, StoredMessage } from './types.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A stored record while the workspace itself works on it. */
export type MessageRecord = Mutable<StoredMessage>

export interface FileRecord {
  readonly id: string
  readonly ticket: string
  readonly name: string
  readonly lengthBytes: number
  readonly createdMs: number
  title: string
  bytes?: Buffer
  /** Set by `files.completeUploadExternal`. Usable as `slack_file` from `readyAtMs` on. */
  readyAtMs?: number
}

export interface Trigger {
  readonly user: string
  readonly bornMs: number
  exchanged: boolean
}

export interface ResponseUrl {
  readonly channel: string
  readonly user: string
  readonly messageTs?: string
  readonly threadTs?: string
  readonly bornMs: number
  uses: number
}

/** What the inbox shows at a message after a click was not acknowledged, until the next click. */
export interface Unanswered {
  readonly user: string
  readonly messageTs: string
}

/**
 * Everything the workspace knows, in memory. Parts of the workspace take it as their first argument;
 * whoever changes what people see calls `changed`, which wakes the open inbox pages.
 */
export interface WorkspaceState {
  url: string
  readonly teamId: string
  readonly teamName: string
  readonly teamDomain: string
  readonly enterprise: { readonly id: string; readonly name: string } | undefined
  readonly appId: string
  readonly appName: string
  readonly channelId: string
  readonly botId: string
  readonly botUser: string
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly scopes: readonly string[]
  readonly appScopes: readonly string[]
  /** Clicks go over the app's sockets. */
  socketMode: boolean
  readonly fileReadyDelayMs: number
  readonly now: () => number
  readonly people: readonly Person[]
  readonly channels: Channel[]
  readonly messages: MessageRecord[]
  readonly ephemerals: StoredEphemeral[]
  readonly files: Map<string, FileRecord>
  readonly triggers: Map<string, Trigger>
  readonly views: Map<string, OpenView>
  readonly responseUrls: Map<string, ResponseUrl>
  /** Of socket addresses that were given out and not used yet. */
  readonly tickets: Set<string>
  readonly calls: Mutable<ApiCall>[]
  readonly deliveries: Delivery[]
  readonly unanswered: Unanswered[]
  readonly changes: EventEmitter<{ change: [] }>
  readonly counter: { next(): number; lastTsMicros: number }
}

/** The scopes that Holdpoint's manifest asks for. */
export const MANIFEST_SCOPES: readonly string[] = [
  'chat:write',
  'files:write',
  'channels:history',
  'groups:history',
  'users:read',
  'users:read.email',
]

export function createState(
  options: SlackWorkspaceOptions,
  secrets: Pick<WorkspaceState, 'botToken' | 'appToken' | 'signingSecret'>,
): WorkspaceState {
  const teamId = options.teamId ?? 'T0LOCALHP01'
  const appName = options.appName ?? 'Holdpoint'
  const channelId = options.channelId ?? 'C0APPROVALS'
  const people = cast(teamId, appName, options.enterpriseId !== undefined)
  let count = 0
  return {
    url: '',
    teamId,
    teamName: options.teamName ?? 'Example Works',
    teamDomain: 'example-works',
    enterprise:
      options.enterpriseId === undefined
        ? undefined
        : { id: options.enterpriseId, name: 'Example Group' },
    appId: options.appId ?? 'A0LOCALHP01',
    appName,
    channelId,
    botId: 'B0LOCALHP01',
    botUser: people.find((person) => person.key === 'bot')?.id ?? '',
    ...secrets,
    scopes: options.scopes ?? MANIFEST_SCOPES,
    appScopes: options.appScopes ?? ['connections:write'],
    socketMode: options.socketMode ?? false,
    fileReadyDelayMs: options.fileReadyDelayMs ?? 400,
    now: options.now ?? Date.now,
    people,
    channels: conversations(channelId, people),
    messages: [],
    ephemerals: [],
    files: new Map(),
    triggers: new Map(),
    views: new Map(),
    responseUrls: new Map(),
    tickets: new Set(),
    calls: [],
    deliveries: [],
    unanswered: [],
    changes: new EventEmitter<{ change: [] }>().setMaxListeners(0),
    counter: { next: () => ++count, lastTsMicros: 0 },
  }
}

/** Wakes the open inbox pages. */
export function changed(state: WorkspaceState): void {
  state.changes.emit('change')
}

/** A message timestamp in Slack's form, later than every one before it even under a still clock. */
export function nextTs(state: WorkspaceState): string {
  const micros = Math.max(Math.floor(state.now() * 1000), state.counter.lastTsMicros + 1)
  state.counter.lastTsMicros = micros
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
}

/** An id in Slack's form: a letter, then capitals and digits, unique in this workspace. */
export function nextId(state: WorkspaceState, prefix: string): string {
  const tail = (state.counter.next() + 0x1000000).toString(36).toUpperCase().padStart(9, '0')
  return `${prefix}0${tail}`
}

export function findMessage(
  state: WorkspaceState,
  channel: string,
  ts: string,
): MessageRecord | undefined {
  return state.messages.find(
    (message) => message.channel === channel && message.ts === ts && !message.deleted,
  )
}

/** The direct message between the bot and a person, opened on first use. */
export function openDirectMessage(state: WorkspaceState, user: string): Channel {
  const known = state.channels.find((channel) => channel.kind === 'im' && channel.with === user)
  if (known) return known
  const channel: Channel = {
    id: nextId(state, 'D'),
    name: 'directmessage',
    kind: 'im',
    archived: false,
    topic: '',
    members: [user, state.botUser],
    with: user,
  }
  state.channels.push(channel)
  changed(state)
  return channel
}
