import { join } from 'node:path'
import type { BrowserContext } from 'playwright'
import {
  type GuardContextOptions,
  type GuardedContext,
  guardBehind,
  guardBrowserContext,
} from '../adapters/playwright/guard-context.ts'
import { openSessionFile } from '../adapters/playwright/session-file.ts'
import { optionInvalid } from '../core/errors.ts'
import { defineGuard } from '../core/guard.ts'
import { type Holdpoint, partsOf } from './holdpoint.ts'

/**
 * Guards a browser context in place: from now on nothing that the policy says to hold passes unheld,
 * whichever way the agent triggers it (see `docs/coverage.md`). Chromium, launched in this process.
 */
export async function guardContext(
  holdpoint: Holdpoint,
  context: BrowserContext,
  options: GuardContextOptions,
): Promise<GuardedContext> {
  const parts = partsOf(holdpoint)
  checkOptions(options)
  const guarded = await guardBrowserContext({
    context,
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
  return guarded
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
