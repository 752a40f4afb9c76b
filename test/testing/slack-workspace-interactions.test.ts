import type { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type SlackWorkspace,
  signV0,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import {
  clientFor,
  type InteractionReceiver,
  postPurchase,
  purchaseBlocks,
  startAsked,
} from './slack-workspace-kit.ts'

let workspace: SlackWorkspace
let receiver: InteractionReceiver
let client: WebClient
let channel: string
let ts: string
let nowMs: number

beforeEach(async () => {
  nowMs = 1_795_270_000_000
  ;({ workspace, receiver, client, channel, ts } = await startAsked(() => nowMs))
})
afterEach(async () => {
  await workspace.close()
  await receiver.close()
})

const pageFor = async (as: string, where = workspace) =>
  (await fetch(`${where.url}/?as=${as}`)).text()

test("signatures agree with the vector in Slack's documentation", () => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
  expect(signV0('8f742231b10e8888abcd99yyyzzz85a5', 1_531_420_618, body)).toBe(
    'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  )
})

describe('clicking', () => {
  test('a click is delivered signed, with everything Slack sends', async () => {
    const delivery = await workspace.click('grace', ts, 'approve')
    expect(delivery).toMatchObject({ status: 200, acked: true, type: 'block_actions' })
    expect(receiver.received).toMatchObject([{ genuine: true, fresh: true }])
    expect(receiver.received[0]?.payload).toEqual({
      type: 'block_actions',
      user: {
        id: workspace.users.grace,
        username: 'grace.hopper',
        name: 'grace.hopper',
        team_id: workspace.teamId,
      },
      api_app_id: workspace.appId,
      token: expect.any(String),
      team: { id: workspace.teamId, domain: expect.any(String) },
      enterprise: null,
      is_enterprise_install: false,
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'privategroup' },
      message: expect.objectContaining({ ts, user: workspace.users.bot, app_id: workspace.appId }),
      state: {
        values: {
          [String(workspace.messages()[0]?.blocks[4]?.block_id)]: {
            reject: { type: 'static_select', selected_option: null },
          },
        },
      },
      response_url: expect.stringContaining(`${workspace.url}/actions/`),
      actions: [
        {
          type: 'button',
          action_id: 'approve',
          block_id: workspace.messages()[0]?.blocks[4]?.block_id,
          text: { type: 'plain_text', text: 'Approve 182.40 EUR' },
          value: 'HP-41',
          style: 'primary',
          action_ts: expect.stringMatching(/^\d+\.\d{6}$/),
        },
      ],
    })
  })

  test('a choice is delivered with the option, by its value or its text', async () => {
    await workspace.click('grace', ts, 'reject', 'too-expensive')
    await workspace.click('grace', ts, 'reject', 'Wrong item')
    expect(receiver.received.map(({ payload }) => payload.actions)).toMatchObject([
      [{ type: 'static_select', selected_option: { value: 'too-expensive' } }],
      [{ type: 'static_select', selected_option: { value: 'wrong-item' } }],
    ])
    await expect(workspace.click('grace', ts, 'reject', 'Nothing')).rejects.toThrow(/no option/)
  })

  test('two clicks have two trigger ids, a redelivery has the same one', async () => {
    const first = await workspace.click('grace', ts, 'approve')
    await workspace.click('grace', ts, 'approve')
    await workspace.redeliver(first)
    const ids = receiver.received.map(({ payload }) => payload.trigger_id)
    expect(ids[0]).not.toBe(ids[1])
    expect(ids[2]).toBe(ids[0])
    expect(receiver.received[2]?.genuine).toBe(true)
  })

  test('a click on what a slow phone still shows carries the old version', async () => {
    await client.chat.update({ channel, ts, text: 'done', blocks: [{ type: 'divider' }] })
    await expect(workspace.click('grace', ts, 'approve')).rejects.toThrow(/no element/)
    const { payload } = await workspace.click('grace', ts, 'approve', undefined, { version: 0 })
    expect(payload).toMatchObject({ message: { text: 'x' }, actions: [{ action_id: 'approve' }] })
  })

  test('a click in an ephemeral message has no message in its payload', async () => {
    const sent = await client.chat.postEphemeral({
      channel,
      user: workspace.users.mallory,
      text: 'x',
      blocks: purchaseBlocks(workspace.users),
    })
    const ephemeralTs = String(sent.message_ts)
    const { payload } = await workspace.click('mallory', ephemeralTs, 'open')
    expect(payload).toMatchObject({ container: { is_ephemeral: true } })
    expect(payload).not.toHaveProperty('message')
    await expect(workspace.click('ada', ephemeralTs, 'open')).rejects.toThrow(/can see/)
  })
})

