import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { SlackWorkspace } from '../../src/testing/slack-workspace/index.ts'

type Message = Readonly<Record<string, unknown>>

/** An app's end of a socket, without the official client: it sees what the wire carries. */
export interface AppSocket {
  readonly received: readonly Message[]
  /** The next message that no call has returned yet. */
  next(): Promise<Message>
  /** Resolves with the code that the socket was closed with. */
  readonly closed: Promise<number>
  readonly pings: readonly string[]
  send(message: unknown): void
  /** Answers the next message, as soon as it comes, with its id and this payload. */
  acknowledge(payload?: Message): Promise<Message>
  close(): Promise<void>
}

/** What `apps.connections.open` answers to this token. */
export async function askForSocket(
  workspace: SlackWorkspace,
  init: RequestInit = { headers: { authorization: `Bearer ${workspace.appToken}` } },
): Promise<Record<string, unknown>> {
  const response = await fetch(`${workspace.apiUrl}apps.connections.open`, {
    method: 'POST',
    ...init,
  })
  return (await response.json()) as Record<string, unknown>
}

/** Opens a socket; unless told otherwise, waits for the greeting. */
export async function openSocket(
  workspace: SlackWorkspace,
  { greeted = true } = {},
): Promise<AppSocket> {
  const socket = dial(String((await askForSocket(workspace)).url))
  if (greeted) await socket.next()
  return socket
}

/** Connects to an address. `closed` rejects when it is turned away before it is a socket. */
export function dial(address: string, headers: Record<string, string> = {}): AppSocket {
  const webSocket = new WebSocket(address, { headers })
  const received: Message[] = []
  const pings: string[] = []
  const waiting: ((message: Message) => void)[] = []
  let taken = 0
  webSocket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Message
    received.push(message)
    waiting.shift()?.(message)
  })
  webSocket.on('ping', (data: Buffer) => pings.push(String(data)))
  const closed = once(webSocket, 'close').then(([code]) => Number(code))
  // Whoever is interested awaits it.
  closed.catch(() => {})
  const next = (): Promise<Message> => {
    const message = received[taken]
    taken += 1
    if (message) return Promise.resolve(message)
    return new Promise((resolve) => waiting.push(resolve))
  }
  const send = (message: unknown) =>
    webSocket.send(typeof message === 'string' ? message : JSON.stringify(message))
  return {
    received,
    pings,
    closed,
    next,
    send,
    async acknowledge(payload) {
      const message = await next()
      send({ envelope_id: message.envelope_id, ...(payload ? { payload } : {}) })
      return message
    },
    async close() {
      webSocket.close(1000)
      await closed
    },
  }
}

/** Acknowledges whatever comes; returns the payloads, in the order they came. */
export async function acknowledgeAll(workspace: SlackWorkspace): Promise<readonly Message[]> {
  const socket = await openSocket(workspace)
  const payloads: Message[] = []
  const listen = async () => {
    for (;;) payloads.push((await socket.acknowledge()).payload as Message)
  }
  void listen()
  return payloads
}
