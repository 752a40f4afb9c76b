import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { untilEnter } from '../../src/compose/demo/stay-open.ts'
import { transcript } from '../../src/compose/demo/transcript.ts'
import { describeChanges } from '../../src/core/terms.ts'

// The wording that the project has agreed on for people; each line is compared whole.
const LINES = {
  ready:
    ' ✓ browser Chromium 156   ✓ store .holdpoint/demo (first start 2.1 s)   ✓ shop :4301, 0 orders   ✓ inbox :4302 (stands in for Slack)\n',
  task: ' agent: "Buy two boxes of printer paper"\n',
  held: ' ■ HELD   HP-1  Pay 182.40 EUR to shop.example.  Nothing sent, 0 orders.   Answer: http://127.0.0.1:4302/HP-1\n',
  approved:
    ' ✓ APPROVED by Grace after 14 s      page read again: same total, items, address, card\n',
  done: ' ✓ DONE   order 10042 · the shop counts 1 order · "after" picture is in the thread\n',
  next: ' Try: npm run demo -- --attack price (the total rises after you approve) · npm run replay -- last\n',
}

describe('an order that is approved', () => {
  test('begins with what has been started, and how long the first start took', () => {
    const facts = { browser: 'Chromium 156', store: '.holdpoint/demo', shopPort: 4301, orders: 0 }
    const inbox = 'inbox :4302 (stands in for Slack)'
    expect(transcript.ready({ ...facts, firstStartMs: 2_140, inbox })).toBe(LINES.ready)
    const later = LINES.ready.replace(' (first start 2.1 s)', '')
    expect(transcript.ready({ ...facts, inbox })).toBe(later)
  })

  test('names the task, and the model where there is one', () => {
    expect(transcript.task('Buy two boxes of printer paper', 'scripted')).toBe(LINES.task)
    expect(transcript.task('Buy two boxes of printer paper', 'gpt-5-mini')).toBe(
      ' agent: "Buy two boxes of printer paper" (gpt-5-mini)\n',
    )
    expect(transcript.step(5, 'click "Place order"')).toBe('   5 click "Place order"\n')
  })

  test('says what is held, that nothing was sent, and where to answer', () => {
    const answerAt = 'http://127.0.0.1:4302/HP-1'
    const title = 'Pay 182.40 EUR to shop.example'
    expect(transcript.held({ requestId: 'HP-1', title, orders: 0, answerAt })).toBe(LINES.held)
  })

  test('says who approved after how long, and that the page is still the same', () => {
    const facts = { by: 'Grace', afterMs: 14_200 }
    expect(transcript.approved({ ...facts, same: true })).toBe(LINES.approved)
  })

  test('never says that the page is the same when it is not', () => {
    expect(transcript.approved({ by: 'Grace', afterMs: 14_200, same: false })).toBe(
      ' ✓ APPROVED by Grace after 14 s\n',
    )
  })

  test("ends with the order's number, what the shop counts, and where the picture is", () => {
    const facts = { label: 'order 10042', orders: 1 }
    expect(transcript.done({ ...facts, channel: 'thread' })).toBe(LINES.done)
    const page = LINES.done.replace('in the thread', 'on the page')
    expect(transcript.done({ ...facts, channel: 'page' })).toBe(page)
  })

  test('names what can be tried next, and not what has been tried', () => {
    expect(transcript.next({ attackTried: false, inClone: true })).toBe(LINES.next)
    expect(transcript.next({ attackTried: true, inClone: true })).toBe(
      ' Try: npm run replay -- last\n',
    )
  })

  test('names the commands of an installed package outside a clone', () => {
    expect(transcript.next({ attackTried: false, inClone: false })).toBe(
      ' Try: npx holdpoint demo --attack price (the total rises after you approve) · npx holdpoint replay last\n',
    )
  })

  test('says where it stays open, and how to end it', () => {
    const url = 'http://127.0.0.1:4302'
    expect(transcript.staysOpen({ place: 'inbox', url })).toBe(
      ' The inbox stays open at http://127.0.0.1:4302. Press Enter or Ctrl-C to end.\n',
    )
  })
})

