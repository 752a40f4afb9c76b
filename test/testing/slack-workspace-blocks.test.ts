import type { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import {
  actions,
  button,
  confirm,
  context,
  header,
  image,
  many,
  mrkdwn,
  option,
  overflow,
  PAGE,
  plain,
  rich,
  section,
  select,
  x,
} from './slack-workspace-block-kit.ts'
import { clientFor, refusal } from './slack-workspace-kit.ts'

let workspace: SlackWorkspace
let client: WebClient

beforeAll(async () => {
  workspace = await startSlackWorkspace()
  client = clientFor(workspace)
})
afterAll(() => workspace.close())

const post = (blocks: unknown) =>
  client.chat.postMessage({ channel: workspace.channelId, text: 'x', blocks: blocks as never })

/** What fits exactly. */
const FITS: readonly (readonly [string, unknown])[] = [
  ['a header of 150', header(plain(x(150)))],
  ['a section of 3,000', section({ text: mrkdwn(x(3000)) })],
  ['ten fields', section({ fields: many(10, () => plain(x(400))) })],
  ['a field of 2,000', section({ fields: [mrkdwn(x(2000))] })],
  ['ten context elements', context(many(10, () => plain('x')))],
  ['an image in context', context([image({ image_url: PAGE })])],
  ['25 buttons', actions(...many(25, (index) => button({ action_id: `b${index}` })))],
  ['a button of 75, value 2,000', actions(button({ text: plain(x(75)), value: x(2000) }))],
  ['a danger button with confirm', actions(confirm({ style: 'danger', title: plain(x(100)) }))],
  ['100 options', actions(select({ options: many(100, (index) => option(`v${index}`)) }))],
  [
    'option groups',
    actions(
      select({
        options: undefined,
        option_groups: [{ label: plain('g'), options: [option('a')] }],
      }),
    ),
  ],
  ['an overflow menu with a link', actions(overflow([option('a', { url: PAGE })]))],
  ['an accessory', section({ text: mrkdwn('x'), accessory: button() })],
  [
    'an alt text and title of 2,000',
    image({ image_url: PAGE, alt_text: x(2000), title: plain(x(2000)) }),
  ],
  ['an action id of 255', actions(button({ action_id: x(255) }))],
  ['an accessibility label of 75', actions(button({ accessibility_label: x(75) }))],
  ['an option of 75 and 75', actions(select({ options: [option(x(75))] }))],
  ['five overflow options', actions(overflow(many(5, (index) => option(`v${index}`))))],
  ['a confirm of 300 and 30', actions(confirm({ text: plain(x(300)), deny: plain(x(30)) }))],
  ['a placeholder of 150', actions(select({ placeholder: plain(x(150)) }))],
  ['a divider', { type: 'divider' }],
  ['a block id of 255', { type: 'divider', block_id: x(255) }],
  [
    'preformatted rich text',
    rich({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: '<b>' }] }),
  ],
  [
    'a rich list',
    rich({
      type: 'rich_text_list',
      style: 'bullet',
      elements: [
        {
          type: 'rich_text_section',
          elements: [{ type: 'text', text: 'x', style: { bold: true } }],
        },
      ],
    }),
  ],
  [
    'an input in a message',
    { type: 'input', label: plain('Why'), element: { type: 'plain_text_input', action_id: 'why' } },
  ],
]

test.each(FITS)('accepted: %s', async (_name, block) => {
  expect((await post([block])).ok).toBe(true)
})

describe('a message as a whole', () => {
  test('it has at most 50 blocks', async () => {
    await post(many(50, () => ({ type: 'divider' })))
    expect(await refusal(post(many(51, () => ({ type: 'divider' }))))).toMatchObject({
      errors: ['no more than 50 items allowed [json-pointer:/blocks]'],
    })
  })

  test('its block ids are unique', async () => {
    const twice = many(2, () => ({ type: 'divider', block_id: 'same' }))
    expect(await refusal(post(twice))).toMatchObject({
      errors: ['`block_id` "same" already exists [json-pointer:/blocks/1/block_id]'],
    })
  })

  test('an action id may return in another block', async () => {
    await post([actions(button()), actions(button())])
  })

  test('blocks of more than about 13,200 characters are msg_blocks_too_long', async () => {
    const long = (length: number) => section({ text: mrkdwn(x(length)) })
    await post([...many(4, () => long(3000))])
    expect(await refusal(post(many(5, () => long(2700))))).toMatchObject({
      error: 'msg_blocks_too_long',
    })
  })

  test.each(['{', '{}', '"x"', '[1]'])('%s is invalid_blocks_format', async (blocks) => {
    expect(await refusal(post(blocks))).toMatchObject({ error: 'invalid_blocks_format' })
  })

  test('a section that is too long is reported in two lines, as Slack does', async () => {
    expect(await refusal(post([section({ text: plain(x(3001)) })]))).toMatchObject({
      errors: [
        'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
        'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
      ],
    })
  })

  test.each([
    ['attachments', { attachments: [{ text: 'x' }] }],
    ['markdown_text', { markdown_text: '**x**', text: undefined }],
  ])('%s are refused as not modelled, not taken in silence', async (name, more) => {
    const call = client.chat.postMessage({
      channel: workspace.channelId,
      text: 'x',
      ...more,
    } as never)
    expect(await refusal(call)).toMatchObject({
      response_metadata: { messages: [`[ERROR] the local workspace does not model \`${name}\``] },
    })
  })
})
