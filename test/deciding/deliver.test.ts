import { describe, expect, test } from 'vitest'
import { deliver } from '../../src/deciding/deliver.ts'
import {
  claimExecution,
  finishExecution,
  sentExecution,
  startExecution,
} from '../../src/deciding/execute.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { ChannelBug, ChannelBusy } from '../../src/ports/channel.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type FakeChannel, fakeChannel, type Show } from '../support/fake-channel.ts'
import { useStore } from '../support/store.ts'

const context = useStore()
const ATTEMPT_MS = 90_000

async function setUp(...channels: readonly FakeChannel[]) {
  const channel = channels[0] ?? fakeChannel()
  const desk = await testDesk(context.store, {
    channels: channels.length === 0 ? [channel] : channels,
    policy: { quorum: 2 },
  })
  const request = await openRequest(desk, draft(), [picture])
  await context.sql.query('delete from holdpoint_jobs.job')
  return { desk, request, channel }
}

const events = async (requestId: string) =>
  (await context.store.auditOf(requestId))
    .map(({ event }) => event)
    .filter((event) => event.startsWith('channel.'))

const row = async (requestId: string) => (await context.store.deliveries(requestId))[0]

const fails = (error: Error) => () => Promise.reject(error)

/** A call of the channel that a test lets go on when it likes. */
function held(): {
  readonly answer: (show: Show) => Promise<{ ref: { ts: string } }>
  release(): void
} {
  const gate = Promise.withResolvers<void>()
  return {
    answer: async () => {
      await gate.promise
      return { ref: { ts: 'held' } }
    },
    release: () => gate.resolve(),
  }
}

describe('a message that stands', () => {
  test('a channel is given all that people see, and where the message stands is kept', async () => {
    const { desk, request, channel } = await setUp()
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(1)
    const { message, state } = channel.shows[0] ?? {}
    expect(message).toMatchObject({
      request: { id: request.id, state: 'pending' },
      url: 'http://127.0.0.1:4300/requests/HP-1',
      names: { ada: 'Ada', grace: 'Grace' },
    })
    expect(Uint8Array.from(message?.images.full ?? [])).toEqual(picture.bytes)
    expect(message).not.toHaveProperty('followedBy')
    expect(state).toEqual({})
    expect(await row(request.id)).toMatchObject({
      channel: 'fake',
      ref: { ts: 'posted-HP-1' },
      attempts: 1,
      deliveredAt: desk.clock.now(),
    })
    expect(await row(request.id)).not.toHaveProperty('attemptedAt')
    expect(await events(request.id)).toEqual(['channel.notified'])
  })

  test('it is left alone until the request changes, and then updated at its place', async () => {
    const { desk, request, channel } = await setUp()
    await deliver(desk, request.id)
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(1)
    await answer(desk, request, 'ada', 'approve')
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(2)
    expect(channel.shows[1]?.state).toEqual({ ref: { ts: 'posted-HP-1' } })
    expect(channel.shows[1]?.message.request.decisions).toHaveLength(1)
    expect(await events(request.id)).toEqual(['channel.notified'])
  })

  test('the steps of an execution look alike; its beginning and its end do not', async () => {
    const { desk, request, channel } = await setUp()
    await answer(desk, request, 'ada', 'approve')
    await answer(desk, request, 'grace', 'approve')
    await deliver(desk, request.id)
    expect(channel.shows).toEqual([])

    const other = await openRequest(desk, draft(), [picture])
    const shown: string[] = []
    const show = async (act: () => Promise<unknown>): Promise<void> => {
      await act()
      const before = channel.shows.length
      await deliver(desk, other.id)
      shown.push(channel.shows.length > before ? 'shown' : 'same')
    }
    await show(async () => {})
    await show(() => answer(desk, other, 'ada', 'approve'))
    await show(() => answer(desk, other, 'grace', 'approve'))
    const claim = { requestId: other.id, token: 1 }
    await show(() => claimExecution(desk, other.id, 'worker'))
    await show(() => startExecution(desk, claim))
    await show(() => sentExecution(desk, claim))
    await show(() => finishExecution(desk, claim, 'succeeded'))
    expect(shown).toEqual(['shown', 'shown', 'shown', 'shown', 'same', 'same', 'shown'])
  })

  test('it says where the question went on', async () => {
    const { desk, request, channel } = await setUp()
    await deliver(desk, request.id)
    const follows = { requestId: request.id, changed: [] }
    const next = await openRequest(desk, draft({ follows }), [picture])
    await deliver(desk, request.id)
    expect(channel.shows[1]?.message.followedBy).toBe(next.id)
  })

  test('a question that ended before anybody was asked is not shown', async () => {
    const { desk, request, channel } = await setUp()
    await withdraw(desk, request.id, 'the page was closed')
    await deliver(desk, request.id)
    expect(channel.shows).toEqual([])
    expect(await context.store.deliveries(request.id)).toEqual([])
  })

  test('a channel may ask to be called again though nothing changed', async () => {
    const { desk, request, channel } = await setUp()
    channel.next(() => ({ ref: { ts: '1' }, againAfterMs: 3_600_000 }))
    await deliver(desk, request.id)
    expect(await context.jobs()).toEqual(['deliver HP-1 later'])
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(2)
    expect(channel.shows[1]?.state).toEqual({ ref: { ts: '1' } })
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(2)
  })
})

