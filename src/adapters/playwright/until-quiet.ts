import type { ContextGuard } from './context-guard.ts'
import type { Gesture } from './gesture.ts'
import type { Tab } from './tab.ts'

/** Events after which a navigation request follows (measured: 5 to 80 ms later). */
const COMMITTING = new Set(['submit', 'formdata', 'navigate'])
const REQUEST_MS = 250
const LOOK_MS = 5

/**
 * Waits for the gate to have judged the navigation that a call has started, if the page reported one:
 * `evaluate(() => form.submit())` returns before its request leaves. Costs nothing after other calls.
 */
export async function untilGateIsQuiet(
  guard: ContextGuard,
  tab: Tab,
  gesture: Gesture,
): Promise<void> {
  const before = gesture.navigationsJudged
  const event = lastCommitting(tab)
  if (event === undefined || guard.nowMs() - event.atMs > REQUEST_MS) return
  const giveUpAt = event.atMs + REQUEST_MS
  while (
    guard.nowMs() < giveUpAt &&
    gesture.navigationsJudged === before &&
    gesture.gateHolds.size === 0
  ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

function lastCommitting(tab: Tab) {
  return [...tab.events.values()]
    .filter((event) => COMMITTING.has(event.type))
    .sort((a, b) => b.atMs - a.atMs)[0]
}
