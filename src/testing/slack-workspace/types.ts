/** A Block Kit block as it came over the wire, after Slack's checks, with every id filled in. */
export type WireBlock = Readonly<Record<string, unknown>> & {
  readonly type: string
  readonly block_id: string
}

/** Settings of the local workspace. Nothing is read from the environment but `NODE_ENV`. */
export interface SlackWorkspaceOptions {
  /** 0 (the default) takes a free port. */
  readonly port?: number
  /** Only `127.0.0.1` or `localhost`; anything else is refused. */
  readonly host?: string
  /** Where clicks are POSTed, like an app's "Request URL". Loopback only. */
  readonly interactivityUrl?: string
  /** How long an uploaded file cannot be used as `slack_file` after it was completed. Default 400. */
  readonly fileReadyDelayMs?: number
  /** How long the app has to answer an interaction with 200. Slack gives 3,000. */
  readonly ackTimeoutMs?: number
  readonly teamId?: string
  readonly teamName?: string
  readonly appId?: string
  readonly appName?: string
  readonly channelId?: string
  readonly botToken?: string
  readonly signingSecret?: string
  /** The bot token's scopes. Default: those of Holdpoint's manifest, so a missing one is noticed. */
  readonly scopes?: readonly string[]
  /** Milliseconds since the epoch, for message timestamps, trigger ids and file readiness. */
  readonly now?: () => number
}

/** The ids of the people and bots who are there from the start. */
export interface SlackUserIds {
  readonly grace: string
  readonly ada: string
  /** An ordinary member of workspace and channel whom no policy names. */
  readonly mallory: string
  /** A multi-channel guest (`is_restricted`). */
  readonly guest: string
  /** A single-channel guest (`is_ultra_restricted`). */
  readonly singleChannelGuest: string
  /** From another company, in the channel through Slack Connect (`is_stranger`, other team). */
  readonly stranger: string
  /** The app's own bot user, whom the bot token speaks for. */
  readonly bot: string
  readonly workflowBot: string
  readonly connectorBot: string
  readonly deleted: string
  /** A member whose e-mail address was never confirmed. */
  readonly unconfirmed: string
  /** A member of the workspace who is not in the channel. */
  readonly outsider: string
}

/** What one version of a message said, before an update replaced it. */
export interface MessageVersion {
  readonly text: string
  readonly blocks: readonly WireBlock[]
  readonly metadata?: MessageMetadata
}

export interface MessageMetadata {
  readonly event_type: string
  readonly event_payload: Readonly<Record<string, unknown>>
}

/** A message as the workspace keeps it. `versions` holds what it said before, oldest first. */
export interface StoredMessage extends MessageVersion {
  readonly channel: string
  readonly ts: string
  /** The parent's `ts`, for a reply in a thread. */
  readonly threadTs?: string
  readonly broadcast: boolean
  readonly user: string
  readonly byApp: boolean
  readonly fileIds: readonly string[]
  readonly unfurlLinks: boolean
  readonly unfurlMedia: boolean
  readonly versions: readonly MessageVersion[]
  /** Set when an update came without blocks: Slack shows "(edited)" only then. */
  readonly editedTs?: string
  readonly deleted: boolean
}

/** A message that one person sees and nobody can find again through the API. */
export interface StoredEphemeral extends MessageVersion {
  readonly channel: string
  readonly ts: string
  readonly threadTs?: string
  readonly user: string
}

/** A modal on somebody's screen. */
export interface OpenView {
  readonly id: string
  readonly user: string
  readonly hash: string
  readonly externalId: string
  readonly rootId: string
  readonly previousId?: string
  readonly view: Readonly<Record<string, unknown>> & { readonly blocks: readonly WireBlock[] }
}

/** One request to the Web API or to an upload URL (`method: 'upload'`), as it arrived. */
export interface ApiCall {
  readonly method: string
  /** The arguments without the token; for an upload `{ fileId, bytes }`. */
  readonly body: Readonly<Record<string, unknown>>
  readonly atMs: number
  readonly answer: 'ok' | 'pending' | (string & {})
}

