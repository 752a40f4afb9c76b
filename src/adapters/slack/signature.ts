import { createHmac, timingSafeEqual } from 'node:crypto'
import type { CallbackRequest } from '../../ports/channel.ts'

/** How far the sender's clock and ours may be apart, in either direction. */
const MAX_SKEW_S = 300

/**
 * Why a callback is not Slack's, or undefined when it is: version 0 signature over the bytes as they
 * came. There is no bypass: not for `ssl_check`, not without a secret.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function whyNotSlacks(
  request: CallbackRequest,
  signingSecret: string,
  now: Date,
): string | undefined {
  const timestamp = request.headers['x-slack-request-timestamp']
  const signature = request.headers['x-slack-signature']
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return 'not signed'
  if (!/^\d{1,12}$/.test(timestamp)) return 'malformed timestamp'
  // From the future as well: a recorded request must not become valid later.
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > MAX_SKEW_S) return 'stale timestamp'
  const expected = Buffer.from(signatureOf(request.rawBody, timestamp, signingSecret))
  const given = Buffer.from(signature)
  const matches = given.length === expected.length && timingSafeEqual(given, expected)
  return matches ? undefined : 'wrong signature'
}

/** `v0=…` over `v0:<timestamp>:<raw body>`. */
export function signatureOf(rawBody: Uint8Array, timestamp: string, signingSecret: string): string {
  const mac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(rawBody)
  return `v0=${mac.digest('hex')}`
}
