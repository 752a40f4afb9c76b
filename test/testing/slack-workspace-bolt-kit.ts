import type { AddressInfo } from 'node:net'
import { App, ExpressReceiver, HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import type { SlackWorkspace } from '../../src/testing/slack-workspace/index.ts'
import { QUIET_LOGGER } from './slack-workspace-kit.ts'

export const RECEIVERS = ['HTTPReceiver', 'ExpressReceiver', 'SocketModeReceiver'] as const

export type ReceiverName = (typeof RECEIVERS)[number]

const PATH = '/slack/events'

/** An app of Slack's own framework, connected to the workspace with one of its receivers. */
export async function startBolt(
  workspace: SlackWorkspace,
  name: ReceiverName,
): Promise<{ readonly app: App; stop(): Promise<unknown> }> {
  const logger = QUIET_LOGGER
  const clientOptions = { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } }
  const appWith = (receiver: HTTPReceiver | ExpressReceiver | SocketModeReceiver) =>
    new App({ receiver, token: workspace.botToken, clientOptions, logger })
  if (name === 'SocketModeReceiver') {
    workspace.enableSocketMode()
    const receiver = new SocketModeReceiver({
      appToken: workspace.appToken,
      // It waits this long before it connects again; its default is 5 s.
      clientPingTimeout: 1000,
      installerOptions: { clientOptions },
      logger,
    })
    const app = appWith(receiver)
    await app.start()
    return { app, stop: () => app.stop() }
  }
  const { signingSecret } = workspace
  const receiver =
    name === 'HTTPReceiver'
      ? new HTTPReceiver({ signingSecret, endpoints: PATH, logger })
      : new ExpressReceiver({ signingSecret, endpoints: PATH, logger })
  const app = appWith(receiver)
  const server = await receiver.start({ host: '127.0.0.1', port: 0 })
  const { port } = server.address() as AddressInfo
  workspace.setInteractivityUrl(`http://127.0.0.1:${port}${PATH}`)
  return { app, stop: () => receiver.stop() }
}
