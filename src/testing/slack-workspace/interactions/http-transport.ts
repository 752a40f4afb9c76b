import { signV0 } from './signature.ts'
import type { Transport } from './transport.ts'

export interface HttpTransportOptions {
  readonly url: () => string | undefined
  readonly signingSecret: string
  readonly ackTimeoutMs: number
}

const WRONG_SECRET = 'not the signing secret of this app'

/** POSTs `payload=…` to the app's Request URL, signed. Timestamps are the real time. */
export function httpTransport(options: HttpTransportOptions): Transport {
  return {
    pack(payload, { timestampOffsetMs, badSignature }) {
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
      const timestampS = Math.floor((Date.now() + timestampOffsetMs) / 1000)
      const secret = badSignature ? WRONG_SECRET : options.signingSecret
      return {
        transport: 'http',
        body,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          'x-slack-request-timestamp': String(timestampS),
          'x-slack-signature': signV0(secret, timestampS, body),
        },
      }
    },
    async send({ headers, body }) {
      const url = options.url()
      if (url === undefined) return { status: 'refused', answer: 'no interactivity URL is set' }
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers,
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(options.ackTimeoutMs),
        })
        return { status: response.status, answer: await response.text() }
      } catch (error) {
        const timedOut = error instanceof DOMException && error.name === 'TimeoutError'
        return timedOut
          ? { status: 'timeout', answer: '' }
          : { status: 'refused', answer: error instanceof Error ? error.message : '' }
      }
    },
  }
}
