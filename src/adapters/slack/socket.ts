import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { optionInvalid } from '../../core/errors.ts'
import { ChannelBug, ChannelBusy } from '../../ports/channel.ts'
import type { Logger } from '../../ports/log.ts'
import { type Connection, connect, type Hear, type SocketOptions } from './socket-connection.ts'
import { within } from './within.ts'

/** Connections of one age are refreshed at one time, and then nobody would listen. */
const SECOND_AFTER_MS = 2_000
/** A connection that ended sooner was none: it is not opened again in a tight loop. */
const STABLE_AFTER_MS = 10_000
const MAX_WAIT_MS = 30_000
const CLOSE_WITHIN_MS = 1_000

/**
 * Listens to Slack over two sockets, so that one stays while the other is opened anew: Slack ends each
 * every few hours, and does not repeat what it sent meanwhile. Rejects with `HP_ERR_OPTION_INVALID` when
 * Slack refuses the token; when Slack cannot be reached it resolves, and goes on trying.
 */
export async function openSocket(
  options: SocketOptions,
  logger: Logger,
  hear: Hear,
): Promise<{ close(): Promise<void> }> {
  const sdk = await import('@slack/socket-mode')
  const closing = new AbortController()
  const closed = once(closing.signal, 'abort')
  const open = (): Promise<Connection> =>
    connect(
      sdk,
      options,
      async (payload) => {
        // A connection that opened while everything closed: nobody would act on the click.
        if (closing.signal.aborted) throw new Error('closed')
        return hear(payload)
      },
      logger,
    )
  const pause = (ms: number): Promise<unknown> =>
    sleep(ms, undefined, { signal: closing.signal }).catch(() => undefined)

  /** One connection after the other, until it is to close. Never rejects. */
  async function keepOpen(first: Promise<Connection>): Promise<void> {
    let failures = 0
    for (let opening = first; ; opening = open()) {
      let waitMs = 0
      try {
        const connection = await opening
        const openedMs = performance.now()
        const reason = await Promise.race([connection.ended, closed])
        const left = connection.close()
        if (closing.signal.aborted) return left
        const isStable = performance.now() - openedMs > STABLE_AFTER_MS
        waitMs = isStable ? 0 : backoffMs(failures)
        failures = isStable ? 0 : failures + 1
        logger.info('a connection to Slack ended; opening another', { reason })
      } catch (error) {
        failures += 1
        waitMs = Math.max(
          backoffMs(failures),
          error instanceof ChannelBusy ? error.retryAfterMs : 0,
        )
        logger.warn('Slack is not connected; trying again', { error: String(error) })
      }
      await pause(waitMs)
      if (closing.signal.aborted) return
    }
  }

  const first = open()
  await first.catch((error: unknown) => {
    if (error instanceof ChannelBug) throw refusedToken(error)
  })
  const second = async (): Promise<void> => {
    await pause(SECOND_AFTER_MS)
    if (!closing.signal.aborted) await keepOpen(open())
  }
  const lines = [keepOpen(first), second()]
  return {
    async close() {
      closing.abort()
      // What is still being opened closes by itself.
      await within(CLOSE_WITHIN_MS, Promise.all(lines)).catch(() => undefined)
    },
  }
}

function backoffMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(500 * 2 ** failures, MAX_WAIT_MS)
}

const APP = 'https://api.slack.com/apps → your app →'

function refusedToken(refusal: ChannelBug): Error {
  const how = /socket_mode_not_enabled|link_disabled/.test(refusal.message)
    ? `Socket Mode is off for this app; switch it on at ${APP} Socket Mode, or give signingSecret instead`
    : `is refused by Slack (${refusal.message}); make one with connections:write at ${APP} Basic Information → App-Level Tokens`
  return Object.assign(optionInvalid('slackChannel.appToken', how), { cause: refusal })
}
