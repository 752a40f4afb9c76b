import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { patiently } from '../../../src/adapters/playwright/patience.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const OWN_MS = 4_000

/** A clock of held time that runs between `from` and `to`, and a wait that times out like Playwright's. */
function wait(from: number, to: number) {
  const startMs = performance.now()
  const nowMs = () => performance.now() - startMs
  const asked: (number | undefined)[] = []
  const clock = {
    heldMs: () => Math.max(0, Math.min(nowMs(), to) - from),
    isWaiting: () => nowMs() >= from && nowMs() < to,
  }
  const ended = patiently(clock, async (timeoutMs) => {
    asked.push(timeoutMs)
    await new Promise((resolve) => setTimeout(resolve, timeoutMs ?? OWN_MS))
    throw Object.assign(new Error(`Timeout ${timeoutMs ?? OWN_MS}ms exceeded.`), {
      name: 'TimeoutError',
    })
  }).catch((error: Error) => ({ message: error.message, atMs: nowMs() }))
  return { asked, ended }
}

test.each([
  ['without a hold', 0, 0, OWN_MS],
  ['for the time of a short hold', 1_000, 2_000, OWN_MS + 1_000],
  ['for the time of a long hold', 1_000, 61_000, OWN_MS + 60_000],
])('a wait goes on %s, and then fails with its own first error', async (_, from, to, endsAtMs) => {
  const { ended } = wait(from, to)
  await vi.advanceTimersByTimeAsync(120_000)
  const { message, atMs } = (await ended) as { message: string; atMs: number }
  expect(message).toBe(`Timeout ${OWN_MS}ms exceeded.`)
  expect(atMs).toBeGreaterThanOrEqual(endsAtMs)
  expect(atMs).toBeLessThanOrEqual(endsAtMs + 1_000)
})

test('the first attempt has the time-out that the caller gave', () => {
  expect(wait(0, 0).asked).toEqual([undefined])
})

test('an error that is no time-out is thrown at once', async () => {
  const clock = { heldMs: () => 0, isWaiting: () => true }
  const broken = patiently(clock, () => Promise.reject(new Error('strict mode violation')))
  await expect(broken).rejects.toThrow('strict mode violation')
})
