import type * as SocketModeSdk from '@slack/socket-mode'
import { ChannelBug } from '../../ports/channel.ts'
import type { Logger } from '../../ports/log.ts'
import { callSettings, channelError, silent } from './client.ts'
import { parseJson } from './modal-metadata.ts'
import { within } from './within.ts'

/** The address is asked for by HTTP first, which has its own, shorter time. */
const OPEN_WITHIN_MS = 20_000
/** For the two sides to say goodbye; SDK 3.1.0 alone waits for five seconds and more. */
const GOODBYE_MS = 500

export interface SocketOptions {
  readonly appToken: string
  readonly slackApiUrl?: string | undefined
}

/** Acts on an interaction, and gives what to acknowledge it with. A rejection leaves it unacknowledged. */
export type Hear = (payload: unknown) => Promise<object | undefined>

/** One socket, from its opening to its end. */
export interface Connection {
  /** Why it ended, as soon as Slack says that it will. Never rejects. */
  readonly ended: Promise<string>
  /** Ends it, within a second. Never rejects. */
  close(): Promise<void>
}

/**
 * Opens one socket. The SDK's own way of opening another when one ends stays off: it waits for seconds
 * first, and when Slack refuses it rejects where nobody can catch it, which ends the process. Rejects
 * with `ChannelBug` when there is no use in trying again.
 */
export async function connect(
  sdk: typeof SocketModeSdk,
  options: SocketOptions,
  hear: Hear,
  logger: Logger,
): Promise<Connection> {
  const client = new sdk.SocketModeClient({
    appToken: options.appToken,
    autoReconnectEnabled: false,
    logger: silent,
    clientOptions: callSettings(options),
  })
  const { promise: ended, resolve: end } = Promise.withResolvers<string>()
  client.on('ws_message', (data: unknown) => {
    const reason = disconnectReason(data)
    if (reason !== undefined) end(reason)
  })
  client.on('error', (error: unknown) => end(String(error)))
  client.on('disconnected', () => end('the connection was lost'))
  client.on('interactive', ({ body, ack }: Envelope) => {
    hear(body)
      .then((answer) => ack(answer))
      .catch((error: unknown) => {
        logger.warn('a click was not acknowledged', { error: String(error) })
      })
  })
  try {
    await within(OPEN_WITHIN_MS, Promise.race([client.start(), endedEarly(ended)]))
  } catch (error) {
    void sayGoodbye(client)
    // The SDK rejects with nothing at all when the socket closes before it is greeted.
    if (!(error instanceof Error)) throw new Error('the connection was lost')
    throw 'code' in error ? channelError('apps.connections.open', error) : error
  }
  return { ended, close: () => sayGoodbye(client) }
}

interface Envelope {
  readonly body: unknown
  ack(response?: object): Promise<void>
}

/** Slack gives an address to an app whose Socket Mode is off, and says so on the socket. */
async function endedEarly(ended: Promise<string>): Promise<never> {
  const reason = await ended
  throw reason === 'link_disabled' ? new ChannelBug(reason) : new Error(reason)
}

function disconnectReason(data: unknown): string | undefined {
  const message = typeof data === 'string' ? parseJson(data) : undefined
  const { type, reason } = (message ?? {}) as { readonly type?: unknown; readonly reason?: unknown }
  return type === 'disconnect' ? String(reason) : undefined
}

async function sayGoodbye(client: SocketModeSdk.SocketModeClient): Promise<void> {
  // Asked a second time it does not wait for the other side's goodbye.
  await within(GOODBYE_MS, client.disconnect()).catch(() => void client.disconnect())
}
