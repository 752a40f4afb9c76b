import { beforeEach, expect, test } from 'vitest'
import { slackChannel } from '../../../src/adapters/slack/index.ts'
import { signatureOf, whyNotSlacks } from '../../../src/adapters/slack/signature.ts'
import type { AnswerSink, CallbackRequest, ChannelInstance } from '../../../src/ports/channel.ts'
import { silentLogger } from '../../../src/ports/log.ts'
import { EVIDENCE_DIGEST, TERMS_DIGEST } from './kit.ts'

// docs.slack.dev/authentication/verifying-requests-from-slack
const OFFICIAL = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
}

const NOW_S = Number(OFFICIAL.timestamp)
const now = (offsetS = 0): Date => new Date((NOW_S + offsetS) * 1_000)

function official(change: Partial<typeof OFFICIAL> = {}): CallbackRequest {
  const { body, timestamp, signature } = { ...OFFICIAL, ...change }
  return {
    rawBody: Buffer.from(body),
    headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature },
  }
}

test("Slack's own example is genuine", () => {
  expect(signatureOf(Buffer.from(OFFICIAL.body), OFFICIAL.timestamp, OFFICIAL.secret)).toBe(
    OFFICIAL.signature,
  )
  expect(whyNotSlacks(official(), OFFICIAL.secret, now())).toBeUndefined()
})

test.each([
  ['a changed body', official({ body: `${OFFICIAL.body}&ssl_check=1` }), 'wrong signature'],
  ['another timestamp', official({ timestamp: '1531420619' }), 'wrong signature'],
  ['another signature', official({ signature: `v0=${'0'.repeat(64)}` }), 'wrong signature'],
  [
    'a shorter signature',
    official({ signature: OFFICIAL.signature.slice(0, -1) }),
    'wrong signature',
  ],
  [
    'another version',
    official({ signature: OFFICIAL.signature.replace('v0', 'v1') }),
    'wrong signature',
  ],
  [
    'an upper-case signature',
    official({ signature: OFFICIAL.signature.toUpperCase() }),
    'wrong signature',
  ],
  ['an empty signature', official({ signature: '' }), 'wrong signature'],
  ['a timestamp that is no number', official({ timestamp: 'NaN' }), 'malformed timestamp'],
  ['a timestamp with a sign', official({ timestamp: '-1531420618' }), 'malformed timestamp'],
  ['no headers', { ...official(), headers: {} }, 'not signed'],
  [
    'headers given twice',
    {
      ...official(),
      headers: {
        'x-slack-request-timestamp': OFFICIAL.timestamp,
        'x-slack-signature': [OFFICIAL.signature, OFFICIAL.signature],
      },
    },
    'not signed',
  ],
])('%s is refused', (_what, request, why) => {
  expect(whyNotSlacks(request, OFFICIAL.secret, now())).toBe(why)
})

test('another secret is refused', () => {
  expect(whyNotSlacks(official(), OFFICIAL.secret.replace('8', '9'), now())).toBe('wrong signature')
})

test.each([
  [301, 'stale timestamp'],
  [-301, 'stale timestamp'],
  [300, undefined],
  [-300, undefined],
])('a clock that is %i s ahead: %s', (offsetS, why) => {
  expect(whyNotSlacks(official(), OFFICIAL.secret, now(offsetS))).toBe(why)
})

// From here on: signed rightly, and still not what our messages can cause.

let instance: ChannelInstance
let heard: number
beforeEach(async () => {
  heard = 0
  instance = await slackChannel({
    botToken: 'xoxb-test-token',
    signingSecret: OFFICIAL.secret,
    channelId: 'C0APPROVALS',
    teamId: 'T0TEAM00001',
    // Nothing listens there: whatever asked Slack would fail, and be told apart.
    slackApiUrl: 'http://127.0.0.1:9/api/',
  }).start({
    identities: { grace: 'U0GRACE0001' },
    names: {},
    clock: { now },
    logger: silentLogger,
  })
})

const counting: AnswerSink = {
  async answer() {
    heard += 1
    return { accepted: true, message: '' }
  },
  async looked() {},
  editable: async () => [],
  async signInLink() {
    return undefined
  },
  async refused() {},
}

async function send(body: string) {
  const signature = signatureOf(Buffer.from(body), OFFICIAL.timestamp, OFFICIAL.secret)
  return instance.callback?.(official({ body, signature }), counting)
}

const form = (payload: unknown): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString()

const BLOCK_ID = `hp1.HP-41.${TERMS_DIGEST}.${EVIDENCE_DIGEST}.1`
const approve = {
  type: 'block_actions',
  user: { id: 'U0NOBODY001', team_id: 'T0TEAM00001' },
  team: { id: 'T0TEAM00001' },
  api_app_id: 'A0APP000001',
  trigger_id: '1.2.3',
  actions: [
    {
      action_id: 'hp_approve',
      block_id: BLOCK_ID,
      action_ts: '1.0',
      value: 'HP-41',
      type: 'button',
    },
  ],
}
const [action] = approve.actions

test('a click like those of our messages is heard', async () => {
  expect(await send(form(approve))).toEqual({ status: 200 })
  expect(heard).toBe(1)
})

test.each([
  ['no payload', 'ssl_check=1&token=x'],
  ['two payloads', `${form(approve)}&${form(approve)}`],
  ['no JSON', 'payload=%7B'],
  ['no object', form(null)],
  ['another type', form({ ...approve, type: 'shortcut' })],
  ['no user', form({ ...approve, user: undefined })],
  ['a user id of another form', form({ ...approve, user: { id: 'grace' } })],
  ['no action', form({ ...approve, actions: [] })],
  ['two actions', form({ ...approve, actions: [action, action] })],
  ['an unknown action', form({ ...approve, actions: [{ ...action, action_id: 'other' }] })],
  ['a value for another request', form({ ...approve, actions: [{ ...action, value: 'HP-42' }] })],
  ['a block of another form', form({ ...approve, actions: [{ ...action, block_id: 'x' }] })],
  [
    'a short digest',
    form({
      ...approve,
      actions: [{ ...action, block_id: BLOCK_ID.replace(TERMS_DIGEST, 'a'.repeat(63)) }],
    }),
  ],
  [
    'a reason that is not offered',
    form({
      ...approve,
      actions: [{ ...action, action_id: 'hp_reject', selected_option: { value: 'toString' } }],
    }),
  ],
  [
    'another form',
    form({
      ...approve,
      type: 'view_submission',
      view: { id: 'V1', callback_id: 'x', private_metadata: '', state: { values: {} } },
    }),
  ],
])('%s is malformed', async (_what, body) => {
  expect(await send(body)).toEqual({ status: 400, refused: 'not a click on our messages' })
  expect(heard).toBe(0)
})

test('a request that is not signed is refused before anything is read', async () => {
  const response = await instance.callback?.(
    { rawBody: Buffer.from(form(approve)), headers: {} },
    counting,
  )
  expect(response).toEqual({ status: 401, refused: 'not signed' })
  expect(heard).toBe(0)
})
