import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  MANIFEST_SCOPES,
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import { clientFor, purchaseBlocks, QUIET_LOGGER, refusal } from './slack-workspace-kit.ts'

let workspace: SlackWorkspace
let client: WebClient
let channel: string
let nowMs: number

beforeEach(async () => {
  nowMs = 1_795_270_000_000
  workspace = await startSlackWorkspace({ now: () => nowMs })
  client = clientFor(workspace)
  channel = workspace.channelId
})
afterEach(() => workspace.close())

/** A call without the official client, to send what that would never send. */
async function call(method: string, init: RequestInit = {}) {
  const response = await fetch(`${workspace.apiUrl}${method}`, { method: 'POST', ...init })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}
const bearer = () => ({ authorization: `Bearer ${workspace.botToken}` })

describe('tokens, scopes and bodies', () => {
  test('auth.test names the bot, and every answer names the scopes of its token', async () => {
    const answer = await client.auth.test()
    expect(answer).toMatchObject({ user_id: workspace.users.bot, team_id: workspace.teamId })
    expect(answer.response_metadata?.scopes).toEqual(MANIFEST_SCOPES)
  })

  test.each([
    ['not_authed', {}],
    ['invalid_auth', { authorization: 'Bearer xoxb-guess' }],
    ['not_allowed_token_type', { authorization: 'Bearer xapp-1-A0-1' }],
  ])('without the right token it is %s', async (error, headers) => {
    expect((await call('auth.test', { headers: headers as never })).body).toEqual({
      ok: false,
      error,
    })
  })

  test('a token may stand in a form, but not in a JSON body', async () => {
    const form = new URLSearchParams({ token: workspace.botToken })
    expect((await call('auth.test', { body: form })).body).toMatchObject({ ok: true })
    const json = await call('auth.test', {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ token: workspace.botToken }),
    })
    expect(json.body).toMatchObject({ error: 'not_authed' })
  })

  test('a JSON body is as good as a form', async () => {
    const { body } = await call('chat.postMessage', {
      headers: { ...bearer(), 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel, text: 'x', blocks: purchaseBlocks(workspace.users) }),
    })
    expect(body).toMatchObject({ ok: true })
    expect(body).not.toHaveProperty('warning')
  })

  test('a JSON body without a character set brings a warning', async () => {
    const { body } = await call('auth.test', {
      headers: { ...bearer(), 'content-type': 'application/json' },
      body: '{}',
    })
    expect(body).toMatchObject({
      ok: true,
      warning: 'missing_charset',
      response_metadata: { warnings: ['missing_charset'] },
    })
  })

  test.each([
    ['invalid_json', 'application/json; charset=utf-8', '{'],
    ['invalid_json', 'application/json; charset=utf-8', '[]'],
    ['invalid_post_type', 'text/plain', 'x'],
  ])('%s for a body that cannot be read', async (error, type, body) => {
    const headers = { ...bearer(), 'content-type': type }
    expect((await call('auth.test', { headers, body })).body).toMatchObject({ error })
  })

  test('an unknown method is unknown_method', async () => {
    expect((await call('chat.approve', { headers: bearer() })).body).toMatchObject({
      ok: false,
      error: 'unknown_method',
    })
  })

  test('a missing argument is named', async () => {
    const { body } = await call('chat.update', { headers: bearer() })
    expect(body).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: expect.arrayContaining([expect.stringContaining('missing required field: ts')]),
      },
    })
  })

  test('a method beyond the scopes of the token is missing_scope, with what is needed', async () => {
    const answer = await refusal(client.conversations.open({ users: workspace.users.grace }))
    expect(answer).toMatchObject({
      error: 'missing_scope',
      needed: 'im:write',
      provided: MANIFEST_SCOPES.join(','),
    })
    await using small = await startSlackWorkspace({ scopes: ['chat:write', 'channels:history'] })
    const weak = clientFor(small)
    expect(await refusal(weak.users.info({ user: small.users.ada }))).toMatchObject({
      needed: 'users:read',
    })
    // A private channel takes another scope than a public one.
    expect(await refusal(weak.conversations.history({ channel: small.channelId }))).toMatchObject({
      needed: 'groups:history',
    })
    expect((await weak.conversations.history({ channel: small.channels.general })).ok).toBe(true)
  })

  test('conversations are opened and described with the scopes for it', async () => {
    await using wide = await startSlackWorkspace({
      scopes: [...MANIFEST_SCOPES, 'im:write', 'groups:read', 'im:read'],
    })
    const able = clientFor(wide)
    const opened = await able.conversations.open({ users: wide.users.grace })
    const again = await able.conversations.open({ users: wide.users.grace })
    expect(opened.channel?.id).toMatch(/^D/)
    expect(again.channel?.id).toBe(opened.channel?.id)
    const info = await able.conversations.info({ channel: wide.channelId })
    expect(info.channel).toMatchObject({ is_private: true, is_member: true, name: 'approvals' })
    const gone = able.conversations.open({ users: wide.users.deleted })
    expect(await refusal(gone)).toMatchObject({ error: 'user_disabled' })
  })

  test('the journal keeps every call without its token', async () => {
    await client.chat.postMessage({ channel, text: 'x' })
    await refusal(client.chat.postMessage({ channel: 'C0NOWHERE00', text: 'x' }))
    expect(workspace.calls()).toMatchObject([
      { method: 'chat.postMessage', body: { channel, text: 'x' }, answer: 'ok' },
      { method: 'chat.postMessage', answer: 'channel_not_found' },
    ])
    expect(JSON.stringify(workspace.calls())).not.toContain(workspace.botToken)
  })
})

