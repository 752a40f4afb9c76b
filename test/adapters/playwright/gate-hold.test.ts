import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { GateHold } from '../../../src/adapters/playwright/gate-hold.ts'
import type { Gesture } from '../../../src/adapters/playwright/gesture.ts'
import type { Waiting } from '../../../src/adapters/playwright/tab-holds.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import type { Ending } from '../../../src/holding/outcome.ts'

const request = { id: 'HP-1' } as ApprovalRequest
const done: Ending = { status: 'succeeded', request, edited: [] }

function heldNow() {
  const given = new AbortController()
  const ended = Promise.withResolvers<Ending>()
  const held = new GateHold({ signal: given.signal } as Gesture, () => ended.promise)
  const waiting = { leave: vi.fn<() => void>() }
  return {
    held,
    ended,
    given,
    waiting,
    ask: () => held.asked(request, waiting as never as Waiting),
  }
}

describe('how a hold of the gate ended', () => {
  test('is waited for without a limit if none is given', async () => {
    const { held, ended, ask } = heldNow()
    ask()
    const ending = held.endingWithin(undefined)
    ended.resolve(done)
    expect(await ending).toBe(done)
  })

  test('is told if it ends within the limit, whether or not people were asked', async () => {
    for (const asks of [true, false]) {
      const { held, ended, ask, waiting } = heldNow()
      if (asks) ask()
      const ending = held.endingWithin(60_000)
      ended.resolve(done)
      expect(await ending).toBe(done)
      expect(waiting.leave).not.toHaveBeenCalled()
    }
  })

  test('is "held" after the limit, which begins once people are asked; the question is left', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const { held, ask, waiting } = heldNow()
    const told = vi.fn<(ending: Ending) => void>()
    void held.endingWithin(50).then(told)
    await vi.advanceTimersByTimeAsync(1_000)
    ask()
    await vi.advanceTimersByTimeAsync(49)
    expect(told).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(told).toHaveBeenCalledWith({ status: 'held', request })
    expect(waiting.leave).toHaveBeenCalled()
  })

  test('is an error if nobody could be asked', async () => {
    const { held, ended } = heldNow()
    const ending = held.endingWithin(60_000)
    ended.reject(new Error('the store does not answer'))
    await expect(ending).rejects.toThrow('the store does not answer')
  })
})

test('it is given up by its gesture or by whoever waits for it, with the reason', () => {
  const [byGesture, byWaiter] = [heldNow(), heldNow()]
  byGesture.given.abort('the page was closed')
  byWaiter.held.giveUp('no longer needed')
  expect(byGesture.held.signal.reason).toBe('the page was closed')
  expect(byWaiter.held.signal.reason).toBe('no longer needed')
})
