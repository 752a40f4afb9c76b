import type { defineChannel } from 'holdpoint'
import { startSlackWorkspace } from './slack-workspace/index.ts'

type ChannelDefinition = ReturnType<typeof defineChannel>

/** Who can open the inbox: their ids, for `reviewers: { grace: { name: 'Grace', slack: LOCAL_PEOPLE.grace } }`. */
export const LOCAL_PEOPLE = { grace: 'U0GRACE0001', ada: 'U0ADA000001' } as const

/** Where the inbox listens, and who hears of it. */
export interface LocalInboxOptions {
  /** Default: any free one. */
  readonly port?: number
  /** Told where the inbox is, once it is open. Default: a line on standard error. */
  readonly onOpen?: (url: string) => void
}

/**
 * For whoever has no Slack at hand: the Slack channel, speaking to a local workspace with a web inbox on
 * 127.0.0.1. The cards, the clicks and their checks are those of Slack; only whoever can reach the inbox
 * may click there as anybody, so it refuses to start where `NODE_ENV` is production.
 */
export function localInbox(options: LocalInboxOptions = {}): ChannelDefinition {
  const onOpen =
    options.onOpen ??
    ((url) => process.stderr.write(`holdpoint: inbox at ${url} (stands in for Slack)\n`))
  return {
    name: 'slack',
    async start(context) {
      const { slackChannel } = await import('holdpoint/slack')
      const workspace = await startSlackWorkspace({
        socketMode: true,
        ...(options.port === undefined ? {} : { port: options.port }),
      })
      try {
        const instance = await slackChannel({
          botToken: workspace.botToken,
          appToken: workspace.appToken,
          channelId: workspace.channelId,
          slackApiUrl: workspace.apiUrl,
        }).start(context)
        onOpen(workspace.url)
        return {
          ...instance,
          async close() {
            await instance.close?.()
            await workspace.close()
          },
        }
      } catch (error) {
        await workspace.close()
        throw error
      }
    },
  }
}
