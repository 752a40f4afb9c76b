import { afterEach, beforeEach, expect, test } from 'vitest'
import { slackChannel } from '../../src/adapters/slack/index.ts'
import type { ApprovalRequest } from '../../src/core/request.ts'
import { deliver } from '../../src/deciding/deliver.ts'
import { answerSink } from '../../src/deciding/receive-answer.ts'
import { silentLogger } from '../../src/ports/log.ts'
import {
  type Delivery,
  type SlackWorkspace,
  signV0,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import { draft, stillClock } from '../support/desk.ts'
import { useStore } from '../support/store.ts'
import { auditOf, openServer, type TestServer } from './kit.ts'

const context = useStore()
const PATH = '/callbacks/slack'
const FORM = 'application/x-www-form-urlencoded'

let workspace: SlackWorkspace
beforeEach(async () => {
  workspace = await startSlackWorkspace()
})
afterEach(() => workspace.close())

/** A desk that has asked in Slack, and the click that somebody made on the message. */
async function clicked(by: 'grace' | 'ada' | 'mallory' = 'grace', change = {}) {
  // By the machine's clock, as the workspace signs.
  const clock = stillClock(new Date().toISOString())
  const definition = slackChannel({
    botToken: workspace.botToken,
    signingSecret: workspace.signingSecret,
    channelId: workspace.channelId,
    slackApiUrl: workspace.apiUrl,
    teamId: workspace.teamId,
    appId: workspace.appId,
  })
  const { ada, grace } = workspace.users
  const instance = await definition.start({
    identities: { ada, grace },
    names: { ada: 'Ada', grace: 'Grace' },
    clock,
    logger: silentLogger,
  })
  const server = await openServer(context, {
    clock,
    channels: [instance.channel],
    policy: { approveWithoutImage: true },
    callbacks: (desk) => [
      {
        name: 'slack',
        handle: async (request) => {
          const sink = answerSink(desk, instance.channel)
          return (await instance.callback?.(request, sink)) ?? { status: 404 }
        },
      },
    ],
  })
  const { picture: _, ...evidence } = draft().evidence
  const request = await server.ask({ evidence, ...change }, [])
  await deliver(server.desk, request.id)
  const ts = workspace.messages(workspace.channelId)[0]?.ts ?? ''
  // Nobody listens yet: this is the click as it would be sent.
  const click = await workspace.click(by, ts, 'hp_approve')
  return { server, request, click, close: () => instance.close?.() }
}

const send = (server: TestServer, { body, headers }: Pick<Delivery, 'body' | 'headers'>) =>
  server.post(PATH, body, undefined, headers)

/** Any payload, rightly signed. */
function signed(
  payload: unknown,
  body = new URLSearchParams({ payload: JSON.stringify(payload) }),
) {
  const text = String(body)
  const timestampS = Math.floor(Date.now() / 1_000)
  return {
    body: text,
    headers: {
      'content-type': FORM,
      'x-slack-request-timestamp': String(timestampS),
      'x-slack-signature': signV0(workspace.signingSecret, timestampS, text),
    },
  }
}

async function isUntouched(request: ApprovalRequest): Promise<void> {
  expect(await context.store.read(request.id)).toEqual(request)
  const events = (await auditOf(context, request.id)).map(({ event }) => event)
  expect(events).not.toContain('decision.recorded')
}

const refusals = async () =>
  (await auditOf(context)).filter(({ event }) => event === 'callback.refused')

test('a click approves as the person who clicked', async () => {
  const { server, request, click, close } = await clicked()
  const answer = await send(server, click)
  expect([answer.statusCode, answer.body]).toEqual([200, ''])
  await close()
  expect(await context.store.read(request.id)).toMatchObject({
    state: 'approved',
    decisions: [{ reviewer: 'grace', answer: 'approve', channel: 'slack' }],
  })
  expect(await refusals()).toEqual([])
})

test('a click that is delivered again is the same decision', async () => {
  const { server, request, click, close } = await clicked()
  await send(server, click)
  const before = await context.store.read(request.id)
  expect((await send(server, click)).statusCode).toBe(200)
  await close()
  expect(await context.store.read(request.id)).toEqual(before)
})

test.each([
  ['mallory', {}, 'not a reviewer'],
  ['ada', { onBehalfOf: 'ada' }, 'own-behalf'],
] as const)('by %s, who may not, is written down and changes nothing', async (by, change, why) => {
  const { server, request, click, close } = await clicked(by, change)
  expect((await send(server, click)).statusCode).toBe(200)
  await close()
  await isUntouched(request)
  expect((await auditOf(context, request.id)).at(-1)).toMatchObject({
    event: 'decision.refused',
    details: { why },
  })
})

type Change = (click: Delivery) => Pick<Delivery, 'body' | 'headers'> | Promise<Delivery>
const without = (name: string, { body, headers }: Delivery) => ({
  body,
  headers: Object.fromEntries(
    Object.entries(headers).filter(([key]) => key.toLowerCase() !== name),
  ),
})
const payloadWith = (click: Delivery, change: Readonly<Record<string, unknown>>) =>
  signed({ ...click.payload, ...change })
const action = (click: Delivery, change: Readonly<Record<string, unknown>>) =>
  payloadWith(click, {
    actions: [{ ...(click.payload['actions'] as readonly object[])[0], ...change }],
  })

test.each<[string, number, string, Change]>([
  ['without a signature', 401, 'not signed', (click) => without('x-slack-signature', click)],
  [
    'without a timestamp',
    401,
    'not signed',
    (click) => without('x-slack-request-timestamp', click),
  ],
  [
    'signed with another secret',
    401,
    'wrong signature',
    (click) => workspace.redeliver(click, { badSignature: true }),
  ],
  [
    'of ten minutes ago',
    401,
    'stale timestamp',
    (click) => workspace.redeliver(click, { timestampOffsetMs: -600_000 }),
  ],
  [
    'from the future',
    401,
    'stale timestamp',
    (click) => workspace.redeliver(click, { timestampOffsetMs: 600_000 }),
  ],
  [
    'with a timestamp that is no number',
    401,
    'malformed timestamp',
    ({ body, headers }) => ({
      body,
      headers: { ...headers, 'x-slack-request-timestamp': 'now' },
    }),
  ],
  [
    'with one byte more',
    401,
    'wrong signature',
    ({ body, headers }) => ({ body: `${body}&`, headers }),
  ],
  [
    'with its escapes written otherwise',
    401,
    'wrong signature',
    ({ body, headers }) => ({ body: body.replace('%22', '"'), headers }),
  ],
  [
    'of another workspace',
    401,
    'another workspace',
    (click) => payloadWith(click, { team: { id: 'T0OTHER0001' } }),
  ],
  [
    'of another app',
    401,
    'another app',
    (click) => payloadWith(click, { api_app_id: 'A0OTHER0001' }),
  ],
  [
    'on an action that we do not have',
    400,
    'not a click on our messages',
    (click) => action(click, { action_id: 'hp_approve_all' }),
  ],
  [
    'on a block that we do not have',
    400,
    'not a click on our messages',
    (click) => action(click, { block_id: 'hp1.HP-1' }),
  ],
  [
    'of a type that we do not have',
    400,
    'not a click on our messages',
    (click) => payloadWith(click, { type: 'shortcut' }),
  ],
  [
    'with nobody who clicked',
    400,
    'not a click on our messages',
    (click) => payloadWith(click, { user: 'grace' }),
  ],
  [
    'without a payload',
    400,
    'not a click on our messages',
    () => signed({}, new URLSearchParams('a=b')),
  ],
  [
    'with a payload that is no JSON',
    400,
    'not a click on our messages',
    () => signed({}, new URLSearchParams({ payload: '{"type":' })),
  ],
  ['with a payload of nothing', 400, 'not a click on our messages', () => signed(null)],
])(
  'a click %s gets %i, is written down and changes nothing',
  async (_what, status, why, change) => {
    const { server, request, click, close } = await clicked()
    const answer = await send(server, await change(click))
    expect([answer.statusCode, answer.body]).toEqual([status, ''])
    await close()
    await isUntouched(request)
    expect(await refusals()).toEqual([
      { event: 'callback.refused', actor: 'channel:slack', details: { why, status } },
    ])
  },
)
