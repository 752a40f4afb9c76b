import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { slackChannel } from '../../../src/adapters/slack/index.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import { deliver } from '../../../src/deciding/deliver.ts'
import type { Desk } from '../../../src/deciding/desk.ts'
import { openRequest } from '../../../src/deciding/open-request.ts'
import { answerSink } from '../../../src/deciding/receive-answer.ts'
import type { ChannelInstance } from '../../../src/ports/channel.ts'
import { silentLogger } from '../../../src/ports/log.ts'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import { draft, type StillClock, stillClock, testDesk } from '../../support/desk.ts'
import { useStore } from '../../support/store.ts'
import { type Line, openLine, optionsFor, TRANSPORTS } from './transports.ts'

const context = useStore()
const EXPIRES_MS = 60_000

describe.each(TRANSPORTS)('over %s', (transport) => {
  let workspace: SlackWorkspace
  let instance: ChannelInstance
  let line: Line
  let desk: Desk & { readonly clock: StillClock }
  let request: ApprovalRequest
  let ts: string

  beforeEach(async () => {
    workspace = await startSlackWorkspace()
    // By the machine's clock, as the workspace signs.
    const clock = stillClock(new Date().toISOString())
    const { ada, grace } = workspace.users
    instance = await slackChannel({
      botToken: workspace.botToken,
      channelId: workspace.channelId,
      slackApiUrl: workspace.apiUrl,
      ...optionsFor(workspace, transport),
    }).start({ identities: { ada, grace }, names: {}, clock, logger: silentLogger })
    desk = await testDesk(context.store, {
      clock,
      channels: [instance.channel],
      policy: { approveWithoutImage: true, expiresAfterMs: EXPIRES_MS },
    })
    line = await openLine(workspace, instance, transport, answerSink(desk, instance.channel))
    const { picture: _, ...evidence } = draft().evidence
    request = await openRequest(desk, draft({ evidence }), [])
    await deliver(desk, request.id)
    ts = workspace.messages(workspace.channelId)[0]?.ts ?? ''
  })
  afterEach(async () => {
    await line.close()
    await instance.close?.()
    await workspace.close()
  })

  const approve = (by = 'grace') => workspace.click(by, ts, 'hp_approve')
  const reject = (by = 'ada') => workspace.click(by, ts, 'hp_reject', 'Too expensive')
  const standing = async () => {
    const stored = await context.store.read(request.id)
    const audit = await context.store.auditOf(request.id)
    return {
      state: stored?.state,
      decisions: stored?.decisions.map(({ reviewer, answer }) => `${reviewer} ${answer}`),
      recorded: audit.filter(({ event }) => event === 'decision.recorded').length,
    }
  }
  const APPROVED = { state: 'approved', decisions: ['grace approve'], recorded: 1 }
  /** What people were told, once all was said. */
  const told = async () => {
    await instance.close?.()
    return workspace.ephemerals().map(({ text }) => text)
  }

  test.each([{}, { exactReplay: true }])(
    'a click delivered again (%j) is the same',
    async (how) => {
      const click = await approve()
      await workspace.redeliver(click, how)
      await workspace.redeliver(click, how)
      expect(await standing()).toEqual(APPROVED)
      expect(await told()).toEqual([])
    },
  )

  test('a click delivered several times at once is one', async () => {
    const hold = workspace.holdDeliveries()
    const clicked = approve()
    await hold.release()
    const click = await clicked
    await Promise.all([1, 2, 3, 4].map(() => workspace.redeliver(click)))
    expect(await standing()).toEqual(APPROVED)
  })

  test.each([
    [[0, 1], APPROVED, 'approved'],
    [[1, 0], { state: 'rejected', decisions: ['ada reject'], recorded: 1 }, 'rejected'],
  ])('of two answers the one that comes first counts: %j', async (order, ended, how) => {
    const hold = workspace.holdDeliveries()
    const clicks = [approve(), reject()]
    await expect.poll(() => hold.waiting).toBe(2)
    await hold.release(order)
    await Promise.all(clicks)
    expect(await standing()).toEqual(ended)
    expect(await told()).toEqual([expect.stringContaining(how)])
  })

  test('an answer that comes after the deadline changes nothing', async () => {
    const hold = workspace.holdDeliveries()
    const clicked = approve()
    await expect.poll(() => hold.waiting).toBe(1)
    desk.clock.advance(EXPIRES_MS)
    await hold.release()
    expect((await clicked).acked).toBe(true)
    expect(await standing()).toMatchObject({ decisions: [], recorded: 0 })
    expect(await told()).toEqual([expect.stringContaining('Nothing changed')])
  })

  test('a click on what a slow phone still shows changes nothing once it has ended', async () => {
    await approve()
    await deliver(desk, request.id)
    await workspace.click('ada', ts, 'hp_reject', 'Too expensive', { version: 0 })
    expect(await standing()).toEqual(APPROVED)
    expect(await told()).toEqual([expect.stringContaining('approved')])
  })

  test('a form that was open while it ended changes nothing, and says so', async () => {
    await workspace.click('ada', ts, 'hp_reject', 'other')
    const [view] = workspace.views(workspace.users.ada)
    await approve()
    const submit = await workspace.submitView('ada', view?.id ?? '', { hp_reason_text: 'no' })
    expect(submit.answer).toContain('Nothing changed')
    await workspace.redeliver(submit)
    expect(await standing()).toEqual(APPROVED)
  })
})
