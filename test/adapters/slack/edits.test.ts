import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { messageBlocks } from '../../../src/adapters/slack/blocks.ts'
import { endedLine } from '../../../src/adapters/slack/ended-blocks.ts'
import { viewOf } from '../../../src/adapters/slack/view.ts'
import { definePolicy } from '../../../src/core/policy.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import {
  approvalBy,
  type Bench,
  bench,
  blockLines,
  decided,
  EVIDENCE_DIGEST,
  editableRequest,
  message,
  REQUEST_URL,
  request,
  TERMS_DIGEST,
} from './kit.ts'
import { type Line, openLine, optionsFor, TRANSPORTS } from './transports.ts'

const options = { signingSecret: 'secret', appToken: undefined, lockScreen: 'full' } as const

function buttons(shown: ApprovalRequest, picture: 'shown' | 'coming' = 'shown'): string {
  const view = viewOf(message({ request: shown }), options, { grace: 'U777' })
  const state = picture === 'shown' ? { state: picture, fileId: 'F1' } : { state: picture }
  const lines = blockLines(messageBlocks({ ...view, picture: state }))
  return lines.find((line) => line.startsWith('actions:')) ?? ''
}

test('Edit… stands beside Approve where the policy allows it and something is offered, and nowhere else', () => {
  const policy = editableRequest().policy
  expect(buttons(editableRequest())).toMatch(/^actions: \[Approve 182\.40 EUR\] \[Edit…\] \[Reject/)
  expect(buttons(editableRequest({ policy: request().policy }))).not.toContain('Edit')
  expect(buttons(request({ policy }))).not.toContain('Edit')
  expect(buttons(editableRequest(), 'coming')).not.toContain('Edit')
  const two = { ...definePolicy({ reviewers: ['grace', 'ada'], quorum: 2 }), allowEdits: true }
  expect(buttons(editableRequest({ policy: two }))).not.toContain('Edit')
})

test('the message afterwards says what was changed, and no total that was not paid', () => {
  const values = { qty: '1', slot: 'pm' }
  const change = {
    evidence: editableRequest().evidence,
    decisions: [{ ...approvalBy('grace'), values }],
  }
  const line = (shown: ApprovalRequest): string =>
    endedLine(viewOf(message({ request: shown }), options, {}))
  expect(line(decided('approve', change))).toContain(
    'with changes: quantity 2 → 1, Time of day Morning → Afternoon, placing order…',
  )
  const done = {
    ...change,
    execution: { state: 'succeeded', token: 1, label: 'order 10042' },
  } as const
  expect(line(decided('approve', done))).toMatch(
    /^✅ Order 10042 placed with changes: quantity 2 → 1/,
  )
  expect(line(decided('approve', done))).not.toContain('182.40')
})

describe.each(TRANSPORTS)('over %s', (transport) => {
  let workspace: SlackWorkspace
  let slack: Bench
  let line: Line
  let ts: string

  beforeEach(async () => {
    workspace = await startSlackWorkspace({ fileReadyDelayMs: 0 })
    slack = await bench(workspace, optionsFor(workspace, transport))
    line = await openLine(workspace, slack.instance, transport, slack.sink)
    await slack.show(message({ request: editableRequest() }))
    ts = workspace.messages(workspace.channelId)[0]?.ts ?? ''
  })
  afterEach(async () => {
    await line.close()
    await slack.instance.close?.()
    await workspace.close()
  })

  async function openForm(): Promise<string> {
    expect(await workspace.click('grace', ts, 'hp_edit')).toMatchObject({ acked: true, answer: '' })
    const [view] = workspace.views(workspace.users.grace)
    if (view === undefined) throw new Error('no form is open')
    return view.id
  }

  /** What a reviewer was told in the form, at which block. */
  async function submit(values: Record<string, string>) {
    return workspace.submitView('grace', await openForm(), values)
  }

  test('Edit… opens a form with each field as it is now, and counts as looking', async () => {
    await openForm()
    const [form] = workspace.views(workspace.users.grace)
    expect(form?.view).toMatchObject({
      title: { text: 'Edit HP-41' },
      submit: { text: 'Approve with changes' },
    })
    const blocks = JSON.parse(JSON.stringify(form?.view.blocks)) as {
      label: { text: string }
      element: Record<string, unknown>
    }[]
    expect(blocks.map(({ label, element }) => [label.text, element.type])).toEqual([
      ['Quantity', 'number_input'],
      ['Note', 'plain_text_input'],
      ['Delivery day', 'datepicker'],
      ['Time of day', 'static_select'],
    ])
    expect(blocks[0]?.element).toMatchObject({ initial_value: '2', min_value: '1', max_value: '2' })
    expect(blocks[2]?.element).toMatchObject({ initial_date: '2026-12-01' })
    expect(blocks[3]?.element).toMatchObject({ initial_option: { text: { text: 'Morning' } } })
    await expect
      .poll(() => slack.looks, { interval: 10 })
      .toEqual([{ requestId: 'HP-41', identity: workspace.users.grace }])
    expect(slack.answers).toEqual([])
  })

  test('the form approves, with the values by the names of their fields and what the screen showed', async () => {
    const sent = await submit({
      'hp_edit_block.0': '1',
      'hp_edit_block.1': 'Ring twice',
      'hp_edit_block.3': 'Afternoon',
    })
    expect(sent).toMatchObject({ acked: true, answer: '' })
    expect(slack.answers).toMatchObject([
      {
        answer: 'approve',
        values: { qty: '1', note: 'Ring twice', day: '2026-12-01', slot: 'pm' },
        identity: workspace.users.grace,
        expectedTermsDigest: TERMS_DIGEST,
        expectedEvidenceDigest: EVIDENCE_DIGEST,
      },
    ])
    expect(workspace.views()).toEqual([])
  })

  test('a form that is delivered twice is one answer', async () => {
    const sent = await submit({ 'hp_edit_block.0': '1' })
    await workspace.redeliver(sent)
    const keys = slack.answers.map(({ dedupeKey }) => dedupeKey)
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
  })

  test('a refusal is shown at its field, and the form stays open', async () => {
    slack.receipt = {
      accepted: false,
      message: 'Delivery day is gone. Nothing changed.',
      field: 'day',
    }
    const sent = await submit({ 'hp_edit_block.2': '2026-12-03' })
    expect(JSON.parse(sent.answer)).toEqual({
      response_action: 'errors',
      errors: { 'hp_edit_block.2': 'Delivery day is gone. Nothing changed.' },
    })
    expect(workspace.views(workspace.users.grace)).toHaveLength(1)
  })

  test('an option that the form does not have is handed in as none, to be refused', async () => {
    const view = await openForm()
    slack.editable = slack.editable.slice(0, 3).concat({
      type: 'choice',
      name: 'slot',
      label: 'Time of day',
      value: 'am',
      options: [{ value: 'am', label: 'Morning' }],
    })
    await workspace.submitView('grace', view, { 'hp_edit_block.3': 'Afternoon' })
    expect(slack.answers[0]?.values?.slot).toBe('')
  })

  test('a form whose fields are not offered any more approves nothing', async () => {
    const view = await openForm()
    slack.editable = []
    await workspace.submitView('grace', view, { 'hp_edit_block.0': '1' })
    await expect.poll(() => workspace.ephemerals().length, { interval: 10 }).toBe(1)
    expect(slack.answers).toEqual([])
  })

  test('a form that does not open leaves the question, and links to its page', async () => {
    workspace.faults.add({ method: 'views.open', kind: 'http500' })
    await workspace.click('grace', ts, 'hp_edit')
    await expect.poll(() => workspace.ephemerals().length, { interval: 10 }).toBe(1)
    expect(workspace.ephemerals()[0]?.text).toContain(REQUEST_URL)
    expect(slack.answers).toEqual([])
  })

  test('who is no reviewer gets no form', async () => {
    slack.receipt = { accepted: false, message: 'Only Grace may answer HP-41. Nothing changed.' }
    await workspace.click('mallory', ts, 'hp_edit')
    await expect.poll(() => workspace.ephemerals().length, { interval: 10 }).toBe(1)
    expect(workspace.views()).toEqual([])
  })
})
