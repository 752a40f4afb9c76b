import { afterEach, beforeEach, expect, test } from 'vitest'
import { slackChannel } from '../../../src/adapters/slack/index.ts'
import { answerSink } from '../../../src/deciding/receive-answer.ts'
import type { ChannelInstance } from '../../../src/ports/channel.ts'
import { silentLogger } from '../../../src/ports/log.ts'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import { testDesk } from '../../support/desk.ts'
import { useStore } from '../../support/store.ts'
import { clientFor } from '../../testing/slack-workspace-kit.ts'
import { EVIDENCE_DIGEST, TERMS_DIGEST } from './kit.ts'

const context = useStore()
const APPROVE = `hp1.HP-41.${TERMS_DIGEST}.${EVIDENCE_DIGEST}.1`

let workspace: SlackWorkspace
let instance: ChannelInstance
let listening: { close(): Promise<void> } | undefined
beforeEach(async () => {
  workspace = await startSlackWorkspace({ socketMode: true })
  const { botToken, appToken, channelId, apiUrl: slackApiUrl } = workspace
  instance = await slackChannel({ botToken, appToken, channelId, slackApiUrl }).start({
    identities: { gus: workspace.users.guest },
    names: {},
    clock: { now: () => new Date() },
    logger: silentLogger,
  })
  const desk = await testDesk(context.store, { channels: [instance.channel] })
  listening = await instance.listen?.(answerSink(desk, instance.channel))
})
afterEach(async () => {
  await listening?.close()
  await instance.close?.()
  await workspace.close()
})

test.each([
  ['by a guest', APPROVE, 'U0GUEST0001 on HP-41: it is a guest'],
  ['on a message that is not ours', 'press.1', 'not a click on our messages'],
])('a click %s is acknowledged, and stands in the audit', async (_what, blockId, why) => {
  const text = { type: 'plain_text', text: 'Approve' } as const
  const button = { type: 'button', action_id: 'hp_approve', value: 'HP-41', text } as const
  const { ts } = await clientFor(workspace).chat.postMessage({
    channel: workspace.channelId,
    text: 'A button',
    blocks: [{ type: 'actions', block_id: blockId, elements: [button] }],
  })
  expect((await workspace.click('guest', String(ts), 'hp_approve')).acked).toBe(true)
  await instance.close?.()
  const { rows } = await context.sql.query('select event, actor, details from holdpoint.audit')
  expect(rows).toEqual([{ event: 'callback.refused', actor: 'channel:slack', details: { why } }])
})
