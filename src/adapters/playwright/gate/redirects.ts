import { isRead } from '../../../core/judge.ts'
import { siteOf } from '../../../core/site.ts'
import type { ContextGuard } from '../context-guard.ts'
import type { Disposition } from './network-gate.ts'
import type { PausedRequest } from './paused-request.ts'

/**
 * A hop after a committing request that was let go. Where an approved link leads within its site is part
 * of it. 301 to 303 turn a POST into a GET that shows the answer: that one is judged like any other, as
 * an answer must not lead into a second order. 307 and 308 carry the same
 * bytes on: within the site they keep the slot, across sites they would hand the order to somebody else
 * and are stopped (the execution is then in doubt).
 */
export function redirectOf(guard: ContextGuard, paused: PausedRequest): Disposition | undefined {
  const from = paused.redirectedRequestId
  if (from === undefined) return undefined
  const permit = guard.released.get(from)
  if (permit === undefined) return undefined
  guard.released.set(paused.requestId, permit)
  const carriesBody = paused.request.method !== 'GET' && paused.request.method !== 'HEAD'
  const sameSite = siteOf(permit.origin) === siteOf(new URL(paused.request.url).origin)
  if (!carriesBody) return isRead(permit.method) && sameSite ? { do: 'continue' } : undefined
  if (!sameSite) {
    permit.onCrossSite(paused.request.url)
    return { do: 'abort' }
  }
  return { do: 'continue' }
}
