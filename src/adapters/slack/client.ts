import type { WebClient } from '@slack/web-api'
import { ChannelBug, ChannelBusy } from '../../ports/channel.ts'
import type { SlackOptions } from './options.ts'

const TIMEOUT_MS = 10_000
/** The provider may have done it: whoever calls again looks first. */
const AMBIGUOUS = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
  'update_failed',
  'external_channel_migrating',
  'team_added_to_org',
  'org_login_required',
])
const RATE_LIMITED_MS = 30_000

/**
 * The SDK's client with its own retries off: by default it repeats a POST that was dropped after it was
 * done, and three messages stand where one was meant (measured). The job queue repeats, after a look.
 */
export async function openClient(
  options: Pick<SlackOptions, 'botToken' | 'slackApiUrl'>,
): Promise<WebClient> {
  const sdk = await import('@slack/web-api')
  return new sdk.WebClient(options.botToken, { ...callSettings(options), logger: silent })
}

/** How every call of the Web API is made, whichever client makes it. */
export function callSettings({ slackApiUrl }: Pick<SlackOptions, 'slackApiUrl'>) {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    allowAbsoluteUrls: false,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
  }
}

/** The SDK would print request bodies when something goes wrong. */
export const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => 'error' as never,
}

/** What Slack's SDK throws, as far as it is looked at. */
interface SdkError {
  readonly code?: string
  readonly data?: { readonly error?: string; readonly errors?: readonly string[] }
  readonly retryAfter?: number
}

/** A failed call in the words of the channel port; anything ambiguous stays an error that is retried. */
export function channelError(method: string, error: unknown): Error {
  const { code, data, retryAfter } = error as SdkError
  const name = data?.error
  if (code === 'slack_webapi_rate_limited_error') {
    const waitMs = retryAfter === undefined ? RATE_LIMITED_MS : retryAfter * 1_000
    return new ChannelBusy(`${method}: rate limited`, waitMs)
  }
  if (name === 'ratelimited' || name === 'rate_limited') {
    return new ChannelBusy(`${method}: rate limited`, RATE_LIMITED_MS)
  }
  if (code === 'slack_webapi_platform_error' && name !== undefined && !AMBIGUOUS.has(name)) {
    const details = data?.errors?.join('; ').slice(0, 200)
    const bug = `${method}: ${name}${details === undefined ? '' : ` (${details})`}`
    return new ChannelBug(bug, { cause: error })
  }
  const told = `${method}: ${code ?? 'failed'}${name === undefined ? '' : ` ${name}`}`
  return new Error(told, { cause: error })
}

/** `invalid_blocks` only because an uploaded file is still being scanned. */
export function isNotReady(error: unknown): boolean {
  const { data } = error as SdkError
  const errors = data?.errors ?? []
  return (
    data?.error === 'invalid_blocks' &&
    errors.length > 0 &&
    errors.every((text) => text.toLowerCase().startsWith('invalid slack file'))
  )
}

/** Somebody deleted the message that is to be updated. */
export function isGone(error: unknown): boolean {
  return (error as SdkError).data?.error === 'message_not_found'
}

const NO_THREAD = new Set([
  'thread_not_found',
  'message_not_found',
  'cannot_reply_to_message',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
])

/** The thread takes no replies: its first message was deleted, or an admin has locked it. */
export function isNoThread(error: unknown): boolean {
  return NO_THREAD.has((error as SdkError).data?.error ?? '')
}