describe('faults', () => {
  const post = () => client.chat.postMessage({ channel, text: 'x' })
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => 'no failure',
      (error: { code?: string }) => error.code,
    )

  test('a server error and a reset before the work leave nothing behind', async () => {
    workspace.faults.add({ method: 'chat.postMessage', kind: 'http500' })
    expect(await failure(post())).toBe('slack_webapi_http_error')
    workspace.faults.add({ method: 'chat.postMessage', kind: 'drop_before' })
    expect(await failure(post())).toBe('slack_webapi_request_error')
    expect(workspace.messages()).toHaveLength(0)
  })

  test('a reset after the work looks the same, and the message is there', async () => {
    workspace.faults.add({ method: 'chat.postMessage', kind: 'commit_then_drop' })
    expect(await failure(post())).toBe('slack_webapi_request_error')
    expect(workspace.messages()).toHaveLength(1)
  })

  test('a rate limit says how long to wait', async () => {
    workspace.faults.add({ method: 'chat.postMessage', kind: 'ratelimited', retryAfterS: 7 })
    await expect(post()).rejects.toMatchObject({
      code: 'slack_webapi_rate_limited_error',
      retryAfter: 7,
    })
    expect(workspace.messages()).toHaveLength(0)
  })

  test('a fault holds for its method, for as many calls as it says', async () => {
    workspace.faults.add({
      method: 'chat.postMessage',
      kind: 'error',
      error: 'fatal_error',
      times: 2,
    })
    await client.auth.test()
    expect(await refusal(post())).toMatchObject({ error: 'fatal_error' })
    expect(await refusal(post())).toMatchObject({ error: 'fatal_error' })
    await post()
  })

  test('a slow call is still answered, and slowness adds to another fault', async () => {
    workspace.faults.add({ method: '*', kind: 'slow', ms: 40, times: 2 })
    workspace.faults.add({ method: '*', kind: 'error', error: 'fatal_error' })
    const started = performance.now()
    expect(await refusal(post())).toMatchObject({ error: 'fatal_error' })
    expect(performance.now() - started).toBeGreaterThan(35)
    await post()
  })

  test('down means every connection, uploads too, until the faults are cleared', async () => {
    const ticket = await client.files.getUploadURLExternal({ filename: 'a.png', length: 3 })
    workspace.faults.add({ method: '*', kind: 'down' })
    expect(await failure(post())).toBe('slack_webapi_request_error')
    expect(await failure(client.auth.test())).toBe('slack_webapi_request_error')
    await expect(
      fetch(String(ticket.upload_url), { method: 'POST', body: 'abc' }),
    ).rejects.toThrow()
    workspace.faults.clear()
    await post()
  })

  test('the official client posts again after a reset, which is the trap it is known for', async () => {
    workspace.faults.add({ method: 'chat.postMessage', kind: 'commit_then_drop' })
    const eager = new WebClient(workspace.botToken, {
      slackApiUrl: workspace.apiUrl,
      logger: QUIET_LOGGER,
      retryConfig: { retries: 1, minTimeout: 1, maxTimeout: 1 },
    })
    await eager.chat.postMessage({ channel, text: 'x' })
    expect(workspace.messages()).toHaveLength(2)
  })
})
