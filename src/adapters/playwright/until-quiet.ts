import type { Page, Request } from 'playwright'
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

/** Pages wait about half a second before they act on what is typed. */
const AT_REST_MS = 600
const RESTLESS_MS = 6_000

/** Follows what a page asks of the network from now on. */
export function trafficOf(page: Page): { untilQuiet(): Promise<boolean>; stop(): void } {
  const open = new Set<Request>()
  let lastMs = performance.now()
  const begun = (request: Request): void => void open.add(request)
  const ended = (request: Request): void => {
    if (open.delete(request)) lastMs = performance.now()
  }
  page.on('request', begun)
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  return {
    /** Resolves once nothing is under way and nothing has come for a while; false if that does not happen. */
    async untilQuiet() {
      lastMs = performance.now()
      const giveUpAt = lastMs + RESTLESS_MS
      while (open.size > 0 || performance.now() - lastMs < AT_REST_MS) {
        if (performance.now() > giveUpAt) return false
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      }
      return true
    },
    stop() {
      page.off('request', begun)
      page.off('requestfinished', ended)
      page.off('requestfailed', ended)
    },
  }
}
