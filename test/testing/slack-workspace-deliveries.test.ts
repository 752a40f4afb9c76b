import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SlackWorkspace } from '../../src/testing/slack-workspace/index.ts'
import { type InteractionReceiver, startAsked } from './slack-workspace-kit.ts'
import { acknowledgeAll } from './slack-workspace-socket-kit.ts'

let workspace: SlackWorkspace
let receiver: InteractionReceiver
let ts: string

beforeEach(async () => {
  ;({ workspace, receiver, ts } = await startAsked(Date.now))
})
afterEach(async () => {
  await workspace.close()
  await receiver.close()
})

type Payload = Readonly<Record<string, unknown>>

describe.each(['http', 'socket'] as const)('over %s', (transport) => {
  let payloads: () => readonly Payload[]

  beforeEach(async () => {
    payloads = () => receiver.received.map(({ payload }) => payload)
    if (transport === 'http') return
    workspace.enableSocketMode()
    const received = await acknowledgeAll(workspace)
    payloads = () => received
  })

  const actionIds = () =>
    payloads().map(({ actions }) => (actions as { action_id: string }[])[0]?.action_id)

  test('a delivery can be made twice: the same payload with the same trigger id', async () => {
    const first = await workspace.click('grace', ts, 'approve')
    const second = await workspace.redeliver(first)
    expect([first, second]).toMatchObject([
      { transport, acked: true },
      { transport, acked: true },
    ])
    expect(payloads()).toEqual([first.payload, first.payload])
  })

  test('an exact replay has the very same bytes, another delivery has not', async () => {
    const first = await workspace.click('grace', ts, 'approve')
    const replayed = await workspace.redeliver(first.id, { exactReplay: true })
    expect(replayed).toMatchObject({ body: first.body, headers: first.headers, acked: true })
    const again = await workspace.redeliver(first)
    expect(again.body === first.body).toBe(transport === 'http')
  })

  test('a click that is held arrives when it is released, as it was when it was made', async () => {
    const hold = workspace.holdDeliveries()
    const click = workspace.click('grace', ts, 'approve')
    expect(hold.waiting).toBe(1)
    workspace.say('ada', 'meanwhile')
    expect(payloads()).toEqual([])
    const [delivery] = await hold.release()
    expect(await click).toEqual(delivery)
    expect(payloads()).toEqual([delivery?.payload])
    await workspace.click('grace', ts, 'approve')
    expect(payloads()).toHaveLength(2)
  })

  test('held clicks can be delivered in another order', async () => {
    const hold = workspace.holdDeliveries()
    const clicks = [
      workspace.click('grace', ts, 'approve'),
      workspace.click('ada', ts, 'open'),
      workspace.click('mallory', ts, 'reject', 'too-expensive'),
    ]
    const released = await hold.release([2, 0, 1])
    expect(actionIds()).toEqual(['reject', 'approve', 'open'])
    expect(released.map(({ user }) => user)).toEqual([
      workspace.users.mallory,
      workspace.users.grace,
      workspace.users.ada,
    ])
    const results = await Promise.all(clicks)
    expect(results.map(({ acked }) => acked)).toEqual([true, true, true])
  })

  test('each is delivered when the one before was answered', async () => {
    const hold = workspace.holdDeliveries()
    const clicks = [workspace.click('grace', ts, 'approve'), workspace.click('ada', ts, 'open')]
    await hold.release([1, 0])
    const [approve, open] = await Promise.all(clicks)
    expect(workspace.deliveries().map(({ id }) => id)).toEqual([open?.id, approve?.id])
  })

  test('a modal that is submitted can be held as well', async () => {
    const { payload } = await workspace.click('grace', ts, 'open')
    await openReason(String(payload.trigger_id))
    const [open] = workspace.views()
    const hold = workspace.holdDeliveries()
    const submitted = workspace.submitView('grace', String(open?.id), { text: 'too dear' })
    expect(workspace.views()).toHaveLength(1)
    await hold.release()
    expect(await submitted).toMatchObject({ type: 'view_submission', acked: true })
    expect(workspace.views()).toHaveLength(0)
  })
})

const openReason = (trigger_id: string) =>
  fetch(`${workspace.apiUrl}views.open`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${workspace.botToken}`,
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify({
      trigger_id,
      view: {
        type: 'modal',
        title: { type: 'plain_text', text: 'Reject' },
        submit: { type: 'plain_text', text: 'Reject' },
        blocks: [
          {
            type: 'input',
            label: { type: 'plain_text', text: 'Why?' },
            element: { type: 'plain_text_input', action_id: 'text' },
          },
        ],
      },
    }),
  })

test('a request captured over HTTP can be replayed after Socket Mode was turned on', async () => {
  const captured = await workspace.click('grace', ts, 'approve')
  workspace.enableSocketMode()
  const replayed = await workspace.redeliver(captured, { exactReplay: true })
  expect(replayed).toMatchObject({ transport: 'http', headers: captured.headers })
  expect(receiver.received).toHaveLength(2)
})

test('a release must name each that waits, once', async () => {
  const hold = workspace.holdDeliveries()
  const clicks = [workspace.click('grace', ts, 'approve'), workspace.click('ada', ts, 'open')]
  for (const order of [[0], [0, 0], [0, 2], [0, 1, 1], []]) {
    await expect(hold.release(order)).rejects.toThrow(/must name each of the 2 that wait once/)
  }
  expect(() => workspace.holdDeliveries()).toThrow(/held already/)
  await hold.release()
  await Promise.all(clicks)
})
