/** A clock of held time, in milliseconds, and whether it runs at this moment. */
export interface HeldClock {
  heldMs(): number
  isWaiting(): boolean
}

/** While somebody is asked, a wait is begun anew this often at most. */
const AGAIN_MS = 1_000

/**
 * Runs a call that waits for the page, and begins it anew for the time that a hold has taken from it:
 * `Promise.all([page.waitForURL(…), page.click(…)])` must not fail because a person thinks. The time-out
 * that counts is the call's own, learnt from when it first fires; a time-out of 0 never fires.
 */
export async function patiently<T>(
  clock: HeldClock,
  wait: (timeoutMs: number | undefined) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now()
  const heldBefore = clock.heldMs()
  let first: { readonly error: unknown; readonly allowedMs: number } | undefined
  let timeoutMs: number | undefined
  for (;;) {
    try {
      return await wait(timeoutMs)
    } catch (error) {
      if (!isTimeout(error)) throw error
      const elapsedMs = performance.now() - startedAt
      first ??= { error, allowedMs: elapsedMs }
      const leftMs = first.allowedMs - (elapsedMs - (clock.heldMs() - heldBefore))
      if (clock.isWaiting()) timeoutMs = Math.max(leftMs, AGAIN_MS)
      else if (leftMs >= 1) timeoutMs = leftMs
      else throw first.error
    }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError'
}
