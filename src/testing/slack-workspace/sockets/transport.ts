import type { Transport } from '../interactions/transport.ts'
import { sameEnvelope, sealEnvelope } from './envelope.ts'
import type { SocketHub } from './hub.ts'

/** Sends interactions over the app's sockets. Nothing is signed: the socket itself is trusted. */
export function socketTransport(hub: SocketHub): Transport {
  return {
    pack(payload, { timestampOffsetMs, badSignature }) {
      if (timestampOffsetMs !== 0 || badSignature) {
        throw new TypeError('in Socket Mode there is neither a timestamp nor a signature to spoil')
      }
      return { transport: 'socket', headers: {}, body: sealEnvelope(payload).text }
    },
    send: ({ body }) => hub.deliver(sameEnvelope(body)),
  }
}