describe('a channel that fails', () => {
  test('the attempt is written down before the call, outside of any transaction', async () => {
    const { desk, request, channel } = await setUp()
    channel.next(async () => {
      expect(await row(request.id)).toMatchObject({ attempts: 1, attemptedAt: desk.clock.now() })
      await answer(desk, request, 'ada', 'approve')
      return { ref: { ts: '1' } }
    })
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(2)
  })

  test('the failure is kept without secrets, and the next attempt knows what the last one did', async () => {
    const { desk, request, channel } = await setUp()
    channel.next(async ({ checkpoint }) => {
      await checkpoint({ file: 'F1' })
      throw new Error('https://hooks.example/secret timed out')
    })
    await expect(deliver(desk, request.id)).rejects.toMatchObject({
      code: 'HP_ERR_CHANNEL_FAILED',
      retryable: true,
    })
    const attemptedAt = desk.clock.now()
    expect(await row(request.id)).toMatchObject({
      ref: { file: 'F1' },
      attemptedAt,
      lastError: 'Error: https://hooks.example/… timed out',
    })
    desk.clock.advance(1_000)
    await deliver(desk, request.id)
    expect(channel.shows[1]?.state).toEqual({ ref: { file: 'F1' }, attemptedAt })
    expect(await row(request.id)).toMatchObject({ attempts: 2, ref: { ts: 'posted-HP-1' } })
    expect(await row(request.id)).not.toHaveProperty('lastError')
    expect(await events(request.id)).toEqual(['channel.failed', 'channel.notified'])
  })

  test('the other channels are served, and not again when it is retried', async () => {
    const [bad, good] = [fakeChannel('bad'), fakeChannel('good')]
    const { desk, request } = await setUp(bad, good)
    bad.next(fails(new Error('down')))
    await expect(deliver(desk, request.id)).rejects.toMatchObject({
      code: 'HP_ERR_CHANNEL_FAILED',
    })
    expect(good.shows).toHaveLength(1)
    await deliver(desk, request.id)
    expect(bad.shows).toHaveLength(2)
    expect(good.shows).toHaveLength(1)
  })

  test('it changes nothing about the request', async () => {
    const { desk, request, channel } = await setUp()
    channel.next(fails(new Error('down')))
    await deliver(desk, request.id).catch(() => {})
    expect(await context.store.read(request.id)).toEqual(request)
  })

  test('one that cannot get better is not retried, but tried again at the next change', async () => {
    const { desk, request, channel } = await setUp()
    channel.next(fails(new ChannelBug('the message is too long')))
    await deliver(desk, request.id)
    expect(await context.jobs()).toEqual([])
    expect(await events(request.id)).toEqual(['channel.failed'])
    await answer(desk, request, 'ada', 'reject')
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(2)
  })

  test('one that is busy is called when it said', async () => {
    const { desk, request, channel } = await setUp()
    channel.next(fails(new ChannelBusy('rate limited', 3_600_000)))
    await deliver(desk, request.id)
    expect(await context.jobs()).toEqual(['deliver HP-1 later'])
  })
})

describe('two deliveries of one request', () => {
  test('they never show at once; what changed meanwhile is shown by the one under way', async () => {
    const { desk, request, channel } = await setUp()
    const call = held()
    channel.next(call.answer)
    const first = deliver(desk, request.id)
    await eventually(() => expect(channel.shows).toHaveLength(1))
    await answer(desk, request, 'ada', 'reject')
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(1)
    call.release()
    await first
    expect(channel.shows.map(({ message }) => message.request.state)).toEqual([
      'pending',
      'rejected',
    ])
    expect(channel.shows[1]?.state).toEqual({ ref: { ts: 'held' } })
  })

  test('many at once post once', async () => {
    const { desk, request, channel } = await setUp()
    await Promise.all(Array.from({ length: 10 }, () => deliver(desk, request.id)))
    expect(channel.shows).toHaveLength(1)
    expect(await events(request.id)).toEqual(['channel.notified'])
  })

  test('one that died is taken over after a while, and what it still writes is dropped', async () => {
    const { desk, request, channel } = await setUp()
    const call = held()
    channel.next(async (show) => {
      await show.checkpoint({ file: 'F1' })
      return call.answer(show)
    })
    const first = deliver(desk, request.id)
    await eventually(async () =>
      expect(await row(request.id)).toMatchObject({ ref: { file: 'F1' } }),
    )
    desk.clock.advance(ATTEMPT_MS - 1)
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(1)
    desk.clock.advance(1)
    const second = fakeChannel()
    await deliver({ ...desk, channels: [second] }, request.id)
    expect(second.shows[0]?.state).toMatchObject({
      ref: { file: 'F1' },
      attemptedAt: expect.any(Date),
    })
    call.release()
    await first
    expect(await row(request.id)).toMatchObject({ attempts: 2, ref: { ts: 'posted-HP-1' } })
    expect(await events(request.id)).toEqual(['channel.notified'])
  })

  test('a request that never stands still is left to a later job', async () => {
    const { desk, request, channel } = await setUp()
    const change = (execution: number) => async () => {
      await context.sql.query('update holdpoint.requests set execution_label = $1', [
        `step ${execution}`,
      ])
      return { ref: { ts: '1' } }
    }
    channel.next(...[1, 2, 3, 4, 5, 6, 7].map(change))
    await deliver(desk, request.id)
    expect(channel.shows).toHaveLength(5)
    expect(await context.jobs()).toEqual(['deliver HP-1'])
  })
})

test('a number that was never given is an error', async () => {
  const { desk } = await setUp()
  await expect(deliver(desk, 'HP-9')).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_NOT_FOUND' })
})
