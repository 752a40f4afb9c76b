import type { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  MANIFEST_SCOPES,
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

describe('ephemeral messages and links', () => {
  test('an ephemeral message is for one person and cannot be found or changed', async () => {
    const { mallory } = workspace.users
    const sent = await client.chat.postEphemeral({ channel, user: mallory, text: 'only you' })
    expect(workspace.ephemerals()).toMatchObject([{ user: mallory, text: 'only you' }])
    expect((await client.conversations.history({ channel })).messages).toEqual([])
    const ts = String(sent.message_ts)
    expect(await refusal(client.chat.update({ channel, ts, text: 'x' }))).toMatchObject({
      error: 'message_not_found',
    })
  })

  test.each(['outsider', 'deleted'] as const)('%s is user_not_in_channel', async (key) => {
    const call = client.chat.postEphemeral({ channel, user: workspace.users[key], text: 'x' })
    expect(await refusal(call)).toMatchObject({ error: 'user_not_in_channel' })
  })

  test('a permalink leads to the message in the inbox', async () => {
    const ts = await post()
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts })
    const response = await fetch(String(permalink))
    expect(response.status).toBe(200)
    expect(await response.text()).toMatch(/class="message highlighted"/)
  })
})

describe('reading', () => {
  test('metadata comes only where it is asked for', async () => {
    await post('x', { metadata })
    const bare = await client.conversations.history({ channel })
    expect(bare.messages?.[0]).not.toHaveProperty('metadata')
    const full = await client.conversations.history({ channel, include_all_metadata: true })
    expect(full.messages?.[0]).toMatchObject({ metadata })
  })

  test('history is newest first, in pages, and within the asked range', async () => {
    const first = await post('1')
    await post('2')
    await post('3')
    const page = await client.conversations.history({ channel, limit: 2 })
    expect(page.messages?.map(({ text }) => text)).toEqual(['3', '2'])
    const cursor = page.response_metadata?.next_cursor ?? ''
    const rest = await client.conversations.history({ channel, limit: 2, cursor })
    expect(rest.messages?.map(({ text }) => text)).toEqual(['1'])
    const after = await client.conversations.history({ channel, oldest: first })
    expect(after.messages?.map(({ text }) => text)).toEqual(['3', '2'])
    const from = await client.conversations.history({ channel, oldest: first, inclusive: true })
    expect(from.messages).toHaveLength(3)
  })

  test('a mistake in the range has its own error', async () => {
    const bad = client.conversations.history({ channel, oldest: 'yesterday' })
    expect(await refusal(bad)).toMatchObject({ error: 'invalid_ts_oldest' })
    const cursor = client.conversations.history({ channel, cursor: 'x' })
    expect(await refusal(cursor)).toMatchObject({ error: 'invalid_cursor' })
  })

  test('people are described with what decides whether they may answer', async () => {
    const flagsOf = async (key: keyof SlackWorkspace['users']) =>
      (await client.users.info({ user: workspace.users[key] })).user
    expect(await flagsOf('grace')).toMatchObject({
      team_id: workspace.teamId,
      deleted: false,
      is_bot: false,
      is_restricted: false,
      is_email_confirmed: true,
      profile: { email: 'grace@example.com' },
    })
    expect(await flagsOf('guest')).toMatchObject({ is_restricted: true })
    expect(await flagsOf('singleChannelGuest')).toMatchObject({ is_ultra_restricted: true })
    expect(await flagsOf('stranger')).toMatchObject({ is_stranger: true })
    expect((await flagsOf('stranger'))?.team_id).not.toBe(workspace.teamId)
    expect(await flagsOf('bot')).toMatchObject({ is_bot: true })
    expect(await flagsOf('workflowBot')).toMatchObject({ is_workflow_bot: true })
    expect(await flagsOf('connectorBot')).toMatchObject({ is_connector_bot: true })
    expect(await flagsOf('deleted')).toMatchObject({ deleted: true })
    expect(await flagsOf('unconfirmed')).toMatchObject({ is_email_confirmed: false })
  })

  test('an address finds members, not the deactivated and not strangers', async () => {
    const found = await client.users.lookupByEmail({ email: 'ada@example.com' })
    expect(found.user?.id).toBe(workspace.users.ada)
    const gone = client.users.lookupByEmail({ email: 'dora@example.com' })
    expect(await refusal(gone)).toMatchObject({ error: 'users_not_found' })
    const unknown = client.users.info({ user: 'U0NOBODY000' })
    expect(await refusal(unknown)).toMatchObject({ error: 'user_not_found' })
  })
})

