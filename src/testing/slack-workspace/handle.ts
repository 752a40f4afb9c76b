import type {
  ClickVariation,
  Delivery,
  DeliveryHold,
  DeliveryResult,
  DeliveryVariation,
  SocketRefresh,
} from './deliveries.ts'
import type { ApiCall, Fault, OpenView, StoredEphemeral, StoredMessage } from './types.ts'

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

/** The Enterprise Grid that the workspace is part of, and two of its people in the channel. */
export interface SlackEnterprise {
  readonly id: string
  /** A member of another workspace of the enterprise, and not of this one. */
  readonly sister: string
  /** A member of this workspace whose home is another one of the enterprise. */
  readonly transfer: string
}

/** A local Slack workspace that runs: its addresses, its tokens, and what a test may do to it. */
export interface SlackWorkspace {
  /** The web inbox, `http://127.0.0.1:PORT`. */
  readonly url: string
  /** For `new WebClient(token, { slackApiUrl })`. */
  readonly apiUrl: string
  readonly botToken: string
  /**
   * The app-level token, good for `apps.connections.open` alone. The official client finds this
   * workspace by its API address:
   *
   *     new SocketModeClient({ appToken, clientOptions: { slackApiUrl: workspace.apiUrl } })
   */
  readonly appToken: string
  readonly signingSecret: string
  readonly teamId: string
  /** Set with the option `enterpriseId`. */
  readonly enterprise?: SlackEnterprise
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
  /**
   * From now on clicks go to the app's sockets, each to one of them in turn, and nothing to its
   * Request URL. A click while no socket is connected is lost, and shown as not answered.
   */
  enableSocketMode(): void
  /** Back to the Request URL. Every socket is told `link_disabled` and closed. */
  disableSocketMode(): void
  /** How many sockets could get the next envelope. At most 10. */
  readonly socketCount: number
  /** Tells sockets to go, and resolves when they are closed, by whichever side. */
  refreshSockets(refresh?: SocketRefresh): Promise<void>
  /** Deliveries wait from now on, until they are released: late, and in another order if need be. */
  holdDeliveries(): DeliveryHold
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
  /** Sends a delivery once more: a duplicate, stale, from the future, badly signed, or replayed. */
  redeliver(delivery: Delivery | number, variation?: DeliveryVariation): Promise<DeliveryResult>
  /** A person writes a message, so that there is one the bot did not post. */
  say(as: string, text: string, where?: { channel?: string; threadTs?: string }): StoredMessage
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
