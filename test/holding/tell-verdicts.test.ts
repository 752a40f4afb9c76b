import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { VerdictReached } from '../../src/holding/tell-verdicts.ts'
import { listen, VerdictBook, words } from './verdict-book.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Until nothing more happens by itself within `ms`. */
const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

test('every verdict is told once, those that were reached before anybody listened too', async () => {
  const book = new VerdictBook()
  book.end('HP-1', 'rejected')
  book.end('HP-2', 'expired')
  const { heard } = listen(book.teller())
  await pass()
  book.end('HP-3', 'approved')
  await pass()
  book.wake()
  await pass(60_000)
  expect(heard).toEqual(['HP-1 rejected', 'HP-2 expired', 'HP-3 approved'])
  expect(Object.fromEntries(book.told)).toEqual({
    'HP-1': 'rejected',
    'HP-2': 'expired',
    'HP-3': 'approved',
  })
})

test('what is told says who asked, how it ended, and why', async () => {
  const book = new VerdictBook()
  book.end('HP-1', 'rejected', { decisions: words('too expensive') })
  book.end('HP-2', 'withdrawn', { closedReason: 'the page was closed', agent: 'clerk' })
  book.end('HP-3', 'expired')
  const told: VerdictReached[] = []
  book.teller().add((reached) => void told.push(reached))
  await pass()
  expect(told).toEqual([
    {
      requestId: 'HP-1',
      verdict: 'rejected',
      agent: 'shopper',
      session: 's-1',
      reason: 'too expensive',
      request: book.requests[0],
    },
    expect.objectContaining({ requestId: 'HP-2', agent: 'clerk', reason: 'the page was closed' }),
    expect.not.objectContaining({ reason: expect.anything() }),
  ])
})

test('an approval that lapses is told again, as lapsed', async () => {
  const book = new VerdictBook()
  const { heard } = listen(book.teller())
  await pass()
  book.end('HP-1', 'approved')
  await pass()
  book.end('HP-1', 'lapsed')
  await pass()
  expect(heard).toEqual(['HP-1 approved', 'HP-1 lapsed'])
})

test('an approval that lapses while it is told is told again, as lapsed', async () => {
  const book = new VerdictBook()
  const told = Promise.withResolvers<void>()
  const { heard } = listen(book.teller(), () => told.promise)
  await pass()
  book.end('HP-1', 'approved')
  await pass()
  book.end('HP-1', 'lapsed')
  told.resolve()
  await pass()
  expect(heard).toEqual(['HP-1 approved', 'HP-1 lapsed'])
})

describe('a handler that fails', () => {
  test.each<[string, () => void | Promise<void>]>([
    [
      'throws',
      () => {
        throw new Error('not now')
      },
    ],
    ['rejects', () => Promise.reject(new Error('not now'))],
  ])(
    '%s: it hears the verdict again after 1 s, 2 s, 4 s …, and it is not remembered until then',
    async (_, fail) => {
      const book = new VerdictBook()
      let failures = 3
      const { heard } = listen(book.teller(), () => {
        failures -= 1
        return failures >= 0 ? fail() : undefined
      })
      book.end('HP-1', 'approved')
      const counts: number[] = []
      for (const ms of [0, 999, 1, 1_999, 1, 3_999]) {
        await pass(ms)
        counts.push(heard.length)
      }
      expect(counts).toEqual([1, 1, 2, 2, 3, 3])
      expect(book.told.size).toBe(0)
      await pass(1)
      expect(heard.length).toBe(4)
      expect(book.told.get('HP-1')).toBe('approved')
    },
  )

  test('is asked at least every 5 minutes', async () => {
    const book = new VerdictBook()
    const { heard } = listen(book.teller(), () => Promise.reject(new Error('never')))
    book.end('HP-1', 'approved')
    await pass(60 * 60_000)
    const before = heard.length
    await pass(5 * 60_000)
    expect(heard.length).toBe(before + 1)
  })

  test('does not keep other verdicts from being told, however many it fails for', async () => {
    const book = new VerdictBook()
    const { heard } = listen(book.teller(), (what) =>
      what.includes('expired') ? Promise.reject(new Error('no')) : undefined,
    )
    for (let i = 1; i <= 25; i += 1) book.end(`HP-${i}`, 'expired')
    book.end('HP-26', 'approved')
    await pass()
    expect(heard).toHaveLength(26)
    expect([...book.told.keys()]).toEqual(['HP-26'])
  })

  test('is called again alone: those who have heard it do not hear it twice', async () => {
    const book = new VerdictBook()
    const teller = book.teller()
    const good = listen(teller)
    let failed = false
    const bad = listen(teller, () => {
      if (failed) return
      failed = true
      throw new Error('not now')
    })
    book.end('HP-1', 'approved')
    await pass(10_000)
    expect([good.heard, bad.heard]).toEqual([['HP-1 approved'], ['HP-1 approved', 'HP-1 approved']])
    expect(book.told.has('HP-1')).toBe(true)
  })
})

