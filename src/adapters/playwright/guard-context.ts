import type { BrowserContext } from 'playwright'
import { optionInvalid } from '../../core/errors.ts'
import type { Guard } from '../../core/guard.ts'
import type { LiveHold } from '../../holding/hold.ts'
import type { Holding } from '../../holding/holding.ts'
import { ContextGuard, newSessionId } from './context-guard.ts'
import { answerDialogs } from './dialogs.ts'
import { installOn, registerGuard } from './install.ts'
import type { PlaywrightContext } from './playwright-types.ts'
import { offerSpots } from './point-engine.ts'
import type { SessionRecorder } from './recorder.ts'

/** Who acts, for whom, and how the guard behaves. */
export interface GuardContextOptions {
  /** Name of the agent; limits and records go by it. */
  readonly agent: string
  /** Reviewer id of the person it acts for; that person never approves it. */
  readonly onBehalfOf?: string
  /** What the agent was asked to do, for the card. */
  readonly task?: string
  /** Default: a new random one. */
  readonly session?: string
  /** Guards beside the owner's; an agent may add guards, never remove one. */
  readonly guards?: readonly Guard[]
  /** Record a step per action, with a redacted picture. Default true. */
  readonly record?: boolean
  /** Turns a longer wait into `held`. Default: waits until somebody answers or the request expires. */
  readonly waitMs?: number
}

/** A guarded context. Closing it closes the context; it never unguards it. */
export interface GuardedContext<Context extends PlaywrightContext = PlaywrightContext> {
  readonly context: Context
  readonly session: string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const guards = new WeakMap<GuardedContext, ContextGuard>()
const byContext = new WeakMap<BrowserContext, Promise<GuardedContext<BrowserContext>>>()

/** @internal The guard behind the handle, for this package only. */
export function guardBehind(guarded: GuardedContext): ContextGuard {
  const guard = guards.get(guarded)
  if (guard === undefined) throw optionInvalid('guarded', 'must be what guardContext() gave')
  return guard
}

/** @internal Guards a browser context in place: no unguarded reference to its pages is left. */
export function guardBrowserContext(parts: {
  readonly context: BrowserContext
  readonly options: GuardContextOptions
  readonly holding: Holding
  readonly recorderFor: (session: string) => SessionRecorder | undefined
  readonly onHeld?: ((hold: LiveHold) => void) | undefined
}): Promise<GuardedContext<BrowserContext>> {
  const { context } = parts
  if (byContext.has(context)) throw optionInvalid('context', 'is guarded already')
  const opening = open(parts)
  byContext.set(context, opening)
  // A context that could not be guarded may be tried again; it has not been handed out.
  opening.catch(() => byContext.delete(context))
  return opening
}

async function open(
  parts: Parameters<typeof guardBrowserContext>[0],
): Promise<GuardedContext<BrowserContext>> {
  const { context, options, holding } = parts
  await offerSpots()
  const session = options.session ?? newSessionId()
  const guard = new ContextGuard({
    context,
    holding,
    guards: [...holding.guards, ...(options.guards ?? [])],
    session: {
      agent: options.agent,
      session,
      ...(options.onBehalfOf === undefined ? {} : { onBehalfOf: options.onBehalfOf }),
      ...(options.task === undefined ? {} : { task: options.task }),
    },
    waitMs: options.waitMs,
    recorder: options.record === false ? undefined : parts.recorderFor(session),
    onHeld: parts.onHeld,
  })
  registerGuard(guard)
  for (const page of context.pages()) installOn(page)
  context.on('page', (page) => installOn(page))
  answerDialogs(guard)
  await guard.open()
  const guarded: GuardedContext<BrowserContext> = {
    context,
    session,
    close: () => guard.close(),
    [Symbol.asyncDispose]: () => guard.close(),
  }
  guards.set(guarded, guard)
  return guarded
}
