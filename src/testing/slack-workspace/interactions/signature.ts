import { createHmac } from 'node:crypto'

/**
 * Slack's request signature, version 0: HMAC-SHA256 over `v0:<timestamp>:<raw body>`, in hex
 * (docs.slack.dev/authentication/verifying-requests-from-slack).
 */
export function signV0(secret: string, timestampS: number, rawBody: string): string {
  const digest = createHmac('sha256', secret).update(`v0:${timestampS}:${rawBody}`).digest('hex')
  return `v0=${digest}`
}
