import { randomInt } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { SocketRefresh } from '../deliveries.ts'
import type { TransportAnswer } from '../interactions/transport.ts'
import type { WorkspaceState } from '../state.ts'
import { acknowledged, type Envelope } from './envelope.ts'

/** An app may have this many sockets open. */
const MAX_SOCKETS = 10
/** What Slack says a socket lasts: about five hours. */
const CONNECTION_TIME_S = 18_060
const NORMAL_CLOSURE = 1000
const CLOSE_AFTER_MS = { warning: 10_000, refresh_requested: 1000 } as const

interface AppSocket {
  readonly number: number
  readonly webSocket: WebSocket
  /** It was told to reconnect: nothing is sent to it any more. */
  isLeaving: boolean
}

type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'

/** The app's sockets. */
export interface SocketHub {
  /** How many could get an envelope. */
  readonly count: number
  /** Greets a socket that has just opened, or turns it away. */
  accept(webSocket: WebSocket): void
  /** Sends an envelope to one socket, the next in turn, and waits for its acknowledgement. */
  deliver(envelope: Envelope): Promise<TransportAnswer>
  refresh(refresh?: SocketRefresh): Promise<void>
  /** Tells every socket that Socket Mode was turned off, and closes it. */
  disable(): void
  /** Ends every connection without a word, as a broken network does. */
  cut(): void
}

export function createSocketHub(
  state: WorkspaceState,
  options: { readonly ackTimeoutMs: number; readonly pingMs: number },
): SocketHub {
  const sockets: AppSocket[] = []
  const host = `applink-${randomInt(1, 20)}`
  let connected = 0
  let turns = 0

  const ready = () => sockets.filter((socket) => !socket.isLeaving && isOpen(socket))

  const tell = (webSocket: WebSocket, message: Readonly<Record<string, unknown>>) =>
    webSocket.send(JSON.stringify(message))

  const disconnect = (webSocket: WebSocket, reason: DisconnectReason) =>
    tell(webSocket, { type: 'disconnect', reason, debug_info: { host } })

  const turnAway = (webSocket: WebSocket, reason: DisconnectReason) => {
    disconnect(webSocket, reason)
    webSocket.close(NORMAL_CLOSURE)
  }

  const refreshOne = async (
    socket: AppSocket,
    reason: 'warning' | 'refresh_requested',
    closeAfterMs: number,
  ) => {
    const { webSocket } = socket
    const closed = new Promise((resolve) => webSocket.once('close', resolve))
    socket.isLeaving = reason === 'refresh_requested'
    disconnect(webSocket, reason)
    const timer = setTimeout(() => {
      socket.isLeaving = true
      if (reason === 'warning') disconnect(webSocket, 'refresh_requested')
      webSocket.close(NORMAL_CLOSURE)
    }, closeAfterMs)
    await closed
    clearTimeout(timer)
  }

  return {
    get count() {
      return ready().length
    },

    accept(webSocket) {
      // Without a listener a broken connection ends the process; `close` follows every error.
      webSocket.on('error', () => {})
      if (!state.socketMode) return turnAway(webSocket, 'link_disabled')
      if (sockets.length >= MAX_SOCKETS) return turnAway(webSocket, 'too_many_websockets')
      connected += 1
      const socket: AppSocket = { number: connected, webSocket, isLeaving: false }
      sockets.push(socket)
      const pings = setInterval(() => webSocket.ping(`Ping from ${host}`), options.pingMs)
      webSocket.on('close', () => {
        clearInterval(pings)
        sockets.splice(sockets.indexOf(socket), 1)
      })
      tell(webSocket, {
        type: 'hello',
        num_connections: sockets.length,
        debug_info: { host, build_number: 1, approximate_connection_time: CONNECTION_TIME_S },
        connection_info: { app_id: state.appId },
      })
    },

    async deliver(envelope) {
      const candidates = ready()
      const socket = candidates[turns % candidates.length]
      turns += 1
      // Slack keeps nothing for later: the person sees the warning and clicks again.
      if (!socket) return { status: 'refused', answer: 'no socket is connected' }
      const answer = acknowledged(socket.webSocket, envelope, options.ackTimeoutMs)
      socket.webSocket.send(envelope.text)
      return { ...(await answer), socket: socket.number }
    },

    async refresh({ reason = 'refresh_requested', socket: only, closeAfterMs } = {}) {
      const told = ready().filter(({ number }) => only === undefined || number === only)
      if (told.length === 0) throw new TypeError('no such socket is connected')
      const delayMs = closeAfterMs ?? CLOSE_AFTER_MS[reason]
      await Promise.all(told.map((socket) => refreshOne(socket, reason, delayMs)))
    },

    disable() {
      for (const socket of sockets) {
        socket.isLeaving = true
        if (isOpen(socket)) turnAway(socket.webSocket, 'link_disabled')
      }
    },

    cut() {
      for (const { webSocket } of sockets) webSocket.terminate()
    },
  }
}

const isOpen = ({ webSocket }: AppSocket) => webSocket.readyState === webSocket.OPEN
