import type { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

/** One step too far, with Slack's sentence and pointer. */
const REFUSED: readonly (readonly [string, unknown, string])[] = [
  [
    'a header of 151',
    header(plain(x(151))),
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'an empty header',
    header(plain('')),
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a mrkdwn header',
    header(mrkdwn('x')),
    'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ],
  ['a bare string as text', header('x'), 'must provide an object [json-pointer:/blocks/0/text]'],
  [
    'a section of 3,001',
    section({ text: mrkdwn(x(3001)) }),
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'an empty section',
    section({}),
    'must define either `text` or `fields` [json-pointer:/blocks/0]',
  ],
  [
    'eleven fields',
    section({ fields: many(11, () => plain('x')) }),
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'a field of 2,001',
    section({ fields: [plain(x(2001))] }),
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    'emoji in mrkdwn',
    section({ text: mrkdwn('x', { emoji: true }) }),
    'invalid additional property: emoji [json-pointer:/blocks/0/text]',
  ],
  [
    'verbatim in plain text',
    header(plain('x', { verbatim: true })),
    'invalid additional property: verbatim [json-pointer:/blocks/0/text]',
  ],
  [
    'eleven context elements',
    context(many(11, () => plain('x'))),
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'an empty context',
    context([]),
    'must provide at least 1 items [json-pointer:/blocks/0/elements]',
  ],
  [
    'a button in context',
    context([button()]),
    'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    '26 buttons',
    actions(...many(26, (index) => button({ action_id: `b${index}` }))),
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  ['no elements', actions(), 'must provide at least 1 items [json-pointer:/blocks/0/elements]'],
  [
    'a button of 76',
    actions(button({ text: plain(x(76)) })),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'a value of 2,001',
    actions(button({ value: x(2001) })),
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'a button without text',
    actions({ type: 'button', action_id: 'a' }),
    'missing required field: text [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'an unknown key',
    actions(button({ disabled: true })),
    'invalid additional property: disabled [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'an unknown style',
    actions(button({ style: 'default' })),
    'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    'a script link',
    actions(button({ url: 'javascript:alert(1)' })),
    'must be a valid URL [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    'an action id of 256',
    actions(button({ action_id: x(256) })),
    'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
  ],
  [
    'an accessibility label of 76',
    actions(button({ accessibility_label: x(76) })),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/accessibility_label]',
  ],
  [
    'the same action id twice',
    actions(button(), button()),
    '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    'a confirm title of 101',
    actions(confirm({ title: plain(x(101)) })),
    'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
  ],
  [
    'a confirm text of 301',
    actions(confirm({ text: plain(x(301)) })),
    'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
  ],
  [
    'a confirm button of 31',
    actions(confirm({ deny: plain(x(31)) })),
    'must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]',
  ],
  [
    '101 options',
    actions(select({ options: many(101, (index) => option(`v${index}`)) })),
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'no options',
    actions(select({ options: [] })),
    'must provide at least 1 items [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'options and groups',
    actions(select({ option_groups: [{ label: plain('g'), options: [option('a')] }] })),
    'must define exactly one of `options` or `option_groups` [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'an initial option from elsewhere',
    actions(select({ initial_option: option('z') })),
    'must be one of the provided options [json-pointer:/blocks/0/elements/0/initial_option]',
  ],
  [
    'an option of 76',
    actions(select({ options: [option('a', { text: plain(x(76)) })] })),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
  ],
  [
    'an option value of 76',
    actions(select({ options: [option(x(76), { text: plain('a') })] })),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
  ],
  [
    'a link in a select',
    actions(select({ options: [option('a', { url: PAGE })] })),
    'invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]',
  ],
  [
    'six overflow options',
    actions(overflow(many(6, (index) => option(`v${index}`)))),
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'a text input among actions',
    actions({ type: 'plain_text_input', action_id: 'a' }),
    'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'an image without alt text',
    { type: 'image', image_url: PAGE },
    'missing required field: alt_text [json-pointer:/blocks/0]',
  ],
  [
    'an image without source',
    image({}),
    'must define exactly one of `image_url` or `slack_file` [json-pointer:/blocks/0]',
  ],
  [
    'an image with both sources',
    image({ image_url: PAGE, slack_file: { id: 'F0123456789' } }),
    'must define exactly one of `image_url` or `slack_file` [json-pointer:/blocks/0]',
  ],
  [
    'a file by id and address',
    image({ slack_file: { id: 'F0123456789', url: PAGE } }),
    'must define exactly one of `id` or `url` [json-pointer:/blocks/0/slack_file]',
  ],
  [
    'a file id of another form',
    image({ slack_file: { id: 'f-1' } }),
    'must match the pattern ^[F][A-Z0-9]{8,}$ [json-pointer:/blocks/0/slack_file/id]',
  ],
  [
    'a file that does not exist',
    image({ slack_file: { id: 'F0123456789' } }),
    'invalid slack file [json-pointer:/blocks/0/slack_file]',
  ],
  [
    'an alt text of 2,001',
    image({ image_url: PAGE, alt_text: x(2001) }),
    'must be less than 2001 characters [json-pointer:/blocks/0/alt_text]',
  ],
  [
    'an image title of 2,001',
    image({ image_url: PAGE, title: plain(x(2001)) }),
    'must be less than 2001 characters [json-pointer:/blocks/0/title/text]',
  ],
  [
    'a placeholder of 151',
    actions(select({ placeholder: plain(x(151)) })),
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]',
  ],
  [
    'an address of 3,001',
    actions(button({ url: PAGE + x(3001 - PAGE.length) })),
    'must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    'a block id of 256',
    { type: 'divider', block_id: x(256) },
    'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
  ],
  [
    'an unknown block',
    { type: 'sction' },
    'unsupported type: sction [json-pointer:/blocks/0/type]',
  ],
  ['a block without type', {}, 'missing required field: type [json-pointer:/blocks/0]'],
  [
    'a block that is not modelled',
    { type: 'video' },
    'unsupported type: video (the local workspace does not model it) [json-pointer:/blocks/0/type]',
  ],
  [
    'a list style of its own',
    rich({ type: 'rich_text_list', style: 'dash', elements: [] }),
    'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
  ],
]

test.each(REFUSED)('refused: %s', async (_name, block, complaint) => {
  const answer = await refusal(post([block]))
  expect(answer).toMatchObject({
    ok: false,
    error: 'invalid_blocks',
    errors: expect.arrayContaining([complaint]),
    response_metadata: { messages: expect.arrayContaining([`[ERROR] ${complaint}`]) },
  })
})