describe('an order that is not placed', () => {
  test('because it was rejected: by whom and why', () => {
    expect(transcript.rejected({ by: 'Grace', reason: 'too expensive', orders: 0 })).toBe(
      ' ⛔ REJECTED by Grace: too expensive. Nothing sent, 0 orders.\n',
    )
  })

  test('because the price rose: both totals, and the request that shows the difference', () => {
    const change = { field: 'total', approved: '182.40 EUR', now: '199.00 EUR' }
    const changed = describeChanges([change])
    expect(transcript.refused({ changed, orders: 0, next: 'HP-2' })).toBe(
      ' ✗ REFUSED   total 182.40 → 199.00 EUR after approval. Nothing sent, 0 orders. HP-2 shows the difference.\n',
    )
    expect(transcript.refused({ changed, orders: 0 })).not.toContain('shows the difference')
  })

  test('not after the new request either, whatever is answered', () => {
    const facts = { requestId: 'HP-2', state: 'approved', orders: 0 }
    expect(transcript.answered({ ...facts, by: 'Grace' })).toBe(
      ' ○ HP-2 approved by Grace: the agent has stopped, so nothing more runs, 0 orders.\n',
    )
    expect(transcript.answered({ ...facts, state: 'expired' })).toContain('HP-2 expired: the agent')
  })

  test('because nobody answered', () => {
    expect(transcript.nobody({ requestId: 'HP-1', orders: 0 })).toBe(
      ' ○ EXPIRED   HP-1: nobody answered. Nothing sent, 0 orders.\n',
    )
  })

  test('for another reason: its name, and what the shop counts', () => {
    expect(transcript.other('in-doubt', 1)).toBe(' ✗ IN-DOUBT   the shop counts 1 order.\n')
  })

  test('shows word for word what the agent is told', () => {
    const told = 'REJECTED, not done: "too expensive". Do not repeat this order.'
    expect(transcript.told(told)).toBe(` agent reads: ${told}\n`)
  })
})

test.each([
  [0, '0.0 s'],
  [940, '0.9 s'],
  [9_940, '9.9 s'],
  [10_000, '10 s'],
  [89_600, '90 s'],
])('%i ms are told as %s', (afterMs, shown) => {
  expect(transcript.approved({ by: 'Grace', afterMs, same: false })).toContain(`after ${shown}\n`)
})

test('one order is counted in the singular, none and several in the plural', () => {
  const counted = [0, 1, 2].map((orders) => transcript.other('failed', orders))
  expect(counted.map((line) => /counts (.*)\./.exec(line)?.[1])).toEqual([
    '0 orders',
    '1 order',
    '2 orders',
  ])
})

describe('a demo that stays open', () => {
  test.each<[string, (input: PassThrough, stop: AbortController) => void]>([
    ['Enter', (input) => input.write('\n')],
    ['the end of the input', (input) => input.end()],
    ['Ctrl-C', (_, stop) => stop.abort()],
  ])('ends with %s, and reads no further', async (_, act) => {
    const input = new PassThrough()
    const stop = new AbortController()
    const ended = untilEnter(input, stop.signal)
    act(input, stop)
    await ended
    expect(input.isPaused()).toBe(true)
    expect(input.listenerCount('data')).toBe(0)
  })

  test('does not end with other keys', async () => {
    const input = new PassThrough()
    const stop = new AbortController()
    let hasEnded = false
    const ended = untilEnter(input, stop.signal).then(() => {
      hasEnded = true
    })
    await new Promise((written) => input.write('abc', written))
    await new Promise((read) => setImmediate(read))
    expect(hasEnded).toBe(false)
    input.write('d\r')
    await ended
  })

  test('ends at once when Ctrl-C came before', async () => {
    await untilEnter(new PassThrough(), AbortSignal.abort())
  })
})
