import type { Attempt } from './action.ts'
import type { Finding, Guard } from './guard.ts'
import type { Policy } from './policy.ts'

/** What guards and the default table say of one attempt. */
export type Judgement =
  | { readonly answer: 'pass' }
  /** Passes, but no guard knew it: recorded as a finding. */
  | { readonly answer: 'pass-unrecognised' }
  | { readonly answer: 'hold'; readonly guard: string; readonly finding: Finding }

/**
 * Asks every guard; the riskiest finding wins. A guard that throws holds: a page must not be able to
 * get through by making a guard fail.
 */
export function judge(guards: readonly Guard[], attempt: Attempt, policy: Policy): Judgement {
  const held = guards.flatMap((guard) => inspect(guard, attempt))
  const riskiest = held.reduce<(typeof held)[number] | undefined>(
    (best, next) =>
      best === undefined || weight(next.finding) > weight(best.finding) ? next : best,
    undefined,
  )
  if (riskiest !== undefined) return { answer: 'hold', ...riskiest }
  return attempt.request === undefined
    ? { answer: 'pass' }
    : judgeUnrecognised(guards, attempt, policy)
}

function inspect(guard: Guard, attempt: Attempt): { guard: string; finding: Finding }[] {
  try {
    const finding = guard.inspect(attempt)
    return finding === undefined ? [] : [{ guard: guard.name, finding }]
  } catch (error) {
    return [{ guard: guard.name, finding: failed(guard.name, attempt, error) }]
  }
}

/** The default table for requests that no guard holds (design section 5.3). */
function judgeUnrecognised(guards: readonly Guard[], attempt: Attempt, policy: Policy): Judgement {
  const request = attempt.request
  if (request === undefined || isRead(request.method)) return { answer: 'pass' }
  // A payment origin that a guard does not list is still another site: it settles nothing by itself.
  if (!request.sameSite || request.resourceType === 'beacon') return { answer: 'pass-unrecognised' }
  if (request.operation?.readOnly === true) return { answer: 'pass' }
  if (guards.some((guard) => isHarmless(guard, attempt))) return { answer: 'pass' }
  const { page } = attempt
  // Half a page may hide the total, so it counts as one that shows it.
  const risky = page === undefined || page.truncated || page.payable !== undefined
  if (policy.strict || (risky && attempt.cause === 'agent')) {
    return { answer: 'hold', guard: 'default', finding: unrecognised(attempt) }
  }
  return { answer: 'pass-unrecognised' }
}

function isHarmless(guard: Guard, attempt: Attempt): boolean {
  try {
    return guard.harmless?.(attempt) ?? false
  } catch {
    // A guard that fails here has said nothing; the default table decides.
    return false
  }
}

/** Whether a method only reads (RFC 9110 section 9.2.1). */
export function isRead(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method.toUpperCase())
}

function weight(finding: Finding): number {
  return (finding.risk === 'high' ? 10 : 0) + finding.confidence
}

function hostOf(attempt: Attempt): string {
  const url = attempt.page?.origin ?? attempt.request?.url
  return url === undefined ? 'an unknown site' : new URL(url).host
}

function failed(guard: string, attempt: Attempt, error: unknown): Finding {
  return {
    kind: 'unrecognised',
    risk: 'high',
    confidence: 0,
    terms: { v: 1, recipient: hostOf(attempt) },
    why: `The guard "${guard}" failed (${error instanceof Error ? error.name : 'unknown error'}), so nobody has checked this`,
  }
}

function unrecognised(attempt: Attempt): Finding {
  const total = attempt.page?.payable?.total
  return {
    kind: total === undefined ? 'unrecognised' : 'purchase',
    risk: 'high',
    confidence: 0.4,
    terms: {
      v: 1,
      recipient: hostOf(attempt),
      ...(total === undefined ? {} : { amount: { ...total } }),
      ...(attempt.page === undefined || attempt.page.items.length === 0
        ? {}
        : {
            quantity: attempt.page.items.reduce((sum, item) => sum + item.quantity, 0),
            items: attempt.page.items.map((item) => ({
              name: item.name,
              quantity: item.quantity,
              ...(item.unitMinor === undefined ? {} : { unitMinor: item.unitMinor }),
              ...(item.totalMinor === undefined ? {} : { totalMinor: item.totalMinor }),
            })),
          }),
    },
    why:
      total === undefined
        ? 'It changes something at this site, and no guard knows what'
        : 'It changes something at this site while the page shows a sum to be paid, and no guard knows what',
  }
}
