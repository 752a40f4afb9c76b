import type { WebClient } from '@slack/web-api'
import type { AnswerSink, ChannelContext } from '../../ports/channel.ts'
import { type Acting, act, type Reply, TAKEN } from './act.ts'
import { isAt, rememberedHome } from './home.ts'
import type { Interaction } from './interaction.ts'
import type { SlackOptions } from './options.ts'
import { within } from './within.ts'

/** Slack waits three seconds and then shows a warning; what takes longer goes on after the answer. */
const ANSWER_WITHIN_MS = 2_500

/** Hears what people do with our messages, whichever way it comes. */
export interface Hearing {
  /** Answers within the time that Slack gives, whatever happens. Never rejects. */
  hear(interaction: Interaction, sink: AnswerSink): Promise<Reply>
  /** For what goes on after Slack was answered. */
  goOn(work: Promise<unknown>): void
  /** Waits for what still goes on. */
  settle(): Promise<void>
}

export function openHearing(
  client: WebClient,
  options: SlackOptions,
  { identities, logger }: ChannelContext,
): Hearing {
  const pending = new Set<Promise<unknown>>()
  const homeOfToken = rememberedHome(client, options)
  const known = new Set(Object.values(identities))

  const goOn = (work: Promise<unknown>): void => {
    const settled = work
      .catch((error: unknown) => {
        logger.warn('a click was not followed through', { error: String(error) })
      })
      .finally(() => pending.delete(settled))
    pending.add(settled)
  }

  const tell: Acting['tell'] = ({ channel = options.channelId, user }, text) => {
    goOn(
      client.chat.postEphemeral({ channel, user, text }).catch((error: unknown) => {
        logger.warn('a Slack user could not be told', { error: String(error) })
      }),
    )
  }

  async function answer(interaction: Interaction, sink: AnswerSink): Promise<Reply> {
    if (options.appId !== undefined && interaction.appId !== options.appId) {
      return { isForeign: true, refused: 'another app' }
    }
    if (interaction.type === 'none') return TAKEN
    const home = await homeOfToken()
    if (home === undefined) {
      tell(interaction, 'Slack could not be asked just now. Nothing changed; please try again.')
      return { refused: 'the workspace could not be looked up' }
    }
    if (!isAt(home, interaction)) return { isForeign: true, refused: 'another workspace' }
    return act({ client, logger, sink, home, known, tell, goOn }, interaction)
  }

  return {
    async hear(interaction, sink) {
      const work = answer(interaction, sink).catch((error: unknown) => {
        logger.error('a click failed', { error: String(error) })
        if (interaction.type !== 'none') {
          tell(interaction, 'That could not be recorded. Nothing changed; please try again.')
        }
        return TAKEN
      })
      goOn(work)
      return within(ANSWER_WITHIN_MS, work).catch(() => TAKEN)
    },
    goOn,
    async settle() {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}
