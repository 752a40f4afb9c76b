import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChannelAnswer } from '../../../src/ports/channel.ts'
import {
  type SlackUserIds,
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import {
  type Bench,
  bench,
  EVIDENCE_DIGEST,
  REQUEST_URL,
  type Receiver,
  receive,
  TERMS_DIGEST,
} from './kit.ts'

let workspace: SlackWorkspace
let slack: Bench
let receiver: Receiver
let ts: string

async function open(identities?: Record<string, string>, options: object = {}): Promise<void> {
  slack = await bench(workspace, options, identities === undefined ? {} : { identities })
  receiver = await receive(slack)
  workspace.setInteractivityUrl(receiver.url)
  await slack.show()
  ts = workspace.messages(workspace.channelId)[0]?.ts ?? ''
}

async function close(): Promise<void> {
  await slack.instance.close?.()
  await receiver.close()
}

beforeEach(async () => {
  workspace = await startSlackWorkspace({ fileReadyDelayMs: 0 })
  await open()
})
afterEach(async () => {
  await close()
  await workspace.close()
})

/** What one person was told, once something was. */
async function told(user: keyof SlackUserIds): Promise<string> {
  const theirs = () => workspace.ephemerals().filter((each) => each.user === workspace.users[user])
  await expect.poll(() => theirs().length, { interval: 10 }).toBe(1)
  return theirs()[0]?.text ?? ''
}

const lookUps = (): number =>
  workspace.calls().filter(({ method }) => method === 'users.info').length

test('Approve hands in who clicked, and what the screen showed', async () => {
  const click = await workspace.click('grace', ts, 'hp_approve')
  expect(click).toMatchObject({ status: 200, answer: '', acked: true })
  expect(slack.answers).toHaveLength(1)
  expect(slack.answers[0]).toMatchObject({
    requestId: 'HP-41',
    answer: 'approve',
    identity: workspace.users.grace,
    expectedTermsDigest: TERMS_DIGEST,
    expectedEvidenceDigest: EVIDENCE_DIGEST,
  })
  expect(workspace.ephemerals()).toEqual([])
})

test('a ready-made reason rejects at once', async () => {
  await workspace.click('grace', ts, 'hp_reject', 'Too expensive')
  expect(slack.answers).toMatchObject([{ answer: 'reject', reason: 'Too expensive' }])
  expect(workspace.views()).toEqual([])
})

test('Open decides nothing', async () => {
  expect(await workspace.click('grace', ts, 'hp_open')).toMatchObject({ status: 200 })
  expect(slack.answers).toEqual([])
})

test('the same click delivered twice has one key, and another click another', async () => {
  const click = await workspace.click('grace', ts, 'hp_approve')
  await workspace.redeliver(click)
  await workspace.click('grace', ts, 'hp_approve')
  const [first, second, third] = slack.answers.map(({ dedupeKey }) => dedupeKey)
  expect(second).toBe(first)
  expect(third).not.toBe(first)
})

test('a refused answer is told to the one who clicked, and nobody else', async () => {
  slack.receipt = { accepted: false, message: 'Only Grace may answer HP-41. Nothing changed.' }
  const click = await workspace.click('mallory', ts, 'hp_approve')
  expect(click).toMatchObject({ status: 200, answer: '' })
  expect(await told('mallory')).toBe('Only Grace may answer HP-41. Nothing changed.')
  expect(workspace.ephemerals()).toHaveLength(1)
  expect(receiver.responses[0]?.refused).toBeUndefined()
})

test('who is no reviewer reaches the desk, which refuses and writes it down, without a look-up', async () => {
  await workspace.click('mallory', ts, 'hp_reject', 'other')
  expect(slack.answers).toMatchObject([{ identity: workspace.users.mallory }])
  expect(lookUps()).toBe(0)
  expect(workspace.views()).toEqual([])
})

test.each([
  ['guest', 'guest'],
  ['singleChannelGuest', 'guest'],
  ['stranger', 'another company'],
  ['unconfirmed', 'not confirmed'],
] as const)('a reviewer who is a %s now does not decide', async (user, why) => {
  await close()
  await open({ grace: workspace.users[user] })
  const click = await workspace.click(user, ts, 'hp_approve')
  expect(click).toMatchObject({ status: 200, answer: '' })
  expect(slack.answers).toEqual([])
  expect(await told(user)).toContain('Nothing changed.')
  expect(receiver.responses[0]?.refused).toContain(why)
})

test.each([
  { kind: 'http500' },
  { kind: 'drop_before' },
  { kind: 'ratelimited', retryAfterS: 30 },
  { kind: 'error', error: 'user_not_found' },
  { kind: 'slow', ms: 1_800 },
] as const)('a look-up that fails ($kind) decides nothing, and says so', async (fault) => {
  workspace.faults.add({ method: 'users.info', ...fault })
  const click = await workspace.click('grace', ts, 'hp_approve')
  expect(click).toMatchObject({ status: 200, acked: true })
  expect(slack.answers).toEqual([])
  expect(await told('grace')).toContain('please try again')
})

test('people are looked up for every answer', async () => {
  await workspace.click('grace', ts, 'hp_approve')
  await workspace.click('grace', ts, 'hp_approve')
  expect(lookUps()).toBe(2)
})

test('Other… opens a form, and its text is the reason', async () => {
  await workspace.click('grace', ts, 'hp_reject', 'other')
  expect(slack.answers).toEqual([])
  const [view] = workspace.views()
  const submit = await workspace.submitView('grace', view?.id ?? '', {
    hp_reason_text: '  the chair is <red>  ',
  })
  expect(submit).toMatchObject({ status: 200, answer: '' })
  expect(slack.answers).toMatchObject([
    {
      answer: 'reject',
      reason: 'the chair is <red>',
      identity: workspace.users.grace,
      expectedTermsDigest: TERMS_DIGEST,
      expectedEvidenceDigest: EVIDENCE_DIGEST,
    },
  ])
  expect(workspace.views()).toEqual([])
})

test('a refused form stays open and says why', async () => {
  slack.receipt = { accepted: false, message: 'HP-41 is already approved. Nothing changed.' }
  await workspace.click('grace', ts, 'hp_reject', 'other')
  const [view] = workspace.views()
  const submit = await workspace.submitView('grace', view?.id ?? '', { hp_reason_text: 'no' })
  expect(JSON.parse(submit.answer)).toEqual({
    response_action: 'errors',
    errors: { hp_reason_block: 'HP-41 is already approved. Nothing changed.' },
  })
  expect(workspace.views()).toHaveLength(1)
})

test('a form that does not open leaves the request waiting, and links to its page', async () => {
  workspace.faults.add({ method: 'views.open', kind: 'http500' })
  const click = await workspace.click('grace', ts, 'hp_reject', 'other')
  expect(click).toMatchObject({ status: 200 })
  expect(slack.answers).toEqual([])
  expect(await told('grace')).toContain(`<${REQUEST_URL}|`)
})

test('Slack is answered in time though the desk is slow, and the answer still counts', async () => {
  const { sink } = slack
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let finished = false
  Object.assign(slack, {
    sink: {
      ...sink,
      answer: async (answer: ChannelAnswer) => {
        await held
        finished = true
        return sink.answer(answer)
      },
    },
  })
  const click = await workspace.click('grace', ts, 'hp_approve')
  expect(click).toMatchObject({ status: 200, acked: true })
  expect(finished).toBe(false)
  release()
  await slack.instance.close?.()
  expect(slack.answers).toHaveLength(1)
})

test('a form that is refused too late is answered in the channel', async () => {
  const { sink } = slack
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  Object.assign(slack, {
    sink: { ...sink, answer: (answer: ChannelAnswer) => held.then(() => sink.answer(answer)) },
    receipt: { accepted: false, message: 'HP-41 is already approved. Nothing changed.' },
  })
  await workspace.click('grace', ts, 'hp_reject', 'other')
  const [view] = workspace.views()
  const submit = await workspace.submitView('grace', view?.id ?? '', { hp_reason_text: 'no' })
  expect(submit).toMatchObject({ status: 200, answer: '' })
  release()
  expect(await told('grace')).toContain('HP-41 is already approved')
})

test('a desk that throws is told as a failure to record', async () => {
  Object.assign(slack, { sink: () => Promise.reject(new Error('database gone')) })
  expect(await workspace.click('grace', ts, 'hp_approve')).toMatchObject({ status: 200 })
  expect(await told('grace')).toContain('could not be recorded')
})

test.each([
  ['another workspace', { teamId: 'T0OTHER0001' }],
  ['another app', { appId: 'A0OTHER0001' }],
])('a click from %s is refused', async (why, options) => {
  await close()
  await open(undefined, options)
  const click = await workspace.click('grace', ts, 'hp_approve')
  expect(click.status).toBe(401)
  expect(receiver.responses[0]?.refused).toBe(why)
  expect(slack.answers).toEqual([])
})

test('without a signing secret there is no callback, and the message offers Open only', async () => {
  const closed = await bench(workspace, { signingSecret: undefined })
  expect(closed.instance.callback).toBeUndefined()
  await closed.show()
  const blocks = JSON.stringify(workspace.messages(workspace.channelId).at(-2)?.blocks)
  expect(blocks).toContain('hp_open')
  expect(blocks).not.toContain('hp_approve')
  expect(blocks).not.toContain('hp_reject')
  expect(blocks).toContain('answer on the page behind Open')
})
