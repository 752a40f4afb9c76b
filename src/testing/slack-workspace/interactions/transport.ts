import { signV0 } from './signature.ts'

/** What the app answered to one interaction. */
export interface TransportAnswer {
  readonly status: number | 'timeout' | 'refused'
  readonly answer: string
}

/** An interaction packed for the way: the same bytes can be sent again. */
export interface Parcel {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The seam between what happened in the workspace and how the app hears of it. HTTP is the only way
 * so far; Socket Mode would pack an envelope instead of a form and wait for its `envelope_id`.
 */
export interface Transport {
  pack(
    payload: Readonly<Record<string, unknown>>,
    signing: { readonly timestampOffsetMs: number; readonly badSignature: boolean },
  ): Parcel
  /** Like `pack`, for a body that was packed before. */
  repack(
    body: string,
    signing: { readonly timestampOffsetMs: number; readonly badSignature: boolean },
  ): Parcel
  send(parcel: Parcel): Promise<TransportAnswer>
}

export interface HttpTransportOptions {
  readonly url: () => string | undefined
  readonly signingSecret: string
  readonly ackTimeoutMs: number
}

const WRONG_SECRET = 'not the signing secret of this app'

/** POSTs `payload=…` to the app's Request URL, signed. Timestamps are the real time. */
export function httpTransport(options: HttpTransportOptions): Transport {
  const repack: Transport['repack'] = (body, { timestampOffsetMs, badSignature }) => {
    const timestampS = Math.floor((Date.now() + timestampOffsetMs) / 1000)
    const secret = badSignature ? WRONG_SECRET : options.signingSecret
    return {
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestampS),
        'x-slack-signature': signV0(secret, timestampS, body),
      },
    }
  }
  return {
    repack,
    pack: (payload, signing) =>
      repack(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), signing),
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

/** Refuses to hand clicks to anything but this machine. */
export function loopbackUrl(given: string): string {
  const url = URL.parse(given)
  const loopback = ['127.0.0.1', 'localhost', '[::1]']
  if (!url || !['http:', 'https:'].includes(url.protocol) || !loopback.includes(url.hostname)) {
    throw new TypeError(
      `"interactivityUrl" must be an http address on this machine (127.0.0.1), not ${given}`,
    )
  }
  return url.href
}
