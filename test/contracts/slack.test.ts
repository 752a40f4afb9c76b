import { slackChannel } from '../../src/adapters/slack/index.ts'
import { systemClock } from '../../src/ports/clock.ts'
import { type StoredMessage, startSlackWorkspace } from '../../src/testing/slack-workspace/index.ts'
import { type Line, openLine, optionsFor, TRANSPORTS } from '../adapters/slack/transports.ts'
import { eventually } from '../support/eventually.ts'
import { describeChannel } from './channel.ts'
import type { ChannelUnderTest, Click } from './channel-kit.ts'

/** Grace's account, whoever she is to the desk. */
const PERSON = 'grace'

for (const transport of TRANSPORTS) {
  describeChannel({
    name: `Slack over ${transport}`,
    canFail: true,
    hasThreads: true,
    async start(reviewer, logger): Promise<ChannelUnderTest> {
      const workspace = await startSlackWorkspace()
      const instance = await slackChannel({
        botToken: workspace.botToken,
        channelId: workspace.channelId,
        slackApiUrl: workspace.apiUrl,
        ...optionsFor(workspace, transport),
      }).start({
        identities: reviewer === undefined ? {} : { [reviewer]: workspace.users.grace },
        names: {},
        // The workspace signs by the machine's clock.
        clock: systemClock,
        logger,
      })
      let line: Line | undefined
      const about = (id: string): readonly StoredMessage[] =>
        workspace.messages().filter((each) => each.metadata?.event_payload['request_id'] === id)
      const questions = (id: string) =>
        about(id).filter((each) => each.metadata?.event_payload['part'] === 'message')
      const text = (message: StoredMessage) => `${message.text} ${JSON.stringify(message.blocks)}`
      const ts = (id: string) => questions(id)[0]?.ts ?? ''
      const click = (id: string, answer: 'approve' | 'reject') =>
        workspace.click(PERSON, ts(id), `hp_${answer}`, answer === 'reject' ? 'other' : undefined)

      return {
        instance,
        async connect(sink) {
          line = await openLine(workspace, instance, transport, sink)
        },
        count: (id) => questions(id).length,
        screen: (id) => about(id).map(text).join('\n'),
        said: (id) => about(id).length - questions(id).length,
        offers: (id) => questions(id).some((each) => text(each).includes('hp_approve')),
        async answer(id, answer, reason = 'no'): Promise<Click> {
          const before = workspace.ephemerals().length
          let given = await click(id, answer)
          // Presets reject at once; words of one's own are put into a form.
          const form = workspace.views(workspace.users.grace).at(-1)
          if (form !== undefined) {
            given = await workspace.submitView(PERSON, form.id, { hp_reason_text: reason })
          }
          return {
            told: () =>
              eventually(() => {
                const told = workspace.ephemerals()[before]
                if (told === undefined) throw new Error('nobody was told')
                return told.text
              }),
            again: async () => void (await workspace.redeliver(given)),
          }
        },
        secrets: () => [workspace.botToken, workspace.appToken, workspace.signingSecret],
        failNext: (when) =>
          workspace.faults.add({
            method: 'chat.postMessage',
            kind: when === 'before' ? 'drop_before' : 'commit_then_drop',
          }),
        threadOf(id) {
          const [question] = questions(id)
          return question?.threadTs ?? question?.ts ?? ''
        },
        ...(transport === 'http'
          ? {
              async unsigned(id) {
                // Nobody listens: this is the click as it would be sent.
                await line?.close()
                line = undefined
                const { body, headers } = await click(id, 'approve')
                const { 'x-slack-signature': _, ...rest } = headers
                return { rawBody: Buffer.from(body), headers: rest }
              },
            }
          : {}),
        async close() {
          await line?.close()
          await instance.close?.()
          await workspace.close()
        },
      }
    },
  })
}
