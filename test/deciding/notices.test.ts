import { expect, test } from 'vitest'
import { policyDigest } from '../../src/core/policy.ts'
import { deliver } from '../../src/deciding/deliver.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { useStore } from '../support/store.ts'

const context = useStore()
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

async function setUp(policy: object = {}, change: object = {}) {
  const channel = fakeChannel()
  const desk = await testDesk(context.store, {
    channels: [channel],
    policy: { reviewers: ['grace', 'ada'], expiresAfterMs: 24 * HOUR_MS, ...policy },
  })
  const request = await openRequest(desk, draft(change), [picture])
  /** Minutes after the opening at which its message is looked at again. */
  const later = async (): Promise<readonly number[]> => {
    const { rows } = await context.sql.query<{ at: Date }>(
      `select start_after as at from holdpoint_jobs.job
       where name = 'deliver' and start_after > now() + interval '1 second' order by start_after`,
    )
    return rows.map(({ at }) => (at.getTime() - request.openedAt.getTime()) / MINUTE_MS)
  }
  /** Delivers, and says what the channel was given, if it was called. */
  const said = async (): Promise<readonly string[] | 'not called'> => {
    const before = channel.shows.length
    await deliver(desk, request.id)
    if (channel.shows.length === before) return 'not called'
    const { notices = [] } = channel.shows.at(-1)?.message ?? {}
    return notices.map(({ kind, reviewers }) => [kind, ...reviewers].join(' '))
  }
  return { desk, request, channel, later, said }
}

test('the opening has the message looked at again once each notice is due, by any clock', async () => {
  const margin = 2_000 / MINUTE_MS
  const { later } = await setUp({ escalateTo: ['ada'], escalateAfterMs: 3 * HOUR_MS })
  expect(await later()).toEqual([180, 720, 1_430].map((minute) => minute + margin))
})

test('a policy without reminders and escalation asks for no further look', async () => {
  const { later } = await setUp({ reminders: false })
  expect(await later()).toEqual([])
})

test('the channel is called once for what has come due, and not again', async () => {
  const { desk, said } = await setUp()
  expect(await said()).toEqual([])
  desk.clock.advance(12 * HOUR_MS - 1)
  expect(await said()).toBe('not called')
  desk.clock.advance(1)
  expect(await said()).toEqual(['reminder grace ada'])
  expect(await said()).toBe('not called')
  desk.clock.advance(11 * HOUR_MS + 50 * MINUTE_MS)
  expect(await said()).toEqual(['last-call grace ada'])
  expect(await said()).toBe('not called')
})

test('a delivery that comes late says what still makes sense', async () => {
  const { desk, said } = await setUp()
  desk.clock.advance(24 * HOUR_MS - MINUTE_MS)
  expect(await said()).toEqual(['last-call grace ada'])
})

test('those who are asked next are told when nobody has answered by then', async () => {
  const { desk, said } = await setUp({ escalateTo: ['ada'], escalateAfterMs: HOUR_MS })
  expect(await said()).toEqual([])
  desk.clock.advance(HOUR_MS)
  expect(await said()).toEqual(['escalation ada'])
})

test('those who are asked next may answer before they are told', async () => {
  const { desk, request, said } = await setUp({ escalateTo: ['ada'] })
  expect(await answer(desk, request, 'ada', 'approve')).toMatchObject({ verdict: 'approved' })
  desk.clock.advance(23 * HOUR_MS)
  expect(await said()).toBe('not called')
})

test('those who are asked next are told with the question when nobody else may answer', async () => {
  const { said } = await setUp({ escalateTo: ['ada'] }, { onBehalfOf: 'grace' })
  expect(await said()).toEqual(['escalation ada'])
})

test('who has answered is not reminded, nor the one it runs for', async () => {
  const policy = { reviewers: ['grace', 'ada', 'linus'], quorum: 2 }
  const { desk, request, said } = await setUp(policy, { onBehalfOf: 'ada' })
  await answer(desk, request, 'grace', 'approve')
  desk.clock.advance(12 * HOUR_MS)
  expect(await said()).toEqual(['reminder linus'])
})

test.each<[string, (setting: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>]>([
  ['an approval', ({ desk, request }) => answer(desk, request, 'grace', 'approve')],
  ['a rejection', ({ desk, request }) => answer(desk, request, 'grace', 'reject')],
  ['a withdrawal', ({ desk, request }) => withdraw(desk, request.id, 'the page was closed')],
  ['the deadline', async ({ desk }) => desk.clock.advance(13 * HOUR_MS)],
])('after %s nothing is said any more', async (_, end) => {
  const setting = await setUp()
  await setting.said()
  setting.desk.clock.advance(12 * HOUR_MS)
  expect(await setting.said()).toEqual(['reminder grace ada'])
  await end(setting)
  expect(await setting.said()).toEqual([])
  expect(await setting.said()).toBe('not called')
})

test('what a channel failed to say is due at the next try', async () => {
  const { desk, request, channel, said } = await setUp()
  await said()
  desk.clock.advance(12 * HOUR_MS)
  channel.next(() => Promise.reject(new Error('down')))
  await expect(deliver(desk, request.id)).rejects.toMatchObject({ code: 'HP_ERR_CHANNEL_FAILED' })
  desk.clock.advance(HOUR_MS)
  expect(await said()).toEqual(['reminder grace ada'])
})

test('what comes due while the channel is being shown the request is said by the same delivery', async () => {
  const { desk, request, channel } = await setUp()
  channel.next(async () => {
    desk.clock.advance(12 * HOUR_MS)
    return { ref: { ts: '1' } }
  })
  await deliver(desk, request.id)
  expect(channel.shows.map(({ message }) => message.notices.length)).toEqual([0, 1])
})

test('a request whose policy an earlier version stored can be decided, and is reminded', async () => {
  const { desk, request, said } = await setUp()
  const { reminders: _, ...policy } = request.policy
  await context.sql.query('update holdpoint.requests set policy = $1, policy_digest = $2', [
    JSON.stringify(policy),
    policyDigest(policy as typeof request.policy),
  ])
  desk.clock.advance(12 * HOUR_MS)
  expect(await said()).toEqual(['reminder grace ada'])
  const { verdict } = await answer(desk, request, 'grace', 'approve')
  expect(verdict).toBe('approved')
})
