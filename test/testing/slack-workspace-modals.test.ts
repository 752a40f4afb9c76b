import type { ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SlackWorkspace } from '../../src/testing/slack-workspace/index.ts'
import { type InteractionReceiver, refusal, startAsked } from './slack-workspace-kit.ts'

let workspace: SlackWorkspace
let receiver: InteractionReceiver
let client: WebClient
let ts: string
let nowMs: number

beforeEach(async () => {
  nowMs = 1_795_270_000_000
  ;({ workspace, receiver, client, ts } = await startAsked(() => nowMs))
})
afterEach(async () => {
  await workspace.close()
  await receiver.close()
})

const modal: ModalView = {
  type: 'modal',
  callback_id: 'reject-reason',
  private_metadata: 'HP-41',
  title: { type: 'plain_text', text: 'Reject HP-41' },
  submit: { type: 'plain_text', text: 'Reject' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: { type: 'plain_text', text: 'Why?' },
      element: { type: 'plain_text_input', action_id: 'text', min_length: 3 },
    },
  ],
}

const triggerId = async () =>
  String((await workspace.click('grace', ts, 'open')).payload.trigger_id)
const open = async (view: ModalView = modal) =>
  client.views.open({ trigger_id: await triggerId(), view })

test('a trigger id opens one modal, for the person who clicked', async () => {
  const trigger_id = await triggerId()
  await client.views.open({ trigger_id, view: modal })
  expect(workspace.views(workspace.users.grace)).toHaveLength(1)
  expect(await refusal(client.views.open({ trigger_id, view: modal }))).toMatchObject({
    error: 'exchanged_trigger_id',
  })
})

test('a trigger id is good for three seconds, not a millisecond more', async () => {
  const [early, late] = [await triggerId(), await triggerId()]
  nowMs += 3000
  await client.views.open({ trigger_id: early, view: modal })
  nowMs += 1
  expect(await refusal(client.views.open({ trigger_id: late, view: modal }))).toMatchObject({
    error: 'expired_trigger_id',
  })
  expect(await refusal(client.views.open({ trigger_id: '1.2.3', view: modal }))).toMatchObject({
    error: 'invalid_trigger_id',
  })
})

test('a submission is delivered with what was entered and closes the modal', async () => {
  const { view } = await open()
  const delivery = await workspace.submitView('grace', String(view?.id), { text: 'too dear' })
  expect(delivery.payload).toMatchObject({
    type: 'view_submission',
    user: { id: workspace.users.grace },
    view: {
      id: view?.id,
      callback_id: 'reject-reason',
      private_metadata: 'HP-41',
      state: { values: { reason: { text: { type: 'plain_text_input', value: 'too dear' } } } },
    },
  })
  expect(workspace.views()).toHaveLength(0)
})

test('an incomplete form is not sent', async () => {
  const { view } = await open()
  const before = workspace.deliveries().length
  for (const text of ['', 'ab']) {
    await expect(workspace.submitView('grace', String(view?.id), { text })).rejects.toThrow(
      /incomplete/,
    )
  }
  expect(workspace.deliveries()).toHaveLength(before)
})

test.each([
  ['keeps the modal open', 200, '{"response_action":"errors","errors":{"reason":"No"}}', 1],
  ['closes all of it', 200, '{"response_action":"clear"}', 0],
  ['puts another on top', 200, JSON.stringify({ response_action: 'push', view: modal }), 2],
  ['replaces it', 200, JSON.stringify({ response_action: 'update', view: modal }), 1],
  ['leaves it open when not acknowledged', 500, '', 1],
  ['leaves it open on an unreadable answer', 200, 'ok', 1],
])('the answer to a submission %s', async (_name, status, body, left) => {
  const { view } = await open()
  receiver.answerWith(status, body)
  await workspace.submitView('grace', String(view?.id), { text: 'reason' })
  expect(workspace.views()).toHaveLength(left)
})

test('three modals may lie on each other, a fourth is not pushed', async () => {
  await open()
  receiver.answerWith(200, JSON.stringify({ response_action: 'push', view: modal }))
  const push = async () => {
    const top = String(workspace.views().at(-1)?.id)
    await workspace.submitView('grace', top, { text: 'reason' })
    return workspace.views().length
  }
  expect([await push(), await push(), await push()]).toEqual([2, 3, 3])
})

test('closing is told only to apps that asked for it', async () => {
  const first = await open()
  const told = await workspace.closeView('grace', String(first.view?.id))
  expect(told?.payload).toMatchObject({ type: 'view_closed', view: { id: first.view?.id } })
  const { notify_on_close: _unasked, ...quiet } = modal
  const second = await open(quiet)
  expect(await workspace.closeView('grace', String(second.view?.id))).toBeUndefined()
})

test('an update must know the modal as it is', async () => {
  const { view } = await open()
  const view_id = String(view?.id)
  await client.views.update({ view_id, hash: String(view?.hash), view: modal })
  const stale = client.views.update({ view_id, hash: String(view?.hash), view: modal })
  expect(await refusal(stale)).toMatchObject({ error: 'hash_conflict' })
  const gone = client.views.update({ view_id: 'V0NOTHING00', view: modal })
  expect(await refusal(gone)).toMatchObject({ error: 'not_found' })
})

const { submit: _none, ...unsubmittable } = modal
test.each([
  [
    'an input without submit',
    unsubmittable,
    'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
  ],
  [
    'a title of 25',
    { ...modal, title: { type: 'plain_text', text: 'x'.repeat(25) } },
    'must be less than 25 characters [json-pointer:/view/title/text]',
  ],
  [
    '101 blocks',
    { ...modal, blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) },
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ],
  [
    'private metadata of 3,001',
    { ...modal, private_metadata: 'x'.repeat(3001) },
    'must be less than 3001 characters [json-pointer:/view/private_metadata]',
  ],
  ['a home tab', { ...modal, type: 'home' }, 'unsupported type: home [json-pointer:/view/type]'],
])('refused: %s', async (_name, view, complaint) => {
  expect(await refusal(open(view as ModalView))).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: expect.arrayContaining([`[ERROR] ${complaint}`]) },
  })
})
