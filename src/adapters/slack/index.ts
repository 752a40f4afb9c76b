import type { ChannelDefinition } from '../../ports/channel.ts'
import { openCallback } from './callback.ts'
import { messages } from './channel.ts'
import { openClient } from './client.ts'
import { checkIdentities, checkOptions, type SlackChannelOptions } from './options.ts'

export type { SlackChannelOptions } from './options.ts'

/**
 * Asks in a Slack channel, with the picture and the terms in the message. With a `signingSecret`,
 * clicks come back to `POST /callbacks/slack`; without one, the message only links to the page of the
 * request. Throws `HP_ERR_OPTION_INVALID` naming the option.
 */
export function slackChannel(options: SlackChannelOptions): ChannelDefinition {
  const checked = checkOptions(options)
  const { signingSecret } = checked
  return {
    name: 'slack',
    async start(context) {
      checkIdentities(context.identities)
      const client = await openClient(checked)
      const channel = messages(client, checked, context.identities)
      if (signingSecret === undefined) return { channel }
      const callback = openCallback(client, { ...checked, signingSecret }, context)
      return {
        channel,
        callback: (request, sink) => callback.handle(request, sink),
        close: () => callback.settle(),
      }
    },
  }
}
