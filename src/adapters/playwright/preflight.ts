import type { Page } from 'playwright'
import type { Attempt } from '../../core/action.ts'
import { type Judgement, judge } from '../../core/judge.ts'
import type { PageReading } from '../../core/reading.ts'
import { type ContextGuard, summaryOf } from './context-guard.ts'
import { type ReadHow as How, TargetUnclear } from './evidence/index.ts'
import type { Tab } from './tab.ts'

/** One call of Playwright's API that acts on the page. */
export interface GuardedCall<T> {
  readonly page: Page
  /** `click`, `press Enter`: for the session's record. */
  readonly name: string
  readonly method: Attempt['method']
  /** Does not show on the page: recorded without a picture. */
  readonly quiet?: boolean
  /** Its own `signal` option: aborted while it is held, the question is taken back. */
  readonly signal?: AbortSignal | undefined
  /** Where it acts, if its selector is plain enough for the reading itself to find it: one trip less. */
  readonly plain?: How | undefined
  /** Where it acts; undefined when the call itself will tell why not. Left out: only the gate guards it. */
  locate?(): Promise<How | undefined>
  /** Waits until the target can be acted on, without acting; before a person is asked. */
  ready?(): Promise<unknown>
  run(): Promise<T>
}

/** A call as it is described and judged before it acts. */
export interface Preflight {
  readonly how: How
  readonly reading: PageReading
  readonly attempt: Attempt
  readonly judgement: Judgement
}

/** Reads what a call would act on. Undefined: the gate judges it, request by request. */
export async function inspect<T>(
  guard: ContextGuard,
  tab: Tab,
  call: GuardedCall<T>,
): Promise<Preflight | undefined> {
  let found: Pick<Preflight, 'how' | 'reading'> | undefined
  try {
    found = await look(guard, tab, call)
  } catch (error) {
    // A page that cannot be read now (it is navigating) is judged at the gate, request by request.
    guard.holding.logger.info('a page could not be read before a call', { error: String(error) })
    return undefined
  }
  if (found === undefined) return undefined
  const { how, reading } = found
  const attempt = guard.attemptOf({
    via: 'call',
    method: call.method,
    cause: 'agent',
    page: summaryOf(reading),
  })
  return { how, reading, attempt, judgement: judge(guard.guards, attempt, guard.holding.policy) }
}

async function look<T>(
  guard: ContextGuard,
  tab: Tab,
  call: GuardedCall<T>,
): Promise<Pick<Preflight, 'how' | 'reading'> | undefined> {
  const read = async (how: How) => ({ how, reading: await guard.pages.read(tab, how) })
  if (call.plain !== undefined) {
    try {
      return await read(call.plain)
    } catch (error) {
      if (!(error instanceof TargetUnclear)) throw error
    }
  }
  const how = await call.locate?.()
  return how === undefined ? undefined : read(how)
}
