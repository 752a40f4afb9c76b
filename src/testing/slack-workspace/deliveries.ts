/** The kinds of interaction that the workspace sends. */
export type InteractionType = 'block_actions' | 'view_submission' | 'view_closed'

/** One interaction sent to the app, and what came back. */
export interface Delivery {
  readonly id: number
  readonly type: InteractionType
  readonly user: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly transport: 'http' | 'socket'
  /** Over HTTP the raw form body, exactly as signed; in Socket Mode the envelope. */
  readonly body: string
  /** Empty in Socket Mode. */
  readonly headers: Readonly<Record<string, string>>
  /** The socket it went to, counted from 1 in the order they connected. */
  readonly socket?: number
  /**
   * 200 for an envelope that was acknowledged. `refused`: nobody was there to take it, or the
   * connection ended first.
   */
  readonly status: number | 'timeout' | 'refused'
  /** The response's body, or the acknowledgement's payload as JSON. */
  readonly answer: string
  /** Whether Slack takes it as acknowledged: HTTP status 200 or the envelope's id, in time. */
  readonly acked: boolean
  readonly durationMs: number
}

/** What became of one interaction that was sent to the app. */
export type DeliveryResult = Delivery

/** How to send a delivery in a way that the app must cope with, or refuse. */
export interface DeliveryVariation {
  /** Added to the timestamp before signing: -600_000 is stale, 600_000 early. HTTP only. */
  readonly timestampOffsetMs?: number
  /** Signs with another secret. HTTP only. */
  readonly badSignature?: boolean
  /**
   * The very same headers and bytes again, over the transport they went before, as an attacker who
   * recorded them would send. In Socket Mode the same envelope once more.
   */
  readonly exactReplay?: boolean
}

export interface ClickVariation extends DeliveryVariation {
  /** Clicks what a slow phone still shows: an index into `message.versions`. */
  readonly version?: number
  /** Which of several elements with the same `action_id`. Default: the first. */
  readonly blockId?: string
}

/** Deliveries that wait on their way to the app. A click that waits has no result yet. */
export interface DeliveryHold {
  readonly waiting: number
  /**
   * Delivers what waits, each when the one before was answered, and lets later ones pass. `order`
   * names every one of them by its place in the queue: `[1, 0]` delivers the second first.
   */
  release(order?: readonly number[]): Promise<readonly Delivery[]>
}

/** How sockets are told to go, as Slack does every few hours. */
export interface SocketRefresh {
  /**
   * `refresh_requested` (the default): nothing is sent to the socket any more. `warning`: it still
   * gets envelopes, until `refresh_requested` follows at its end.
   */
  readonly reason?: 'refresh_requested' | 'warning'
  /** The socket with this number (see `Delivery.socket`). Default: all of them. */
  readonly socket?: number
  /**
   * When the workspace closes the sockets if the app has not. Default 10,000 after a warning, and
   * 1,000 after a request.
   */
  readonly closeAfterMs?: number
}
