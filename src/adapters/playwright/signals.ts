/** The signal that the agent gave a call of Playwright's: it stands in the options, which come last. */
export function signalOf(given: readonly unknown[]): { readonly signal?: AbortSignal } {
  const options = given.findLast((value) => value !== undefined)
  const signal = (options as { readonly signal?: unknown } | null | undefined)?.signal
  return signal instanceof AbortSignal ? { signal } : {}
}

/** One signal of several, of which some may be missing. */
export function eitherOf(
  ...signals: readonly (AbortSignal | undefined)[]
): AbortSignal | undefined {
  const given = signals.filter((signal) => signal !== undefined)
  return given.length === 0 ? undefined : AbortSignal.any(given)
}