test('handlers that are subscribed together hear what was reached before, each', async () => {
  const book = new VerdictBook()
  book.end('HP-1', 'approved')
  const teller = book.teller()
  const [first, second] = [listen(teller), listen(teller)]
  await pass()
  expect([first.heard, second.heard]).toEqual([['HP-1 approved'], ['HP-1 approved']])
})

test('a handler that comes while another one is being told hears it too, before it is remembered', async () => {
  const book = new VerdictBook()
  book.end('HP-1', 'approved')
  const teller = book.teller()
  const told = Promise.withResolvers<void>()
  listen(teller, () => told.promise)
  await pass()
  const late = listen(teller)
  await pass()
  expect(book.told.size).toBe(0)
  told.resolve()
  await pass()
  expect(late.heard).toEqual(['HP-1 approved'])
  expect(book.told.size).toBe(1)
})

test('who has unsubscribed hears nothing more, and without anybody nothing is remembered', async () => {
  const book = new VerdictBook()
  const { heard, stop } = listen(book.teller(), () => Promise.reject(new Error('not now')))
  book.end('HP-1', 'approved')
  await pass()
  stop()
  book.end('HP-2', 'approved')
  await pass(60_000)
  expect(heard).toEqual(['HP-1 approved'])
  expect(book.told.size).toBe(0)
})

test('who subscribes again after the last one left hears what nobody has heard', async () => {
  const book = new VerdictBook()
  const teller = book.teller()
  const first = listen(teller)
  await pass()
  first.stop()
  book.end('HP-1', 'approved')
  await pass()
  const second = listen(teller)
  await pass()
  expect([first.heard, second.heard]).toEqual([[], ['HP-1 approved']])
})

test('ten verdicts are told at a time, and each that is heard makes room for the next', async () => {
  const book = new VerdictBook()
  const open: (() => void)[] = []
  const { heard } = listen(book.teller(), () => new Promise<void>((resolve) => open.push(resolve)))
  for (let i = 1; i <= 12; i += 1) book.end(`HP-${i}`, 'approved')
  await pass()
  expect(heard).toHaveLength(10)
  open[3]?.()
  await pass()
  expect(heard.slice(10)).toEqual(['HP-11 approved'])
})

test('a store that does not answer is asked again: no verdict is lost, none is told twice for it', async () => {
  const book = new VerdictBook()
  const down = new Error('the store does not answer')
  book.failures.onEndings.push(down)
  book.failures.untold.push(down)
  book.failures.markTold.push(down)
  const { heard } = listen(book.teller())
  book.end('HP-1', 'approved')
  await pass(1_000)
  expect(heard).toEqual([])
  await pass(1_000)
  expect(heard).toEqual(['HP-1 approved'])
  expect(book.told.size).toBe(0)
  await pass(1_000)
  expect(heard).toEqual(['HP-1 approved'])
  expect(book.told.size).toBe(1)
})

test('between verdicts nothing is read: it waits to be woken', async () => {
  const book = new VerdictBook()
  listen(book.teller())
  await pass()
  const before = book.reads.length
  await pass(10 * 60_000)
  expect(book.reads.length).toBe(before)
})

test('closed, it tells nobody any more, and does not wait for a handler', async () => {
  const book = new VerdictBook()
  const teller = book.teller()
  const slow = listen(teller, () => new Promise(() => {}))
  book.end('HP-1', 'approved')
  await pass()
  await teller.close()
  book.end('HP-2', 'approved')
  await pass(60_000)
  expect(slow.heard).toEqual(['HP-1 approved'])
  expect(book.listeners).toBe(0)
  expect(() => teller.add(() => {})).toThrow('is closed')
})

test('closed, it does not tell again what failed', async () => {
  const book = new VerdictBook()
  const teller = book.teller()
  const { heard } = listen(teller, () => Promise.reject(new Error('not now')))
  book.end('HP-1', 'approved')
  await pass()
  await teller.close()
  await pass(60_000)
  expect(heard).toEqual(['HP-1 approved'])
})
