import { describe, expect, test } from 'vitest'
import { deliver } from '../../src/deciding/deliver.ts'
import { expire } from '../../src/deciding/expire.ts'
import { look } from '../../src/deciding/look.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import type { Channel } from '../../src/ports/channel.ts'
import { answer } from '../support/desk.ts'
import { useStore } from '../support/store.ts'
import { describeChannelAnswers } from './channel-answers.ts'
import { type Begin, type ChannelHarness, type Setting, setUp } from './channel-kit.ts'

const HOUR_MS = 3_600_000

/**
 * What every channel does, on a real desk and a real store. What only one place can get wrong is tested
 * there:
 *
 * - what is only read (GET, HEAD, a page loaded in advance) decides nothing: `test/server/reading.test.ts`
 * - links are not unfurled, and a page's text is no markup: `test/adapters/slack/untrusted-text.test.ts`
 * - a callback that is altered, stale, replayed or of another app: `test/server/slack-callback.test.ts`
 * - the form on the request's page, where a name in the body counts for nothing and a second decision is
 *   409 with who made the first: `test/server/decision.test.ts`
 * - who may not answer by what the provider says of them: `test/adapters/slack/person.test.ts`
 */
export function describeChannel(harness: ChannelHarness): void {
  describe(`Channel ${harness.name}`, () => {
    const inUse = useStore()
    const begin: Begin = (options) => setUp(inUse, harness, options)
    describeBasics(begin)
    describeDelivery(begin, harness)
    describeUpdates(begin)
    describeChannelAnswers(inUse, begin)
  })
}

function describeBasics(begin: Begin): void {
  test('it says its name, whom it reaches, and hears answers in one way', async () => {
    const { at } = await begin()
    const { channel, callback, listen } = at.instance
    // It stands in addresses, in the configuration and beside every decision.
    expect(channel.name).toMatch(/^[a-z][a-z0-9-]{0,30}$/)
    expect(Object.keys(channel.identities)).toEqual(['grace'])
    expect([callback, listen].filter((way) => way !== undefined)).toHaveLength(1)
  })

  test('what must stay secret is neither logged nor stored', async () => {
    const { at, desk, log, ask, deliverAnyway } = await begin()
    const { id } = await ask()
    const stored = async () => [
      await desk.store.read(id),
      await desk.store.deliveries(id),
      await desk.store.auditOf(id),
    ]
    at.failNext?.('before')
    desk.clock.advance(12 * HOUR_MS)
    await deliverAnyway({ id }).catch(() => {})
    const before = await stored()
    await at.answer(id, 'approve')
    await deliverAnyway({ id })
    // By words, as a time or a digest may hold the digits of a short code.
    const times = /\d{4}-\d\d-\d\dT[\d:.]+Z/g
    const words = JSON.stringify([log, before, await stored()])
      .replaceAll(times, '')
      .split(/[^\w-]+/)
    expect(at.secrets().length).toBeGreaterThan(0)
    for (const secret of at.secrets()) expect(words).not.toContain(secret)
  })
}

function describeDelivery(begin: Begin, harness: ChannelHarness): void {
  describe('a question', () => {
    test('stands once, however often it is delivered, also at once', async () => {
      const { at, ask, deliverAnyway } = await begin()
      const request = await ask()
      expect(at.offers(request.id)).toBe(true)
      await deliverAnyway(request)
      await Promise.all([1, 2, 3, 4].map(() => deliverAnyway(request)))
      expect(at.count(request.id)).toBe(1)
    })

    test('stands once although the desk was killed before it wrote down where', async () => {
      const { at, desk, open, deliver: deliverAgain } = await begin()
      const { channel } = at.instance
      const killed: Channel = {
        ...channel,
        async show(message, state, checkpoint) {
          await channel.show(message, state, async (ref) => {
            if (at.count(message.request.id) > 0) throw new Error('killed')
            await checkpoint(ref)
          })
          throw new Error('killed')
        },
      }
      const request = await open()
      const dying = deliver({ ...desk, channels: [killed] }, request.id)
      await expect(dying).rejects.toMatchObject({ code: 'HP_ERR_CHANNEL_FAILED' })
      expect(at.count(request.id)).toBe(1)
      await deliverAgain(request)
      expect(at.count(request.id)).toBe(1)
      expect(at.offers(request.id)).toBe(true)
    })

    const failures = harness.canFail ? (['before', 'after'] as const) : []
    test.each(failures)('stands once when the provider failed %s it stood', async (when) => {
      const { at, open, deliver: deliverAgain } = await begin()
      const request = await open()
      at.failNext?.(when)
      await expect(deliverAgain(request)).rejects.toMatchObject({ code: 'HP_ERR_CHANNEL_FAILED' })
      await deliverAgain(request)
      await deliverAgain(request)
      expect(at.count(request.id)).toBe(1)
      expect(at.offers(request.id)).toBe(true)
    })

    test('stands beside another one of the same agent', async () => {
      const { at, ask } = await begin()
      const [one, two] = [await ask(), await ask()]
      expect([at.count(one.id), at.count(two.id)]).toEqual([1, 1])
      expect([at.offers(one.id), at.offers(two.id)]).toEqual([true, true])
    })

    const threads = harness.hasThreads ? ['its session'] : []
    test.each(threads)('stands in the thread of %s, and no other', async () => {
      const { at, desk, ask } = await begin()
      const first = await ask()
      desk.clock.advance(1_000)
      const [second, other] = [await ask(), await ask({ session: 'session-2' })]
      const [thread, same, another] = [first, second, other].map(({ id }) => at.threadOf?.(id))
      expect(thread).toBeDefined()
      expect(same).toBe(thread)
      expect(another).not.toBe(thread)
    })
  })
}

