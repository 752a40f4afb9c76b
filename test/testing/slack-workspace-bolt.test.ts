import type {
  App,
  BlockAction,
  ButtonAction,
  StaticSelectAction,
  ViewSubmitAction,
} from '@slack/bolt'
import type { ModalView } from '@slack/types'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import { eventually } from '../support/eventually.ts'
import { RECEIVERS, startBolt } from './slack-workspace-bolt-kit.ts'
import { clientFor, postPurchase } from './slack-workspace-kit.ts'

// The workspace is our idea of Slack; Bolt is Slack's own idea of an app.

let workspace: SlackWorkspace
let app: App
let stop: () => Promise<unknown>
let ts: string

const inboxOf = async (as: string) => (await fetch(`${workspace.url}/?as=${as}`)).text()

const modal: ModalView = {
  type: 'modal',
  callback_id: 'reason',
  private_metadata: 'HP-41',
  notify_on_close: true,
  title: { type: 'plain_text', text: 'Reject HP-41' },
  submit: { type: 'plain_text', text: 'Reject' },
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: { type: 'plain_text', text: 'Why?' },
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
}

describe.each(RECEIVERS)('with %s', (receiver) => {
  beforeEach(async () => {
    workspace = await startSlackWorkspace({ ackTimeoutMs: 1500 })
    ;({ app, stop } = await startBolt(workspace, receiver))
    ts = await postPurchase(clientFor(workspace), workspace)
  })
  afterEach(async () => {
    await stop()
    await workspace.close()
  })

  test('a click reaches its listener, is acknowledged, and the message is updated', async () => {
    app.action<BlockAction<ButtonAction>>('approve', async ({ ack, action, body, client }) => {
      await ack()
      await client.chat.update({
        channel: body.channel?.id ?? '',
        ts: body.message?.ts ?? '',
        text: `Approved ${action.value} by ${body.user.id}`,
      })
    })
    expect(await workspace.click('grace', ts, 'approve')).toMatchObject({ acked: true, answer: '' })
    const { grace } = workspace.users
    await eventually(() =>
      expect(workspace.messages()).toMatchObject([{ text: `Approved HP-41 by ${grace}` }]),
    )
  })

  test('a choice in a menu reaches its listener, which can answer through the response URL', async () => {
    app.action<BlockAction<StaticSelectAction>>('reject', async ({ ack, action, respond }) => {
      await ack()
      await respond({ text: action.selected_option.value, replace_original: false })
    })
    await workspace.click('ada', ts, 'reject', 'Wrong item')
    await eventually(() =>
      expect(workspace.ephemerals()).toMatchObject([
        { user: workspace.users.ada, text: 'wrong-item' },
      ]),
    )
  })

  test('a modal is opened, refused with errors, accepted, and the next one closed', async () => {
    const submissions: ViewSubmitAction[] = []
    const closed: string[] = []
    app.action('open', async ({ ack, body, client }) => {
      await ack()
      await client.views.open({ trigger_id: (body as BlockAction).trigger_id, view: modal })
    })
    app.view<ViewSubmitAction>('reason', async ({ ack, body, view }) => {
      submissions.push(body)
      const why = view.state.values.why?.text?.value ?? ''
      if (why.length >= 3) return ack()
      return ack({ response_action: 'errors', errors: { why: 'Say more' } })
    })
    app.view({ callback_id: 'reason', type: 'view_closed' }, async ({ ack, view }) => {
      await ack()
      closed.push(view.private_metadata)
    })
    const opened = async () => {
      await workspace.click('grace', ts, 'open')
      await eventually(() => expect(workspace.views()).toHaveLength(1))
      return workspace.views()[0]?.id ?? ''
    }

    const first = await opened()
    const refused = await workspace.submitView('grace', first, { text: 'no' })
    expect(JSON.parse(refused.answer)).toEqual({
      response_action: 'errors',
      errors: { why: 'Say more' },
    })
    expect(workspace.views()).toHaveLength(1)
    expect(await workspace.submitView('grace', first, { text: 'too dear' })).toMatchObject({
      acked: true,
    })
    expect(workspace.views()).toHaveLength(0)
    expect(submissions).toMatchObject([
      { user: { id: workspace.users.grace }, view: { private_metadata: 'HP-41' } },
      { view: { state: { values: { why: { text: { value: 'too dear' } } } } } },
    ])
    expect(await workspace.closeView('grace', await opened())).toMatchObject({ acked: true })
    expect(closed).toEqual(['HP-41'])
  })

  test('a click that its listener does not acknowledge leaves the warning', async () => {
    app.action('approve', async () => {})
    expect(await workspace.click('grace', ts, 'approve')).toMatchObject({ acked: false })
    expect(await inboxOf('grace')).toContain('Holdpoint didn’t respond')
  })

  test('a delivery that comes twice is handed to the listener twice', async () => {
    const triggers: string[] = []
    app.action('approve', async ({ ack, body }) => {
      await ack()
      triggers.push((body as BlockAction).trigger_id)
    })
    const click = await workspace.click('grace', ts, 'approve')
    await workspace.redeliver(click, { exactReplay: true })
    const id = click.payload.trigger_id
    await eventually(() => expect(triggers).toEqual([id, id]))
  })
})

describe.each(['HTTPReceiver', 'ExpressReceiver'] as const)(
  'the signature, with %s',
  (receiver) => {
    let clicks: number

    beforeEach(async () => {
      workspace = await startSlackWorkspace()
      ;({ app, stop } = await startBolt(workspace, receiver))
      ts = await postPurchase(clientFor(workspace), workspace)
      clicks = 0
      app.action('approve', async ({ ack }) => {
        clicks += 1
        await ack()
      })
    })
    afterEach(async () => {
      await stop()
      await workspace.close()
    })

    test.each([
      ['a forged one', { badSignature: true }],
      ['one of ten minutes ago', { timestampOffsetMs: -600_000 }],
    ])('%s is refused by Bolt', async (_name, variation) => {
      const click = await workspace.click('grace', ts, 'approve', undefined, variation)
      expect(click).toMatchObject({ status: 401, acked: false })
      expect(clicks).toBe(0)
      expect(await workspace.redeliver(click)).toMatchObject({ status: 200, acked: true })
      expect(clicks).toBe(1)
    })
  },
)

test('over sockets, Bolt comes back by itself after a refresh', async () => {
  workspace = await startSlackWorkspace()
  ;({ app, stop } = await startBolt(workspace, 'SocketModeReceiver'))
  ts = await postPurchase(clientFor(workspace), workspace)
  app.action('approve', async ({ ack }) => ack())
  await workspace.refreshSockets()
  // Its own gap: nobody is there for a while.
  expect(await workspace.click('grace', ts, 'approve')).toMatchObject({ status: 'refused' })
  await eventually(() => expect(workspace.socketCount).toBe(1))
  expect(await workspace.click('grace', ts, 'approve')).toMatchObject({ acked: true })
  await stop()
  await workspace.close()
})
