import type { ContextGuard } from './context-guard.ts'
import type { Tab } from './tab.ts'

const LOOK_MS = 500

/** Aborts when the element that people are asked about is no longer on the page. */
export function untilGone(
  guard: ContextGuard,
  tab: Tab,
  node: number | undefined,
): { readonly signal: AbortSignal; stop(): void } {
  const gone = new AbortController()
  let looking = false
  const look = async (): Promise<void> => {
    if (looking || node === undefined) return
    looking = true
    if (!(await guard.pages.stands(tab, node))) gone.abort('its target is no longer on the page')
    looking = false
  }
  const timer = setInterval(() => void look(), LOOK_MS).unref()
  return { signal: gone.signal, stop: () => clearInterval(timer) }
}
