import { describe, expect, test } from 'vitest'
import { deliver } from '../../src/deciding/deliver.ts'
import { look } from '../../src/deciding/look.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answerSink } from '../../src/deciding/receive-answer.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import type { Logger } from '../../src/ports/log.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { useStore } from '../support/store.ts'

const context = useStore()
const MINUTE_MS = 60_000

async function setUp(policy: object = {}, change: object = {}) {
  const channel = fakeChannel()
  const desk = await testDesk(context.store, {
    channels: [channel],
    policy: { reminders: false, ...policy },
  })
  const request = await openRequest(desk, draft(change), [picture])
  const shown = async () => {
    const before = channel.shows.length
    await deliver(desk, request.id)
    if (channel.shows.length === before) return 'not called'
    return channel.shows.at(-1)?.message.looking
  }
  await shown()
  await context.sql.query('delete from holdpoint_jobs.job')
  const looks = (reviewer = 'grace') => look(desk, request.id, reviewer, 'page')
  return { desk, request, channel, shown, looks }
}

const looked = async (requestId: string) =>
  (await context.store.auditOf(requestId)).filter(({ event }) => event === 'reviewer.looked')

describe('a reviewer who opens the question', () => {
  test('is shown in the messages, at once, with since when', async () => {
    const { desk, looks, shown } = await setUp()
    const since = desk.clock.now()
    await looks()
    expect(await context.jobs()).toEqual(['deliver HP-1', 'deliver HP-1 later'])
    expect(await shown()).toEqual({ reviewer: 'grace', since })
    expect(await shown()).toBe('not called')
  })

  test('is no longer shown five minutes after they were last seen, and one delivery sees to it', async () => {
    const { desk, looks, shown } = await setUp()
    const since = desk.clock.now()
    await looks()
    await shown()
    desk.clock.advance(4 * MINUTE_MS)
    await looks()
    expect(await shown()).toBe('not called')
    desk.clock.advance(5 * MINUTE_MS - 1)
    expect(await shown()).toBe('not called')
    desk.clock.advance(1)
    expect(await shown()).toBeUndefined()
    expect(await shown()).toBe('not called')
    const { rows } = await context.sql.query<{ at: Date }>(
      `select max(start_after) as at from holdpoint_jobs.job where name = 'deliver'`,
    )
    expect(rows[0]?.at).toEqual(new Date(since.getTime() + 9 * MINUTE_MS + 2_000))
  })

  test('is written down once, and a refreshed page brings no further delivery', async () => {
    const { desk, request, looks } = await setUp()
    await Promise.all([looks(), looks(), looks()])
    await context.sql.query('delete from holdpoint_jobs.job')
    for (const _ of [1, 2, 3]) await looks()
    desk.clock.advance(MINUTE_MS - 1)
    await looks()
    expect(await context.jobs()).toEqual([])
    desk.clock.advance(1)
    await looks()
    expect(await context.jobs()).toEqual(['deliver HP-1 later'])
    expect(await looked(request.id)).toMatchObject([
      { actor: 'reviewer:grace', details: { channel: 'page' } },
    ])
  })

  test('who comes back later looks anew, and is not written down again', async () => {
    const { desk, request, looks, shown } = await setUp()
    await looks()
    desk.clock.advance(6 * MINUTE_MS)
    await looks()
    expect(await shown()).toEqual({ reviewer: 'grace', since: desk.clock.now() })
    expect(await looked(request.id)).toHaveLength(1)
  })

  test('of two who look the first one is shown, then the other', async () => {
    const { desk, looks, shown } = await setUp()
    await looks('ada')
    desk.clock.advance(2 * MINUTE_MS)
    await looks('grace')
    expect(await shown()).toMatchObject({ reviewer: 'ada' })
    desk.clock.advance(4 * MINUTE_MS)
    expect(await shown()).toMatchObject({ reviewer: 'grace' })
  })

  test('keeps nobody from answering, and is not shown once it is answered', async () => {
    const { desk, request, looks, shown } = await setUp()
    await looks('ada')
    await shown()
    expect(await answer(desk, request, 'grace', 'approve')).toMatchObject({ verdict: 'approved' })
    expect(await shown()).toBeUndefined()
  })

  test('is not shown after their own answer, while others are waited for', async () => {
    const { desk, request, looks, shown } = await setUp({ quorum: 2 })
    await looks('ada')
    await shown()
    await answer(desk, request, 'ada', 'approve')
    expect(await shown()).toBeUndefined()
  })
})

describe('nothing comes of a look', () => {
  test.each<[string, string, (setting: Awaited<ReturnType<typeof setUp>>) => unknown]>([
    ['by somebody whom the policy does not name', 'mallory', () => {}],
    ['by the one it runs for', 'linus', () => {}],
    ['by who has answered', 'ada', ({ desk, request }) => answer(desk, request, 'ada', 'approve')],
    [
      'at a rejected request',
      'grace',
      ({ desk, request }) => answer(desk, request, 'ada', 'reject'),
    ],
    ['at a withdrawn request', 'grace', ({ desk, request }) => withdraw(desk, request.id, 'gone')],
    ['when its time is up', 'grace', ({ desk }) => desk.clock.advance(15 * MINUTE_MS)],
  ])('%s', async (_, reviewer, before) => {
    const policy = { reviewers: ['ada', 'grace', 'linus'], quorum: 2 }
    const setting = await setUp(policy, { onBehalfOf: 'linus' })
    await before(setting)
    await context.sql.query('delete from holdpoint_jobs.job')
    await setting.looks(reviewer)
    expect(await context.store.looks(setting.request.id)).toEqual([])
    expect(await context.jobs()).toEqual([])
    expect(await looked(setting.request.id)).toEqual([])
  })

  test('at a number that was never given', async () => {
    const { desk } = await setUp()
    await look(desk, 'HP-9', 'grace', 'page')
    expect(await looked('HP-9')).toEqual([])
  })

  test('while the store does not answer; it is logged, and not thrown', async () => {
    const { desk, request } = await setUp()
    const warnings: string[] = []
    const logger: Logger = { ...desk.logger, warn: (message) => void warnings.push(message) }
    const store = { transaction: () => Promise.reject(new Error('down')) }
    await look({ ...desk, logger, store: store as never }, request.id, 'grace', 'page')
    expect(warnings).toEqual(['a look could not be taken down'])
  })
})

describe('a look that a channel heard of', () => {
  test("is the reviewer's whose identity it is", async () => {
    const { desk, request, channel } = await setUp()
    await answerSink(desk, channel).looked({ requestId: request.id, identity: 'U2' })
    expect(await context.store.looks(request.id)).toMatchObject([{ reviewer: 'grace' }])
    expect(await looked(request.id)).toMatchObject([{ details: { channel: 'fake' } }])
  })

  test.each(['U9', 'grace', '', 'constructor'])(
    'is of nobody for the identity "%s"',
    async (identity) => {
      const { desk, request, channel } = await setUp()
      await answerSink(desk, channel).looked({ requestId: request.id, identity })
      expect(await context.store.looks(request.id)).toEqual([])
    },
  )
})