function describeUpdates(begin: Begin): void {
  describe('a question that has ended', () => {
    test.each<[string, RegExp, (setting: Setting, id: string) => Promise<unknown>]>([
      ['approved elsewhere', /approved/i, ({ desk }, id) => decided(desk, id, 'approve')],
      ['rejected elsewhere', /rejected/i, ({ desk }, id) => decided(desk, id, 'reject')],
      [
        'expired',
        /expired/i,
        ({ desk }, id) => {
          desk.clock.advance(24 * HOUR_MS)
          return expire(desk, id)
        },
      ],
      ['withdrawn', /withdrawn/i, ({ desk }, id) => withdraw(desk, id, 'the page was closed')],
    ])('says that it was %s, once, and offers no answer', async (_, says, end) => {
      const setting = await begin()
      const { at, ask, deliver: deliverAgain, deliverAnyway } = setting
      const { id } = await ask()
      expect(at.screen(id)).not.toMatch(says)
      await end(setting, id)
      await deliverAgain({ id })
      const ended = at.screen(id)
      expect(ended).toMatch(says)
      expect(at.offers(id)).toBe(false)
      await deliverAnyway({ id })
      expect(at.screen(id)).toBe(ended)
    })
  })

  describe('a question that waits', () => {
    test('shows how many of those needed have approved, and offers to', async () => {
      const { at, desk, ask, deliver: deliverAgain } = await begin({ policy: { quorum: 2 } })
      const { id } = await ask()
      await decided(desk, id, 'approve')
      await deliverAgain({ id })
      expect(at.screen(id)).toContain('1 of 2')
      expect(at.screen(id)).toContain('Ada')
      expect(at.offers(id)).toBe(true)
    })

    test('shows who looks at it', async () => {
      const { at, desk, ask, deliver: deliverAgain } = await begin()
      const { id } = await ask()
      await look(desk, id, 'ada', 'page')
      await deliverAgain({ id })
      expect(at.screen(id)).toContain('Ada is looking')
      expect(at.offers(id)).toBe(true)
    })

    test('is followed by each notice once, when it is due', async () => {
      const policy = { reviewers: ['ada', 'grace'], escalateTo: ['grace'] }
      const { at, desk, ask, deliver: deliverAgain, deliverAnyway } = await begin({ policy })
      const { id } = await ask()
      const before = at.said(id)
      // By then the escalation, which is for the person here; the reminder is for somebody else.
      desk.clock.advance(12 * HOUR_MS)
      await deliverAgain({ id })
      const escalated = at.said(id)
      expect(escalated).toBeGreaterThan(before)
      await deliverAnyway({ id })
      await deliverAnyway({ id })
      expect(at.said(id)).toBe(escalated)
      desk.clock.advance(12 * HOUR_MS - 60_000)
      await deliverAgain({ id })
      await deliverAnyway({ id })
      expect(at.said(id)).toBe(escalated + 1)
      expect(at.count(id)).toBe(1)
    })
  })
}

/** Ada answers on the page. */
async function decided(
  desk: Setting['desk'],
  id: string,
  answered: 'approve' | 'reject',
): Promise<void> {
  const request = await desk.store.read(id)
  if (request === undefined) throw new Error(`${id} is not there`)
  await answer(desk, request, 'ada', answered)
}
