import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ChannelAnswer } from '../../../src/ports/channel.ts'
import {
  type SlackUserIds,
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import { type Bench, bench, EVIDENCE_DIGEST, REQUEST_URL, TERMS_DIGEST } from './kit.ts'
import { type Line, openLine, optionsFor, TRANSPORTS } from './transports.ts'

let workspace: SlackWorkspace
let slack: Bench
let line: Line
let ts: string

describe.each(TRANSPORTS)('over %s', (transport) => {
  async function open(identities?: Record<string, string>, options: object = {}): Promise<void> {
    slack = await bench(
      workspace,
      { ...optionsFor(workspace, transport), ...options },
      identities === undefined ? {} : { identities },
    )
    // Read at each call, so that a test can put another in its place.
    line = await openLine(workspace, slack.instance, transport, {
      answer: (answer) => slack.sink.answer(answer),
      looked: (look) => slack.sink.looked(look),
      editable: (requestId) => slack.sink.editable(requestId),
      signInLink: (look) => slack.sink.signInLink(look),
      refused: (why) => slack.sink.refused(why),
    })
    await slack.show()
    ts = workspace.messages(workspace.channelId)[0]?.ts ?? ''
  }

  async function close(): Promise<void> {
    await line.close()
    await slack.instance.close?.()
  }

  /** Why clicks were turned away. */
  const refused = (): readonly string[] => [...line.refused, ...slack.refused]

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
    const theirs = () =>
      workspace.ephemerals().filter((each) => each.user === workspace.users[user])
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

  test('Open tells the desk who looks, and decides nothing', async () => {
    expect(await workspace.click('grace', ts, 'hp_open')).toMatchObject({ acked: true, answer: '' })
    await expect
      .poll(() => slack.looks, { interval: 10 })
      .toEqual([{ requestId: 'HP-41', identity: workspace.users.grace }])
    expect(slack.answers).toEqual([])
  })

  test('Open hands a reviewer, alone, a link that signs in at the page', async () => {
    await workspace.click('grace', ts, 'hp_open')
    await expect.poll(() => workspace.ephemerals(), { interval: 10 }).toHaveLength(1)
    const [told] = workspace.ephemerals()
    expect(told).toMatchObject({ user: workspace.users.grace })
    expect(JSON.stringify(told)).toContain('?as=HP-41|Sign in to the page of HP-41')
  })

  test.each(['mallory', 'guest'] as const)('that %s opened it is told to nobody', async (user) => {
    await close()
    await open({ grace: workspace.users.grace, gus: workspace.users.guest })
    await workspace.click(user, ts, 'hp_open')
    await slack.instance.close?.()
    expect(slack.looks).toEqual([])
    expect(workspace.ephemerals()).toEqual([])
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
    expect(refused()).toEqual([])
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
    ['stranger', 'another workspace'],
    ['unconfirmed', 'not confirmed'],
  ] as const)('a reviewer who is a %s now does not decide', async (user, why) => {
    await close()
    await open({ grace: workspace.users[user] })
    const click = await workspace.click(user, ts, 'hp_approve')
    expect(click).toMatchObject({ status: 200, answer: '' })
    expect(slack.answers).toEqual([])
    expect(await told(user)).toContain('Nothing changed.')
    expect(refused()[0]).toContain(why)
  })

  test.each([
    ['deleted', 'deactivated'],
    ['workflowBot', 'a bot'],
    ['connectorBot', 'a bot'],
  ] as const)('a reviewer who is %s does not decide, and cannot be told', async (user, why) => {
    await close()
    await open({ grace: workspace.users[user] })
    expect(await workspace.click(user, ts, 'hp_approve')).toMatchObject({ acked: true })
    expect(slack.answers).toEqual([])
    expect(refused()[0]).toContain(why)
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
    await expect.poll(() => slack.looks, { interval: 10 }).toHaveLength(1)
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

  test.each([
    { kind: 'http500' },
    { kind: 'slow', ms: 3_000 },
    { kind: 'error', error: 'expired_trigger_id' },
  ] as const)(
    'a form that does not open ($kind) leaves it waiting, and links to its page',
    async (fault) => {
      workspace.faults.add({ method: 'views.open', ...fault })
      const click = await workspace.click('grace', ts, 'hp_reject', 'other')
      expect(click).toMatchObject({ status: 200 })
      expect(slack.answers).toEqual([])
      expect(await told('grace')).toContain(`<${REQUEST_URL}|`)
    },
  )

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
    const answer = () => Promise.reject(new Error('database gone'))
    Object.assign(slack, { sink: { ...slack.sink, answer } })
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
    expect(click.acked).toBe(transport === 'socket')
    expect(refused()[0]).toContain(why)
    expect(slack.answers).toEqual([])
  })
})
