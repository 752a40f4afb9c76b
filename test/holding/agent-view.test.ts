import { describe, expect, test } from 'vitest'
import { agentRequestSchema } from '../../src/core/agent-api.ts'
import type { Execution } from '../../src/core/claim.ts'
import { EXECUTION_STATES } from '../../src/core/claim.ts'
import { definePolicy } from '../../src/core/policy.ts'
import { type ApprovalRequest, REQUEST_STATES } from '../../src/core/request.ts'
import { agentViewOf } from '../../src/holding/agent-view.ts'
import { draft } from '../support/desk.ts'

const at = (time: string) => new Date(`2126-11-21T${time}:00`)
const NOW = at('16:00')

function request(change: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    ...draft(),
    id: 'HP-41',
    state: 'pending',
    termsDigest: 'a'.repeat(64),
    evidenceDigest: 'b'.repeat(64),
    identityDigest: 'c'.repeat(64),
    policyDigest: 'd'.repeat(64),
    policy: definePolicy({ reviewers: ['grace'], claimWithinMs: 45 * 60_000 }),
    openedAt: at('15:45'),
    expiresAt: at('16:30'),
    decisions: [],
    execution: { state: 'none', token: 0 },
    ...change,
  } as ApprovalRequest
}

const approved = (execution: Partial<Execution>, change: Partial<ApprovalRequest> = {}) =>
  request({
    state: 'approved',
    closedAt: at('16:00'),
    execution: { state: 'none', token: 1, ...execution },
    ...change,
  })

const textOf = (asked: ApprovalRequest, follower?: ApprovalRequest): readonly string[] => {
  const { status, forModel } = agentViewOf(asked, { now: NOW, follower })
  return [status, forModel]
}

const quantity = {
  type: 'number',
  name: 'qty',
  label: 'Qty',
  value: '2',
  isQuantity: true,
} as const
const edited = { reviewer: 'grace', answer: 'approve', values: { qty: '1' } }
const rejection = { reviewer: 'grace', answer: 'reject', reason: 'too expensive' }
const changed = [{ field: 'total', approved: '182.40', now: '199.00 EUR' }]
const follower = request({ id: 'HP-42', follows: { requestId: 'HP-41', changed } })

describe('an agent is told', () => {
  test.each<[string, ApprovalRequest, string, string]>([
    [
      'what waits',
      request(),
      'held',
      'HELD, not done. A person must approve "Pay 182.40 EUR to shop.example" (HP-41, until 16:30). Do not repeat it or try another way. Call wait_for_approval("HP-41") or do other work.',
    ],
    [
      'what nobody may answer any more',
      request({ expiresAt: NOW }),
      'expired',
      'EXPIRED, not done: nobody answered. Report it; do not ask again.',
    ],
    [
      'what expired',
      request({ state: 'expired' }),
      'expired',
      'EXPIRED, not done: nobody answered. Report it; do not ask again.',
    ],
    [
      'what was rejected, and why',
      request({ state: 'rejected', decisions: [rejection as never] }),
      'rejected',
      'REJECTED, not done: "too expensive". Do not repeat this order; change it to meet the reason, or stop and report.',
    ],
    [
      'what was taken back',
      request({ state: 'withdrawn', closedReason: 'the page was closed' }),
      'withdrawn',
      'WITHDRAWN, not done: the page was closed. Start over if it is still needed.',
    ],
    [
      'what lapsed',
      request({ state: 'lapsed' }),
      'lapsed',
      'LAPSED, not done: approved, but too long ago. A new request asks again.',
    ],
    [
      'what was approved too long ago',
      approved({}, { closedAt: at('15:14') }),
      'lapsed',
      'LAPSED, not done: approved, but too long ago. A new request asks again.',
    ],
    [
      'what was approved and nobody does',
      approved({}),
      'approved',
      'APPROVED, but not done yet: nothing waits for it. Make exactly the same act once more before 16:45: if it is still what was approved it is done, else a person is asked again.',
    ],
    ...(['claimed', 'started', 'sent'] as const).map(
      (state): [string, ApprovalRequest, string, string] => [
        `what is being done (${state})`,
        approved({ state }),
        'approved',
        'APPROVED, and being done now. Do not repeat it. Call wait_for_approval("HP-41") again to learn how it ended.',
      ],
    ),
    [
      'what is done',
      approved({ state: 'succeeded', label: 'order 10042' }),
      'succeeded',
      'DONE. Approved by a person; order 10042.',
    ],
    [
      'what is done with changes',
      approved(
        { state: 'succeeded', label: 'order 10042' },
        { evidence: { ...draft().evidence, editable: [quantity] }, decisions: [edited as never] },
      ),
      'succeeded',
      'DONE, with changes by the reviewer: quantity 2 → 1; order 10042. Report these figures.',
    ],
    [
      'what was sent',
      approved({ state: 'unverified' }),
      'unverified',
      "SENT after approval; the site's answer could not be read as a success. Look at the page, do not repeat it.",
    ],
    [
      'what was not sent',
      approved({ state: 'failed', label: 'nothing was sent' }),
      'failed',
      'FAILED, not done: nothing was sent. You may try once more.',
    ],
    [
      'what nobody knows',
      approved({ state: 'in-doubt', label: 'the connection was reset' }),
      'in-doubt',
      'IN DOUBT: it may have happened. Never repeat it. A person is checking. Stop.',
    ],
    [
      'what changed without being asked about again',
      approved({ state: 'refused', label: 'total 182.40 → 199.00 EUR' }),
      'drifted',
      'REFUSED, not done: total 182.40 → 199.00 EUR. Look at the page and start over.',
    ],
    [
      'what a person settled',
      approved({ state: 'settled', label: 'it did not happen' }),
      'settled',
      'SETTLED by a person: it did not happen. Look at the page before you go on.',
    ],
  ])('%s', (_what, asked, status, text) => {
    expect(textOf(asked)).toEqual([status, text])
  })

  test('what changed after the approval, and which request asks about it', () => {
    expect(textOf(approved({ state: 'refused' }), follower)).toEqual([
      'drifted',
      'REFUSED, not done: total 182.40 → 199.00 EUR after approval. HP-42 asks about the new total; wait for it.',
    ])
  })
})

test('every state that a request and its execution can have has a text, and nothing but its members', () => {
  for (const state of REQUEST_STATES) {
    for (const execution of EXECUTION_STATES) {
      const told = agentViewOf(approved({ state: execution }, { state }), { now: NOW })
      expect(Object.keys(told).sort()).toEqual(['expiresAt', 'forModel', 'id', 'status', 'title'])
      expect(agentRequestSchema.parse(told)).toEqual(told)
    }
  }
})

test('texts of others stand on one line, and are cut', () => {
  const long = `ok\n\u202e${'x'.repeat(10_000)}`
  const texts = [
    request({ state: 'withdrawn', closedReason: long }),
    request({ state: 'rejected', decisions: [{ ...rejection, reason: long } as never] }),
    ...(['succeeded', 'refused', 'settled'] as const).map((state) =>
      approved({ state, label: long }),
    ),
  ].map((asked) => agentViewOf(asked, { now: NOW }).forModel)
  for (const text of texts) {
    expect(text).not.toMatch(/[\n\u202e]/)
    expect(text.length).toBeLessThan(500)
  }
})
