import type { ContextGuard } from '../context-guard.ts'
import type { PausedRequest } from './paused-request.ts'

const LOOK_MS = 500

/** Why a request is withdrawn that its page aborted, or whose own time was up, while it was held. */
export const GIVEN_UP = 'the page gave up its own request'

/** Aborts when the page no longer wants the answer to a request that is held in place. */
export function untilGivenUp(
  guard: ContextGuard,
  paused: PausedRequest,
): { readonly signal: AbortSignal; stop(): void } {
  const givenUp = new AbortController()
  let looking = false
  const look = async (): Promise<void> => {
    if (looking) return
    looking = true
    if (!(await guard.isPaused(paused))) givenUp.abort(GIVEN_UP)
    looking = false
  }
  const timer = setInterval(() => void look(), LOOK_MS).unref()
  return { signal: givenUp.signal, stop: () => clearInterval(timer) }
}
