/** A Block Kit block as it came over the wire, after Slack's checks, with every id filled in. */
export type WireBlock = Readonly<Record<string, unknown>> & {
  readonly type: string
  readonly block_id: string
}

/** What one version of a message said, before an update replaced it. */
export interface MessageVersion {
  readonly text: string
  readonly blocks: readonly WireBlock[]
  readonly metadata?: MessageMetadata
}

/** What an app attaches to a message, for itself; people do not see it. */
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
 * `method` is a Web API method, `upload` for the upload URL, `socket` for connecting a socket, or
 * `*`. `slow` adds to another fault. `down` resets every connection until `clear()`; open sockets
 * too, at once.
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
