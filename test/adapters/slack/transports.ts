import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { SlackChannelOptions } from '../../../src/adapters/slack/index.ts'
import type { AnswerSink, ChannelInstance } from '../../../src/ports/channel.ts'
import type { SlackWorkspace } from '../../../src/testing/slack-workspace/index.ts'

export const TRANSPORTS = ['http', 'socket'] as const
export type Transport = (typeof TRANSPORTS)[number]

/** The option that makes clicks come this way, and the other one left out. */
export function optionsFor(
  workspace: SlackWorkspace,
  transport: Transport,
): Partial<SlackChannelOptions> {
  return transport === 'http'
    ? { signingSecret: workspace.signingSecret }
    : { signingSecret: undefined, appToken: workspace.appToken }
}

/** A channel that hears of clicks. */
export interface Line {
  /** Why clicks were turned away, over HTTP. */
  readonly refused: string[]
  close(): Promise<void>
}

/** Lets a channel hear what people do in the workspace, as the desk does. */
export async function openLine(
  workspace: SlackWorkspace,
  instance: ChannelInstance,
  transport: Transport,
  sink: AnswerSink,
): Promise<Line> {
  return transport === 'http'
    ? overHttp(workspace, instance, sink)
    : overSocket(workspace, instance, sink)
}

async function overSocket(
  workspace: SlackWorkspace,
  instance: ChannelInstance,
  sink: AnswerSink,
): Promise<Line> {
  workspace.enableSocketMode()
  const listening = await instance.listen?.(sink)
  if (listening === undefined) throw new Error('the channel does not listen')
  return { refused: [], close: () => listening.close() }
}

/** The desk's side of `POST /callbacks/slack`: raw bytes in, and what the channel answered out. */
async function overHttp(
  workspace: SlackWorkspace,
  instance: ChannelInstance,
  sink: AnswerSink,
): Promise<Line> {
  const refused: string[] = []
  const server = createServer(async (incoming, outgoing) => {
    const rawBody = await buffer(incoming)
    const response = await instance.callback?.({ rawBody, headers: incoming.headers }, sink)
    if (response === undefined) return outgoing.writeHead(404).end()
    if (response.refused !== undefined) refused.push(response.refused)
    const type = response.contentType ?? 'text/plain; charset=utf-8'
    return outgoing.writeHead(response.status, { 'content-type': type }).end(response.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  workspace.setInteractivityUrl(`http://127.0.0.1:${port}/callbacks/slack`)
  return {
    refused,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
