import { describe, expect, test } from 'vitest'
import type { Gesture } from '../../../src/adapters/playwright/gesture.ts'
import { TabHolds } from '../../../src/adapters/playwright/tab-holds.ts'

const act = (): Gesture => ({ cause: 'agent' }) as Gesture
const ofThePage = (): Gesture => ({ cause: 'page' }) as Gesture

function holdsAt(start = 0) {
  let now = start
  const holds = new TabHolds(() => now)
  return { holds, pass: (ms: number) => (now += ms) }
}

describe('the clock of held time', () => {
  test('runs while somebody is asked, once for several who are asked at a time', () => {
    const { holds, pass } = holdsAt(1_000)
    pass(10)
    const gesture = act()
    const first = holds.wait(gesture)
    pass(100)
    const second = holds.wait(gesture)
    pass(100)
    first.over()
    pass(100)
    expect(holds.heldMs).toBe(300)
    second.over()
    pass(10)
    expect(holds.heldMs).toBe(300)
    expect(holds.isWaiting).toBe(false)
  })

  test('stands while a question is left that nobody waits for', () => {
    const { holds, pass } = holdsAt()
    const waiting = holds.wait(act())
    pass(100)
    waiting.leave()
    pass(1_000)
    expect([holds.heldMs, holds.isWaiting]).toEqual([100, false])
    waiting.over()
    expect(holds.heldMs).toBe(100)
  })

  test('counts the end of one question once', () => {
    const { holds, pass } = holdsAt()
    const first = holds.wait(act())
    pass(100)
    first.over()
    const second = holds.wait(act())
    first.over()
    pass(50)
    expect(holds.heldMs).toBe(150)
    second.over()
    expect(holds.isWaiting).toBe(false)
  })
})

describe('another question takes back', () => {
  test('what the agent asked before in the tab, left or not, with the reason', () => {
    const { holds } = holdsAt()
    const [waiting, left] = [holds.wait(act()), holds.wait(act())]
    expect(waiting.givenUp.aborted).toBe(true)
    left.leave()
    const last = holds.wait(act())
    expect(left.givenUp.reason).toBe('the agent did something else in this tab')
    expect(last.givenUp.aborted).toBe(false)
  })

  test('nothing of the same gesture: a form and its further step are one act', () => {
    const { holds } = holdsAt()
    const gesture = act()
    const first = holds.wait(gesture)
    holds.wait(gesture)
    expect(first.givenUp.aborted).toBe(false)
  })

  test('nothing, if the page asks it; and nothing that the page asked', () => {
    const { holds } = holdsAt()
    const ofPage = holds.wait(ofThePage())
    const ofAgent = holds.wait(act())
    holds.wait(ofThePage())
    expect([ofPage.givenUp.aborted, ofAgent.givenUp.aborted]).toEqual([false, false])
  })

  test('nothing that was answered before', () => {
    const { holds } = holdsAt()
    const first = holds.wait(act())
    first.over()
    holds.wait(act())
    expect(first.givenUp.aborted).toBe(false)
  })
})

test('a wait that fails takes back what is waited for, not what was left standing', () => {
  const { holds } = holdsAt()
  const gesture = act()
  const [left, waiting, ofPage] = [
    holds.wait(gesture),
    holds.wait(gesture),
    holds.wait(ofThePage()),
  ]
  left.leave()
  holds.waitFailed()
  expect([left, waiting, ofPage].map(({ givenUp }) => givenUp.aborted)).toEqual([
    false,
    true,
    false,
  ])
})

test('an act is its key’s twin until it has finished, and hands over its ending', async () => {
  const { holds } = holdsAt()
  const first = holds.begin('a')
  expect(holds.twin('b')).toBeUndefined()
  expect(holds.twin('a')).toBe(first)
  first.finish({ status: 'frozen', why: '' })
  expect(holds.twin('a')).toBeUndefined()
  expect(await first.ended).toEqual({ status: 'frozen', why: '' })
})
