import { type ApprovalRequest, isAsking, reviewersLeft } from './request.ts'

const MINUTE_MS = 60_000
/** How long before the deadline the last call is due. */
const LAST_CALL_MS = 10 * MINUTE_MS
/** Nobody is mentioned again sooner: people stop reading what comes too often. */
const APART_MS = 5 * MINUTE_MS

/** What is said once about a request that waits, and to whom. */
export interface Notice {
  /** `reminder` at half time, `last-call` shortly before the end, `escalation` to those who are asked next. */
  readonly kind: 'reminder' | 'last-call' | 'escalation'
  /** Since when it is due. */
  readonly dueAt: Date
  /** Reviewer ids to mention: who may still answer. */
  readonly reviewers: readonly string[]
}

/** What a notice depends on. */
type Waiting = Pick<
  ApprovalRequest,
  'policy' | 'onBehalfOf' | 'agent' | 'decisions' | 'state' | 'openedAt' | 'expiresAt'
>

/**
 * All that is to be said until the deadline, oldest first, as the answers stand now. A short deadline has
 * no last call, and a very short one no reminder. Those who are asked next are so at once when nobody else
 * is left to answer.
 */
export function plannedNotices(request: Waiting): readonly Notice[] {
  // A policy that was stored before there were reminders does not name them.
  const { reminders = true, escalateTo = [], escalateAfterMs = 0 } = request.policy
  const left = reviewersLeft(request)
  const next = left.filter((reviewer) => escalateTo.includes(reviewer))
  const openedMs = request.openedAt.getTime()
  const expiresMs = request.expiresAt.getTime()
  const halfMs = Math.floor((openedMs + expiresMs) / 2)
  const lastMs = expiresMs - LAST_CALL_MS
  const aloneMs = (request.decisions.at(-1)?.decidedAt ?? request.openedAt).getTime()
  const nextMs = Math.min(
    openedMs + escalateAfterMs,
    next.length === left.length ? aloneMs : Number.POSITIVE_INFINITY,
  )
  const askedBefore = (dueMs: number): readonly string[] =>
    left.filter((reviewer) => !next.includes(reviewer) || nextMs + APART_MS <= dueMs)

  const notices: Notice[] = [
    ...(reminders && halfMs - openedMs >= APART_MS
      ? [{ kind: 'reminder', dueAt: new Date(halfMs), reviewers: askedBefore(halfMs) } as const]
      : []),
    { kind: 'escalation', dueAt: new Date(nextMs), reviewers: next },
    ...(reminders && lastMs - halfMs >= APART_MS
      ? [{ kind: 'last-call', dueAt: new Date(lastMs), reviewers: askedBefore(lastMs) } as const]
      : []),
  ]
  return notices
    .filter(({ reviewers }) => reviewers.length > 0)
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
}

/**
 * What is due by now, oldest first; nothing once the request has ended. After a downtime several may be
 * due at once: one that the same people are about to hear again in other words is left out.
 */
export function noticesOf(request: Waiting, now: Date): readonly Notice[] {
  if (!isAsking(request, now)) return []
  const planned = plannedNotices(request)
  const isBy = (at: number) => (notice: Notice) => notice.dueAt.getTime() <= at
  const soon = planned.filter(isBy(now.getTime() + APART_MS - 1))
  return soon
    .filter((notice, index) => !soon.slice(index + 1).some((later) => covers(later, notice)))
    .filter(isBy(now.getTime()))
}

function covers(later: Notice, notice: Notice): boolean {
  return notice.reviewers.every((reviewer) => later.reviewers.includes(reviewer))
}