/**
 * A fault is used up by the next matching call (`times`, default 1), in the order they were added.
 * `method` is a Web API method, `upload` for the upload URL, or `*`. `slow` adds to another fault.
 * `down` resets every connection until `clear()`.
 */
export type Fault = { readonly method: string; readonly times?: number } & (
  | { readonly kind: 'http500' }
  | { readonly kind: 'ratelimited'; readonly retryAfterS: number }
  /** The connection is reset and nothing was done. */
  | { readonly kind: 'drop_before' }
  /** It is done, and then the connection is reset: the caller cannot know. */
  | { readonly kind: 'commit_then_drop' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'down' }
)

export type InteractionType = 'block_actions' | 'view_submission' | 'view_closed'

/** One interaction sent to the app, and what came back. Only 200 counts as an acknowledgement. */
export interface Delivery {
  readonly id: number
  readonly type: InteractionType
  readonly user: string
  readonly payload: Readonly<Record<string, unknown>>
  /** The raw form body, exactly as signed. */
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** `refused`: no connection, or no interactivity URL is set. */
  readonly status: number | 'timeout' | 'refused'
  readonly answer: string
  readonly acked: boolean
  readonly durationMs: number
}

export type DeliveryResult = Delivery

/** How to send a delivery in a way that the app must cope with, or refuse. */
export interface DeliveryVariation {
  /** Added to the timestamp before signing: -600_000 is stale, 600_000 is from the future. */
  readonly timestampOffsetMs?: number
  /** Signs with another secret. */
  readonly badSignature?: boolean
  /** The very same headers and bytes again, as an attacker who recorded them would send. */
  readonly exactReplay?: boolean
}

export interface ClickVariation extends DeliveryVariation {
  /** Clicks what a slow phone still shows: an index into `message.versions`. */
  readonly version?: number
  /** Which of several elements with the same `action_id`. Default: the first. */
  readonly blockId?: string
}

export interface SlackWorkspace {
  /** The web inbox, `http://127.0.0.1:PORT`. */
  readonly url: string
  /** For `new WebClient(token, { slackApiUrl })`. */
  readonly apiUrl: string
  readonly botToken: string
  readonly signingSecret: string
  readonly teamId: string
  readonly appId: string
  /** A private channel that the bot is in. */
  readonly channelId: string
  readonly users: SlackUserIds
  /** Further conversations, for the refusals that depend on them. */
  readonly channels: {
    /** A public channel that the bot is in. */
    readonly general: string
    /** A public channel that the bot is not in: `not_in_channel`. */
    readonly notJoined: string
    /** A private channel that the bot cannot see: `channel_not_found`. */
    readonly hidden: string
    readonly archived: string
  }
  setInteractivityUrl(url: string): void
  readonly faults: { add(fault: Fault): void; clear(): void }
  /** Everything ever posted, thread replies and deleted messages included, oldest first. */
  messages(channelId?: string): readonly StoredMessage[]
  ephemerals(): readonly StoredEphemeral[]
  /** Modals that are open now, the topmost last. */
  views(user?: string): readonly OpenView[]
  calls(): readonly ApiCall[]
  deliveries(): readonly Delivery[]
  /** Clicks as a user, exactly as the inbox page does, without a browser. */
  click(
    as: string,
    messageTs: string,
    actionId: string,
    selected?: string,
    variation?: ClickVariation,
  ): Promise<DeliveryResult>
  /** Submits an open modal; `values` are keyed by `action_id` or `block_id`. */
  submitView(
    as: string,
    viewId: string,
    values: Readonly<Record<string, string>>,
    variation?: DeliveryVariation,
  ): Promise<DeliveryResult>
  closeView(as: string, viewId: string): Promise<DeliveryResult | undefined>
  /** Sends a delivery once more: a duplicate, stale, from the future, or badly signed. */
  redeliver(delivery: Delivery | number, variation?: DeliveryVariation): Promise<DeliveryResult>
  /** A person writes a message, so that there is one the bot did not post. */
  say(as: string, text: string, where?: { channel?: string; threadTs?: string }): StoredMessage
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
