import { definePolicy, type PolicyInput } from '../../src/core/policy.ts'
import type { ApprovalRequest } from '../../src/core/request.ts'
import { draft } from '../support/desk.ts'

const MINUTE_MS = 60_000
const openedAt = new Date('2026-11-21T12:00:00.000Z')

/** So many minutes after the opening. */
export const atMinute = (minute: number): Date => new Date(openedAt.getTime() + minute * MINUTE_MS)

/** A request of the agent `shopper` that waits for so many minutes. `decided`: who has approved, and in which minute. */
export function asked(
  minutes: number,
  policy: PolicyInput,
  change: {
    readonly onBehalfOf?: string
    readonly decided?: Readonly<Record<string, number>>
  } = {},
): ApprovalRequest {
  const { decided = {}, ...rest } = change
  return {
    ...draft(rest),
    id: 'HP-1',
    state: 'pending',
    termsDigest: 'a'.repeat(64),
    evidenceDigest: 'b'.repeat(64),
    identityDigest: 'c'.repeat(64),
    policy: definePolicy({ ...policy, expiresAfterMs: minutes * MINUTE_MS }),
    policyDigest: 'd'.repeat(64),
    openedAt,
    expiresAt: atMinute(minutes),
    decisions: Object.entries(decided).map(([reviewer, minute]) => ({
      requestId: 'HP-1',
      reviewer,
      answer: 'approve' as const,
      channel: 'page',
      termsDigest: 'a'.repeat(64),
      evidenceDigest: 'b'.repeat(64),
      decidedAt: atMinute(minute),
    })),
    execution: { state: 'none', token: 0 },
  }
}
