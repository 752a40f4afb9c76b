import type { AnswerSink, ChannelContext } from '../../ports/channel.ts'
import type { Hearing } from './hearing.ts'
import type { SlackOptions } from './options.ts'
import { readInteraction } from './payload.ts'
import { openSocket } from './socket.ts'

/** Interactions over Socket Mode: what HTTP carries in its form, proven by the socket instead of a signature. */
export async function overSocket(
  hearing: Hearing,
  options: SlackOptions & { readonly appToken: string },
  sink: AnswerSink,
  { logger }: Pick<ChannelContext, 'logger'>,
): Promise<{ close(): Promise<void> }> {
  return openSocket(options, logger, async (payload) => {
    const interaction = readInteraction(payload)
    const { form, refused } =
      interaction === undefined
        ? { refused: 'not a click on our messages' }
        : await hearing.hear(interaction, sink)
    // HTTP says it in its response; here there is none. Slack is not kept waiting for it.
    if (refused !== undefined) hearing.goOn(sink.refused(refused))
    return form
  })
}
