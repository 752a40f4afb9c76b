import { join } from 'node:path'
import type { BrowserContext } from 'playwright'
import type { GuardContextOptions, GuardedContext } from '../adapters/playwright/guard-context.ts'
import type { PlaywrightContext } from '../adapters/playwright/playwright-types.ts'
import { optionInvalid } from '../core/errors.ts'
import { defineGuard } from '../core/guard.ts'
import { type Holdpoint, partsOf } from './holdpoint.ts'
import { loadActing } from './run-action.ts'

/**
 * Guards a browser context in place: from now on nothing that the policy says to hold passes unheld,
 * whichever way the agent triggers it (see `docs/coverage.md`). Chromium, launched in this process.
 */
export async function guardContext<Context extends PlaywrightContext>(
  holdpoint: Holdpoint,
  context: Context,
  options: GuardContextOptions,
): Promise<GuardedContext<Context>> {
  const parts = partsOf(holdpoint)
  checkOptions(options)
  const [{ guardBehind, guardBrowserContext }, { openSessionFile }] = await Promise.all([
    import('../adapters/playwright/guard-context.ts'),
    import('../adapters/playwright/session-file.ts'),
    loadActing(),
  ])
  const guarded = await guardBrowserContext({
    context: context as PlaywrightContext as BrowserContext,
    options,
    holding: parts.holding,
    onHeld: parts.onHeld,
    recorderFor: (session) =>
      openSessionFile({
        folder: join(parts.dataDir, 'sessions'),
        session,
        agent: options.agent,
        onBehalfOf: options.onBehalfOf,
        task: options.task,
        clock: parts.holding.clock,
        logger: parts.holding.logger,
      }),
  })
  const guard = guardBehind(guarded)
  const entry = { settle: () => guard.settled() }
  parts.contexts.add(entry)
  // The same object in the caller's own words.
  return guarded as GuardedContext<PlaywrightContext> as GuardedContext<Context>
}

const NAME = /^[a-z0-9][\w.@-]{0,99}$/i
const KNOWN = ['agent', 'onBehalfOf', 'task', 'session', 'guards', 'record', 'waitMs']

function checkOptions(options: GuardContextOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw optionInvalid('options', 'must be an object such as { agent: "shopper" }')
  }
  const unknown = Object.keys(options).find((key) => !KNOWN.includes(key))
  if (unknown !== undefined)
    throw optionInvalid(unknown, `is unknown; known are ${KNOWN.join(', ')}`)
  for (const name of ['agent', 'onBehalfOf', 'session'] as const) {
    const value = options[name]
    if (value === undefined && name !== 'agent') continue
    if (typeof value !== 'string' || !NAME.test(value)) {
      throw optionInvalid(name, 'must be a short name of letters, digits, ".", "-", "_" or "@"')
    }
  }
  const { waitMs, task } = options
  if (waitMs !== undefined && !(Number.isFinite(waitMs) && waitMs > 0)) {
    throw optionInvalid('waitMs', 'must be a positive number of milliseconds')
  }
  if (task !== undefined && (typeof task !== 'string' || task.length > 2_000)) {
    throw optionInvalid('task', 'must be a text of at most 2,000 characters')
  }
  if (options.guards !== undefined && !Array.isArray(options.guards)) {
    throw optionInvalid('guards', 'must be a list of guards')
  }
  for (const guard of options.guards ?? []) defineGuard(guard)
}
