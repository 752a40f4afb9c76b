import type { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import { clientFor, purchaseBlocks, refusal } from './slack-workspace-kit.ts'

let workspace: SlackWorkspace
let client: WebClient
let channel: string

beforeEach(async () => {
  workspace = await startSlackWorkspace()
  client = clientFor(workspace)
  channel = workspace.channelId
})
afterEach(() => workspace.close())

const metadata = { event_type: 'holdpoint_approval', event_payload: { request_id: 'HP-41' } }

const post = async (text = 'hello', more: Record<string, unknown> = {}) =>
  String((await client.chat.postMessage({ channel, text, ...more })).ts)

describe('posting', () => {
  test('a purchase message is stored with its blocks, ids filled in', async () => {
    const answer = await client.chat.postMessage({
      channel,
      text: '182.40 EUR to shop.example',
      blocks: purchaseBlocks(workspace.users),
      metadata,
      unfurl_links: false,
      unfurl_media: false,
    })
    expect(answer).toMatchObject({
      ok: true,
      channel,
      ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
    })
    const [stored] = workspace.messages()
    expect(stored).toMatchObject({ ts: answer.ts, metadata, unfurlMedia: false, byApp: true })
    const ids = stored?.blocks.map((block) => block.block_id)
    expect(new Set(ids).size).toBe(ids?.length)
  })

  test('a channel may be named, and a person stands for the direct message with them', async () => {
    await client.chat.postMessage({ channel: '#approvals', text: 'by name' })
    const direct = await client.chat.postMessage({ channel: workspace.users.grace, text: 'hi' })
    expect(direct.channel).toMatch(/^D/)
    expect(workspace.messages(channel)).toHaveLength(1)
  })

  test.each([
    ['channel_not_found', () => workspace.channels.hidden],
    ['channel_not_found', () => 'C0NOWHERE00'],
    ['not_in_channel', () => workspace.channels.notJoined],
    ['is_archived', () => workspace.channels.archived],
  ])('it answers %s where the bot cannot post', async (error, where) => {
    expect(await refusal(client.chat.postMessage({ channel: where(), text: 'x' }))).toMatchObject({
      error,
    })
  })

  test('a message without text and blocks is no_text', async () => {
    expect(await refusal(client.chat.postMessage({ channel, text: '' }))).toMatchObject({
      error: 'no_text',
    })
  })

  test('stray control characters are escaped, entities and tokens stay', async () => {
    await post('a < b & c > d &amp; <@U0GRACE0001> <b> <https://shop.example|shop>')
    expect(workspace.messages()[0]?.text).toBe(
      'a &lt; b &amp; c &gt; d &amp; <@U0GRACE0001> &lt;b&gt; <https://shop.example|shop>',
    )
  })

  test.each([
    ['invalid_metadata_format', { event_type: 'x' }],
    ['invalid_metadata_format', { event_payload: {} }],
    ['invalid_metadata_format', { event_type: 'x', event_payload: ['a'] }],
    ['invalid_metadata_schema', { event_type: 'x', event_payload: { a: { b: { c: 1 } } } }],
    ['invalid_metadata_schema', { event_type: 'x', event_payload: { a: null } }],
    ['metadata_too_large', { event_type: 'x', event_payload: { a: 'x'.repeat(9000) } }],
  ])('metadata is refused with %s', async (error, bad) => {
    const call = client.chat.postMessage({ channel, text: 'x', metadata: bad as never })
    expect(await refusal(call)).toMatchObject({ error })
  })

  test('timestamps grow even when the clock stands still', async () => {
    await using still = await startSlackWorkspace({ now: () => 1_700_000_000_000 })
    const other = clientFor(still)
    const first = await other.chat.postMessage({ channel, text: '1' })
    const second = await other.chat.postMessage({ channel, text: '2' })
    expect([first.ts, second.ts]).toEqual(['1700000000.000000', '1700000000.000001'])
  })
})

describe('threads', () => {
  test('a reply belongs to its parent and is not in the history of the channel', async () => {
    const parent = await post('parent')
    await post('reply', { thread_ts: parent })
    await post('shown in both', { thread_ts: parent, reply_broadcast: true })
    const history = await client.conversations.history({ channel })
    expect(history.messages?.map(({ text }) => text)).toEqual(['shown in both', 'parent'])
    expect(history.messages?.[1]).toMatchObject({ reply_count: 2 })
    const thread = await client.conversations.replies({ channel, ts: parent })
    expect(thread.messages?.map(({ text }) => text)).toEqual(['parent', 'reply', 'shown in both'])
  })

  test.each([
    ['thread_not_found', '1700000000.000001'],
    ['invalid_thread_ts', 'yesterday'],
  ])('a reply to nothing is %s', async (error, threadTs) => {
    const call = client.chat.postMessage({ channel, text: 'x', thread_ts: threadTs })
    expect(await refusal(call)).toMatchObject({ error })
  })

  test('a reply cannot be the parent of a thread', async () => {
    const parent = await post('parent')
    const reply = await post('reply', { thread_ts: parent })
    const call = client.chat.postMessage({ channel, text: 'x', thread_ts: reply })
    expect(await refusal(call)).toMatchObject({ error: 'cannot_reply_to_message' })
  })
})

describe('updating and deleting', () => {
  test('an update keeps the old version and the metadata', async () => {
    const ts = await post('before', { metadata, blocks: purchaseBlocks(workspace.users) })
    await client.chat.update({
      channel,
      ts,
      text: 'after',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '✅ Order 10042 placed' } }],
    })
    const [stored] = workspace.messages()
    expect(stored).toMatchObject({ text: 'after', metadata, versions: [{ text: 'before' }] })
    expect(stored?.blocks).toHaveLength(1)
    expect(stored?.editedTs).toBeUndefined()
  })

  test('an update with text alone takes the blocks away and is marked as edited', async () => {
    const ts = await post('before', { blocks: purchaseBlocks(workspace.users) })
    await client.chat.update({ channel, ts, text: 'after' })
    expect(workspace.messages()[0]).toMatchObject({ text: 'after', blocks: [] })
    expect(workspace.messages()[0]?.editedTs).toBeDefined()
  })

  test('empty metadata removes what was there', async () => {
    const ts = await post('before', { metadata })
    await client.chat.update({ channel, ts, text: 'after', metadata: {} as never })
    expect(workspace.messages()[0]?.metadata).toBeUndefined()
  })

  test('a block id may not be used again in a later version, but a retry may repeat it', async () => {
    const block = (text: string) => [
      { type: 'section' as const, block_id: 'b1', text: { type: 'mrkdwn' as const, text } },
    ]
    const ts = await post('x', { blocks: block('one') })
    const answer = await refusal(
      client.chat.update({ channel, ts, text: 'x', blocks: block('two') }),
    )
    expect(answer).toMatchObject({
      error: 'invalid_blocks',
      errors: [expect.stringContaining('[json-pointer:/blocks/0/block_id]')],
    })
    await client.chat.update({ channel, ts, text: 'x', blocks: block('one') })
  })

  test('only the author may change or delete a message', async () => {
    const { ts } = workspace.say('grace', 'mine')
    expect(await refusal(client.chat.update({ channel, ts, text: 'x' }))).toMatchObject({
      error: 'cant_update_message',
    })
    expect(await refusal(client.chat.delete({ channel, ts }))).toMatchObject({
      error: 'cant_delete_message',
    })
  })

  test('a deleted message is not found again, and the workspace still shows it to tests', async () => {
    const ts = await post()
    await client.chat.delete({ channel, ts })
    expect(await refusal(client.chat.update({ channel, ts, text: 'x' }))).toMatchObject({
      error: 'message_not_found',
    })
    expect((await client.conversations.history({ channel })).messages).toEqual([])
    expect(workspace.messages()[0]?.deleted).toBe(true)
  })

  test('an update is limited to 4,000 characters, and needs the id of the channel', async () => {
    const ts = await post()
    const long = client.chat.update({ channel, ts, text: 'x'.repeat(4001) })
    expect(await refusal(long)).toMatchObject({ error: 'msg_too_long' })
    await client.chat.update({ channel, ts, text: 'x'.repeat(4000) })
    const named = client.chat.update({ channel: '#approvals', ts, text: 'x' })
    expect(await refusal(named)).toMatchObject({ error: 'channel_not_found' })
  })
})
