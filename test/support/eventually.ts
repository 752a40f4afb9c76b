import { vi } from 'vitest'

/** Waits until `check` does not throw any more, by default for 15 s: a busy machine must not fail a test. */
export function eventually<T>(check: () => T | Promise<T>, timeoutMs = 15_000): Promise<T> {
  return vi.waitFor(check, { timeout: timeoutMs, interval: 20 })
}
