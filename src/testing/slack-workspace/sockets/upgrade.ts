import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { FaultQueue } from '../faults.ts'
import { isOwnHost } from '../options.ts'
import type { WorkspaceState } from '../state.ts'
import type { SocketHub } from './hub.ts'

const MAX_MESSAGE_BYTES = 1024 * 1024

/** Opens sockets at the addresses that `apps.connections.open` gives out, each good for one. */
export function serveSockets(
  server: Server,
  parts: {
    readonly state: WorkspaceState
    readonly faults: FaultQueue
    readonly hub: SocketHub
    /** How long a connection stays open after both sides closed its socket. */
    readonly lingerMs: number
  },
): void {
  const { state, faults, hub, lingerMs } = parts
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })

  server.on('upgrade', async (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', () => connection.destroy())
    const { delayMs, fault } = faults.take('socket')
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    if (fault) return connection.destroy()
    if (!isOwnHost(request.headers.host)) return refuse(connection, '421 Misdirected Request')
    const address = URL.parse(request.url ?? '', state.url)
    const ticket = address?.searchParams.get('ticket') ?? ''
    if (address?.pathname !== '/link/' || !state.tickets.delete(ticket)) {
      return refuse(connection, '404 Not Found')
    }
    if (lingerMs > 0) linger(connection, lingerMs)
    sockets.handleUpgrade(request, connection, head, hub.accept)
  })
}

function refuse(connection: Duplex, status: string): void {
  connection.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

/** `ws` ends the connection as soon as both have said goodbye; Slack does not. */
function linger(connection: Duplex, ms: number): void {
  const end = connection.end.bind(connection)
  connection.end = () => {
    setTimeout(end, ms).unref()
    return connection
  }
}