describe('sending it wrongly', () => {
  test.each([
    ['a stale timestamp', { timestampOffsetMs: -600_000 }, { genuine: true, fresh: false }],
    ['a future timestamp', { timestampOffsetMs: 600_000 }, { genuine: true, fresh: false }],
    ['another secret', { badSignature: true }, { genuine: false, fresh: true }],
  ])('with %s', async (_name, variation, expected) => {
    await workspace.click('grace', ts, 'approve', undefined, variation)
    const [delivery] = workspace.deliveries()
    await workspace.redeliver(delivery?.id ?? 0, variation)
    expect(receiver.received).toMatchObject([expected, expected])
  })

  test('an exact replay has the same headers and bytes', async () => {
    const first = await workspace.click('grace', ts, 'approve')
    const again = await workspace.redeliver(first, { exactReplay: true })
    expect(again.headers).toEqual(first.headers)
    expect(again.body).toBe(first.body)
  })
})

describe('acknowledging', () => {
  test.each([201, 202, 204, 302, 401, 500])('%i is no acknowledgement', async (status) => {
    receiver.answerWith(status)
    expect(await workspace.click('grace', ts, 'approve')).toMatchObject({ status, acked: false })
    expect(await pageFor('grace')).toContain('Holdpoint didn’t respond')
  })

  test('an app that does not answer in time leaves a warning for the one who clicked', async () => {
    receiver.hang()
    await using hasty = await startSlackWorkspace({
      interactivityUrl: receiver.url,
      ackTimeoutMs: 50,
    })
    const message = await postPurchase(clientFor(hasty), hasty)
    expect(await hasty.click('grace', message, 'approve')).toMatchObject({ status: 'timeout' })
    expect(await pageFor('grace', hasty)).toContain('didn’t respond')
    expect(await pageFor('ada', hasty)).not.toContain('didn’t respond')
  })

  test('the warning goes away with the next click that is answered', async () => {
    receiver.answerWith(500)
    await workspace.click('grace', ts, 'approve')
    receiver.answerWith(200)
    await workspace.click('grace', ts, 'approve')
    expect(await pageFor('grace')).not.toContain('didn’t respond')
  })

  test('without an app to answer, the click is refused', async () => {
    workspace.setInteractivityUrl('http://127.0.0.1:1/')
    expect(await workspace.click('grace', ts, 'approve')).toMatchObject({
      status: 'refused',
      acked: false,
    })
  })
})

describe('response URLs', () => {
  const respond = async (body: unknown) => {
    const { payload } = await workspace.click('grace', ts, 'open')
    return postTo(String(payload.response_url), body)
  }
  const postTo = async (url: string, body: unknown) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, text: await response.text() }
  }

  test('an answer is ephemeral unless it says otherwise', async () => {
    expect(await respond({ text: 'only you' })).toEqual({ status: 200, text: 'ok' })
    await respond({ text: 'all', response_type: 'in_channel' })
    expect(workspace.ephemerals()).toMatchObject([{ user: workspace.users.grace }])
    expect(workspace.messages().map(({ text }) => text)).toEqual(['x', 'all'])
  })

  test('it can replace or delete the message', async () => {
    await respond({ text: 'new', replace_original: true, blocks: [{ type: 'divider' }] })
    expect(workspace.messages()[0]).toMatchObject({ text: 'new', versions: [{ text: 'x' }] })
  })

  test('it is as strict about blocks as the API', async () => {
    const answer = await respond({ text: 'x', blocks: [{ type: 'nonsense' }] })
    expect(answer).toEqual({ status: 400, text: 'invalid_blocks' })
  })

  test('it works five times, for thirty minutes', async () => {
    const { payload } = await workspace.click('grace', ts, 'open')
    const url = String(payload.response_url)
    for (let use = 1; use <= 5; use += 1) {
      expect((await postTo(url, { text: 'x' })).status).toBe(200)
    }
    expect(await postTo(url, { text: 'x' })).toEqual({ status: 404, text: 'expired_url' })
    const late = String((await workspace.click('grace', ts, 'open')).payload.response_url)
    nowMs += 30 * 60 * 1000 + 1
    expect((await postTo(late, { text: 'x' })).text).toBe('expired_url')
  })
})