describe('conversations', () => {
  const SCOPES = [...MANIFEST_SCOPES, 'channels:join', 'channels:read', 'groups:read']

  test('a public channel can be joined, and the bot is a member from then on', async () => {
    await using wide = await startSlackWorkspace({ scopes: SCOPES })
    const able = clientFor(wide)
    const at = { channel: wide.channels.notJoined }
    expect((await able.conversations.info(at)).channel).toMatchObject({ is_member: false })
    expect(await refusal(able.conversations.history(at))).toMatchObject({ error: 'not_in_channel' })
    expect((await able.conversations.join(at)).channel).toMatchObject({ is_member: true })
    expect((await able.conversations.info(at)).channel).toMatchObject({ is_member: true })
    await able.chat.postMessage({ ...at, text: 'here' })
    expect(await able.conversations.join(at)).toMatchObject({ warning: 'already_in_channel' })
  })

  test.each([
    ['channel_not_found', 'hidden'],
    ['is_archived', 'archived'],
  ] as const)('%s: others cannot be joined', async (error, key) => {
    await using wide = await startSlackWorkspace({ scopes: SCOPES })
    const join = clientFor(wide).conversations.join({ channel: wide.channels[key] })
    expect(await refusal(join)).toMatchObject({ error })
  })

  test('a private channel takes an invitation, and joining any takes its scope', async () => {
    await using wide = await startSlackWorkspace({ scopes: SCOPES })
    const join = clientFor(wide).conversations.join({ channel: wide.channelId })
    expect(await refusal(join)).toMatchObject({ error: 'method_not_supported_for_channel_type' })
    expect(await refusal(client.conversations.join({ channel }))).toMatchObject({
      error: 'missing_scope',
      needed: 'channels:join',
    })
  })

  test('a channel that people of another company are in says so', async () => {
    await using wide = await startSlackWorkspace({ scopes: SCOPES })
    const able = clientFor(wide)
    const shared = await able.conversations.info({ channel: wide.channelId })
    expect(shared.channel).toMatchObject({ is_shared: true, is_ext_shared: true })
    const internal = await able.conversations.info({ channel: wide.channels.general })
    expect(internal.channel).toMatchObject({ is_shared: false, is_ext_shared: false })
  })
})

describe('in an Enterprise Grid', () => {
  test('people are described with their workspaces, and payloads name the enterprise', async () => {
    await using grid = await startSlackWorkspace({ enterpriseId: 'E0GRID00001' })
    const able = clientFor(grid)
    expect(await able.auth.test()).toMatchObject({ enterprise_id: 'E0GRID00001' })
    const { sister = '', transfer = '' } = grid.enterprise ?? {}
    const userOf = async (user: string) => (await able.users.info({ user })).user
    expect(await userOf(grid.users.grace)).toMatchObject({
      team_id: grid.teamId,
      enterprise_user: { enterprise_id: 'E0GRID00001', teams: [grid.teamId] },
    })
    const home = (await userOf(sister))?.team_id ?? ''
    expect(home).not.toBe(grid.teamId)
    expect(await userOf(sister)).toMatchObject({ enterprise_user: { teams: [home] } })
    expect(await userOf(transfer)).toMatchObject({
      team_id: home,
      enterprise_user: { teams: [home, grid.teamId] },
    })
    expect(await userOf(grid.users.stranger)).not.toHaveProperty('enterprise_user')

    const { ts } = await able.chat.postMessage({
      channel: grid.channelId,
      text: 'x',
      blocks: purchaseBlocks(grid.users),
    })
    expect((await grid.click('sister', String(ts), 'approve')).payload).toMatchObject({
      user: { id: sister, team_id: home },
      team: { id: grid.teamId, enterprise_id: 'E0GRID00001', enterprise_name: 'Example Group' },
      enterprise: { id: 'E0GRID00001', name: 'Example Group' },
      is_enterprise_install: false,
    })
  })

  test('by their address only members of this workspace are found', async () => {
    await using grid = await startSlackWorkspace({ enterpriseId: 'E0GRID00001' })
    const able = clientFor(grid)
    const found = await able.users.lookupByEmail({ email: 'theo@example.com' })
    expect(found.user?.id).toBe(grid.enterprise?.transfer)
    const elsewhere = able.users.lookupByEmail({ email: 'sofia@example.com' })
    expect(await refusal(elsewhere)).toMatchObject({ error: 'users_not_found' })
  })

  test('without one, nobody is of an enterprise', async () => {
    expect(workspace.enterprise).toBeUndefined()
    const { user } = await client.users.info({ user: workspace.users.grace })
    expect(user).not.toHaveProperty('enterprise_user')
    expect(await client.auth.test()).not.toHaveProperty('enterprise_id')
  })
})

test('an address takes its own scope to look up, and is left out without it', async () => {
  await using weak = await startSlackWorkspace({ scopes: ['users:read'] })
  const unable = clientFor(weak)
  expect(await refusal(unable.users.lookupByEmail({ email: 'ada@example.com' }))).toMatchObject({
    error: 'missing_scope',
    needed: 'users:read.email',
  })
  const { user } = await unable.users.info({ user: weak.users.ada })
  expect(user?.profile).not.toHaveProperty('email')
})
