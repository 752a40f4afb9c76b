import { HoldpointError } from 'holdpoint'

/** Settings of the local workspace. Nothing is read from the environment but `NODE_ENV`. */
export interface SlackWorkspaceOptions {
  /** 0 (the default) takes a free port. */
  readonly port?: number
  /** Only `127.0.0.1` or `localhost`; anything else is refused. */
  readonly host?: string
  /** Where clicks are POSTed, like an app's "Request URL". Loopback only. */
  readonly interactivityUrl?: string
  /** Clicks go over the app's sockets, and nothing to the Request URL. Default false. */
  readonly socketMode?: boolean
  /** How long an uploaded file cannot be used as `slack_file` after it was completed. Default 400. */
  readonly fileReadyDelayMs?: number
  /** How long the app has to acknowledge an interaction. Slack gives 3,000, which is the default. */
  readonly ackTimeoutMs?: number
  /** How often sockets are pinged. Default 10,000. */
  readonly socketPingMs?: number
  /**
   * How long the connection under a socket stays open after both sides closed the socket. Default 0.
   * Slack leaves the closing to the app (node-slack-sdk#2752); a large number shows what that costs.
   */
  readonly socketLingerMs?: number
  readonly teamId?: string
  readonly teamName?: string
  /** `E…`: the workspace is part of an Enterprise Grid, with two more people. Default: it is not. */
  readonly enterpriseId?: string
  readonly appId?: string
  readonly appName?: string
  readonly channelId?: string
  readonly botToken?: string
  /** The app-level token, for `apps.connections.open`. */
  readonly appToken?: string
  readonly signingSecret?: string
  /** The bot token's scopes. Default: those of Holdpoint's manifest, so a missing one is noticed. */
  readonly scopes?: readonly string[]
  /** The app-level token's scopes. Default `connections:write`. */
  readonly appScopes?: readonly string[]
  /** Milliseconds since the epoch, for message timestamps, trigger ids and file readiness. */
  readonly now?: () => number
}

export const LOOPBACK = '127.0.0.1'

// As a record, so that the compiler sees to it that none is left out.
const KNOWN = Object.keys({
  port: true,
  host: true,
  interactivityUrl: true,
  socketMode: true,
  fileReadyDelayMs: true,
  ackTimeoutMs: true,
  socketPingMs: true,
  socketLingerMs: true,
  teamId: true,
  teamName: true,
  enterpriseId: true,
  appId: true,
  appName: true,
  channelId: true,
  botToken: true,
  appToken: true,
  signingSecret: true,
  scopes: true,
  appScopes: true,
  now: true,
} satisfies Record<keyof SlackWorkspaceOptions, true>)

/** Throws for an option that does not exist. */
export function refuseUnknown(options: SlackWorkspaceOptions): void {
  const refuse = (option: string, problem: string) =>
    new HoldpointError('HP_ERR_OPTION_INVALID', `${option}: ${problem}`, { option })
  if (typeof options !== 'object' || options === null) {
    throw refuse('options', `must be an object; known are ${KNOWN.join(', ')}`)
  }
  const unknown = Object.keys(options).find((key) => !KNOWN.includes(key))
  if (unknown !== undefined) throw refuse(unknown, `is unknown; known are ${KNOWN.join(', ')}`)
}

/** Throws where a workspace that approves for everybody must not be. */
export function refuseUnsafe(options: SlackWorkspaceOptions): void {
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'The local Slack workspace is for development and tests: NODE_ENV is production.',
    )
  }
  if (options.host !== undefined && options.host !== LOOPBACK && options.host !== 'localhost') {
    throw new TypeError(
      `"host" must be ${LOOPBACK}: anyone who can reach the local Slack workspace can approve in it`,
    )
  }
}

/** Refuses to hand clicks to anything but this machine. */
export function loopbackUrl(given: string): string {
  const url = URL.parse(given)
  const loopback = [LOOPBACK, 'localhost', '[::1]']
  if (!url || !['http:', 'https:'].includes(url.protocol) || !loopback.includes(url.hostname)) {
    throw new TypeError(
      `"interactivityUrl" must be an http address on this machine (127.0.0.1), not ${given}`,
    )
  }
  return url.href
}

/**
 * Whether a request names this machine as its host. A foreign name that resolves to this machine
 * would let any web page read and click here.
 */
export function isOwnHost(host: string | undefined): boolean {
  const name = URL.parse(`http://${host}`)?.hostname
  return name === LOOPBACK || name === 'localhost'
}
