import { vi } from 'vitest'

/** Waits until `check` does not throw any more, for 15 s: a busy machine must not fail a test. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 20 })
}
