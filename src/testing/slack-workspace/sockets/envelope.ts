import { randomUUID } from 'node:crypto'
import type { RawData, WebSocket } from 'ws'
import { z } from 'zod'
import type { TransportAnswer } from '../interactions/transport.ts'

/** An interaction as a socket carries it, ready to be sent. */
export interface Envelope {
  readonly id: string
  readonly text: string
}

const wire = z.object({ envelope_id: z.string() })

const acknowledgement = z.object({
  envelope_id: z.string(),
  payload: z.record(z.string(), z.unknown()).optional(),
})

export function sealEnvelope(payload: Readonly<Record<string, unknown>>): Envelope {
  const id = randomUUID()
  const envelope = {
    envelope_id: id,
    payload,
    type: 'interactive',
    accepts_response_payload: true,
  }
  return { id, text: JSON.stringify(envelope) }
}

/** An envelope that was sent before, to be sent again with the same id. */
export function sameEnvelope(text: string): Envelope {
  return { id: wire.parse(JSON.parse(text)).envelope_id, text }
}

/**
 * What the app answers to an envelope, on the socket that carried it, within the time. Whatever else
 * it sends is overheard, as by Slack.
 */
export function acknowledged(
  webSocket: WebSocket,
  { id }: Envelope,
  timeoutMs: number,
): Promise<TransportAnswer> {
  const { promise, resolve } = Promise.withResolvers<TransportAnswer>()
  const onMessage = (data: RawData) => {
    const answer = acknowledgement.safeParse(unpack(data))
    if (answer.data?.envelope_id === id) {
      resolve({ status: 200, answer: asText(answer.data.payload) })
    }
  }
  const onClose = () =>
    resolve({ status: 'refused', answer: 'the socket closed before it answered' })
  const timer = setTimeout(() => resolve({ status: 'timeout', answer: '' }), timeoutMs)
  webSocket.on('message', onMessage)
  webSocket.once('close', onClose)
  return promise.finally(() => {
    clearTimeout(timer)
    webSocket.off('message', onMessage)
    webSocket.off('close', onClose)
  })
}

function unpack(data: RawData): unknown {
  try {
    return JSON.parse(String(data))
  } catch {
    return undefined
  }
}

/** The official client sends `{}` where it has nothing to say. */
function asText(payload: Readonly<Record<string, unknown>> | undefined): string {
  return Object.keys(payload ?? {}).length === 0 ? '' : JSON.stringify(payload)
}
