import type { ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SlackWorkspace } from '../../src/testing/slack-workspace/index.ts'
import { plain, x } from './slack-workspace-block-kit.ts'
import { type InteractionReceiver, refusal, startAsked } from './slack-workspace-kit.ts'

let workspace: SlackWorkspace
let receiver: InteractionReceiver
let client: WebClient
let ts: string

beforeEach(async () => {
  ;({ workspace, receiver, client, ts } = await startAsked(Date.now))
})
afterEach(async () => {
  await workspace.close()
  await receiver.close()
})

const input = (element: object, more = {}) => ({
  type: 'input',
  block_id: 'field',
  label: plain('Field'),
  element: { action_id: 'field', ...element },
  ...more,
})
const number = (more = {}) => ({ type: 'number_input', is_decimal_allowed: false, ...more })
const date = (more = {}) => ({ type: 'datepicker', ...more })

const open = async (...blocks: object[]) => {
  const { payload } = await workspace.click('grace', ts, 'open')
  const view = { type: 'modal', title: plain('Edit'), submit: plain('Save'), blocks }
  return client.views.open({
    trigger_id: String(payload.trigger_id),
    view: view as unknown as ModalView,
  })
}

/** Submits a modal with one field; tells the field's state. */
const submitted = async (block: object, values: Record<string, string>) => {
  const { view } = await open(block)
  const { payload } = await workspace.submitView('grace', String(view?.id), values)
  const { state } = payload.view as { state: { values: Record<string, Record<string, unknown>> } }
  return state.values.field?.field
}

const ELEMENT = '[json-pointer:/view/blocks/0/element'

describe('an element is refused', () => {
  const rows: [string, object, string][] = [
    [
      'a number that does not say whether it may be decimal',
      { type: 'number_input' },
      `missing required field: is_decimal_allowed ${ELEMENT}]`,
    ],
    [
      'a smallest value that is no number',
      number({ min_value: 'one' }),
      `must be a number ${ELEMENT}/min_value]`,
    ],
    [
      'a smallest value above the largest',
      number({ min_value: '3', max_value: '2' }),
      `must be less than or equal to \`max_value\` ${ELEMENT}/min_value]`,
    ],
    [
      'a first value that is too large',
      number({ max_value: '2', initial_value: '3' }),
      `must be a number that the input accepts ${ELEMENT}/initial_value]`,
    ],
    [
      'a first value that is not whole',
      number({ initial_value: '1.5' }),
      `must be a number that the input accepts ${ELEMENT}/initial_value]`,
    ],
    [
      'a number that is no text',
      number({ initial_value: 2 }),
      `must provide a string ${ELEMENT}/initial_value]`,
    ],
    [
      'a number with options',
      number({ options: [] }),
      `invalid additional property: options ${ELEMENT}]`,
    ],
    [
      'a day that does not exist',
      date({ initial_date: '2026-02-30' }),
      `must be a date in the form YYYY-MM-DD ${ELEMENT}/initial_date]`,
    ],
    [
      'a placeholder of 151',
      date({ placeholder: plain(x(151)) }),
      `must be less than 151 characters ${ELEMENT}/placeholder/text]`,
    ],
  ]
  test.each(rows)('%s', async (_name, element, complaint) => {
    expect(await refusal(open(input(element)))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [`[ERROR] ${complaint}`] },
    })
  })

  test('a number in a row of buttons', async () => {
    const actions = { type: 'actions', elements: [number()] }
    expect(await refusal(open(actions))).toMatchObject({
      response_metadata: {
        messages: [
          '[ERROR] unsupported type: number_input [json-pointer:/view/blocks/0/elements/0/type]',
        ],
      },
    })
  })

  test('a second element that wants the focus', async () => {
    const focused = number({ focus_on_load: true })
    const second = input(date({ focus_on_load: true }), { block_id: 'second' })
    expect(await refusal(open(input(focused), second))).toMatchObject({
      response_metadata: {
        messages: [
          '[ERROR] `focus_on_load` may be set on one element only [json-pointer:/view/blocks/1/element/focus_on_load]',
        ],
      },
    })
  })
})

describe('what was entered', () => {
  test.each([
    ['as it stands', number(), '7', { type: 'number_input', value: '7' }],
    ['with decimals', number({ is_decimal_allowed: true }), '1.50', { value: '1.50' }],
    ['below zero', number(), '-2', { value: '-2' }],
    ['as a day', date(), '2026-12-01', { type: 'datepicker', selected_date: '2026-12-01' }],
  ])('is sent %s', async (_name, element, entered, state) => {
    expect(await submitted(input(element), { field: entered })).toMatchObject(state)
  })

  test('is what the field began with, if nobody touched it', async () => {
    expect(await submitted(input(number({ initial_value: '2' })), {})).toEqual({
      type: 'number_input',
      value: '2',
    })
    expect(await submitted(input(date({ initial_date: '2026-11-27' })), {})).toEqual({
      type: 'datepicker',
      selected_date: '2026-11-27',
    })
  })

  test('is nothing, if an optional field was emptied', async () => {
    const emptied = input(number({ initial_value: '2' }), { optional: true })
    expect(await submitted(emptied, { field: '' })).toEqual({ type: 'number_input', value: null })
    const noDay = input(date({ initial_date: '2026-11-27' }), { optional: true })
    expect(await submitted(noDay, { field: '' })).toMatchObject({ selected_date: null })
  })

  test.each([
    ['nothing', number(), '', 'Please complete this field'],
    ['a word', number(), 'two', 'Enter a number'],
    ['a fraction', number(), '1.5', 'Enter a whole number'],
    ['too little', number({ min_value: '1' }), '0', 'Enter a number that is 1 or more'],
    ['too much', number({ max_value: '9' }), '10', 'Enter a number that is 9 or less'],
    ['no day', date(), '', 'Please complete this field'],
    ['half a day', date(), '2026-12', 'Pick a date'],
  ])('is not sent when it is %s', async (_name, element, entered, says) => {
    await expect(submitted(input(element), { field: entered })).rejects.toThrow(
      `the form is incomplete: {"field":"${says}"}`,
    )
    expect(receiver.received.map(({ payload }) => payload.type)).toEqual(['block_actions'])
  })
})
