import type { ChannelDefinition } from '../../ports/channel.ts'
import { messages } from './channel.ts'
import { openClient } from './client.ts'
import { openHearing } from './hearing.ts'
import { checkIdentities, checkOptions, type SlackChannelOptions } from './options.ts'
import { overHttp } from './over-http.ts'
import { overSocket } from './over-socket.ts'
import { slackChecks } from './setup/checks.ts'

export type { SlackChannelOptions } from './options.ts'

/**
 * Asks in a Slack channel, with the picture and the terms in the message. Clicks come back in the way
 * that the app is set to, which is named by the one option that belongs to it:
 *
 * - `appToken`: over a socket (Socket Mode). Nothing has to be reachable from outside. Needs the package
 *   `@slack/socket-mode`. Starting rejects when Slack refuses the token or Socket Mode is off.
 * - `signingSecret`: over HTTP, to `POST /callbacks/slack`.
 * - neither: the message only links to the page of the request.
 *
 * Throws `HP_ERR_OPTION_INVALID` naming the option; also for both, as one of them would listen in vain.
 */
export function slackChannel(options: SlackChannelOptions): ChannelDefinition {
  const checked = checkOptions(options)
  const { appToken, signingSecret } = checked
  return {
    name: 'slack',
    checks: () => slackChecks(checked),
    async start(context) {
      checkIdentities(context.identities)
      const client = await openClient(checked)
      const hearing = openHearing(client, checked, context)
      return {
        channel: messages(client, checked, context.identities),
        ...(appToken === undefined
          ? {}
          : { listen: (sink) => overSocket(hearing, { ...checked, appToken }, sink, context) }),
        ...(signingSecret === undefined
          ? {}
          : { callback: overHttp(hearing, signingSecret, context) }),
        close: () => hearing.settle(),
      }
    },
  }
}
