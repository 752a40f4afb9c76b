const LOOK_MS = 25
const LONGEST_MS = 120_000

/** Looks until it is so. Throws after two minutes: a bench that waits longer measures nothing. */
export async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = performance.now() + LONGEST_MS
  while (!(await isSo())) {
    if (performance.now() > giveUpAtMs) throw new Error('what was waited for did not happen')
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
