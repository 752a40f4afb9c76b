import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { definePolicy } from '../../src/core/policy.ts'
import {
  type ApprovalRequest,
  isAsking,
  REQUEST_STATES,
  reviewersLeft,
  reviewersOf,
  verdictOf,
  whyNotCounted,
} from '../../src/core/request.ts'
import { draft } from '../support/desk.ts'

const openedAt = new Date('2026-11-21T12:00:00.000Z')
const expiresAt = new Date('2026-11-21T12:15:00.000Z')

const request: ApprovalRequest = {
  ...draft({ onBehalfOf: 'ada', agent: 'shopper' }),
  id: 'HP-1',
  state: 'pending',
  termsDigest: 'a'.repeat(64),
  evidenceDigest: 'b'.repeat(64),
  identityDigest: 'c'.repeat(64),
  policy: definePolicy({ reviewers: ['ada', 'grace', 'shopper'], expiresAfterMs: 900_000 }),
  policyDigest: 'd'.repeat(64),
  openedAt,
  expiresAt,
  decisions: [],
  execution: { state: 'none', token: 0 },
}

const decision = {
  requestId: 'HP-1',
  reviewer: 'grace',
  answer: 'approve',
  termsDigest: request.termsDigest,
  evidenceDigest: request.evidenceDigest,
  decidedAt: openedAt,
} as const

describe('a decision', () => {
  test('counts when it is about this request, by someone allowed, made in time', () => {
    expect(whyNotCounted(request, decision)).toBeUndefined()
    expect(whyNotCounted(request, { ...decision, answer: 'reject' })).toBeUndefined()
  })

  test.each([
    ['by someone the policy does not name', { reviewer: 'mallory' }, 'not-allowed'],
    ['by a name in other letters', { reviewer: 'Grace' }, 'not-allowed'],
    ['by nobody', { reviewer: '' }, 'not-allowed'],
    ['by the one it runs for', { reviewer: 'ada' }, 'own-behalf'],
    ['by the agent', { reviewer: 'shopper' }, 'own-behalf'],
    ['on other terms', { termsDigest: 'e'.repeat(64) }, 'changed'],
    ['on other evidence', { evidenceDigest: 'e'.repeat(64) }, 'changed'],
    ['at the deadline', { decidedAt: expiresAt }, 'too-late'],
  ] as const)('does not count %s', (_, change, why) => {
    expect(whyNotCounted(request, { ...decision, ...change })).toBe(why)
  })

  test('counts a millisecond before the deadline', () => {
    const decidedAt = new Date(expiresAt.getTime() - 1)
    expect(whyNotCounted(request, { ...decision, decidedAt })).toBeUndefined()
  })

  test.each(REQUEST_STATES.filter((state) => state !== 'pending'))(
    'does not count on a request that is %s',
    (state) => {
      expect(whyNotCounted({ ...request, state }, decision)).toBe('closed')
    },
  )

  test('of the one it runs for counts when the policy says so; the agent never does', () => {
    const solo = { ...request, policy: { ...request.policy, soloReviewer: true } }
    expect(whyNotCounted(solo, { ...decision, reviewer: 'ada' })).toBeUndefined()
    expect(whyNotCounted(solo, { ...decision, reviewer: 'shopper' })).toBe('own-behalf')
  })

  test('a stranger learns nothing about the request', () => {
    const closed = { ...request, state: 'approved' } as const
    expect(whyNotCounted(closed, { ...decision, reviewer: 'mallory' })).toBe('not-allowed')
  })
})

describe('who may answer', () => {
  const policy = definePolicy({ reviewers: ['grace', 'ada', 'shopper', 'grace'] })

  test('is everybody whom the policy names, once, but the one it runs for and the agent', () => {
    expect(reviewersOf({ ...request, policy })).toEqual(['grace'])
    const solo = { ...policy, soloReviewer: true }
    expect(reviewersOf({ ...request, policy: solo })).toEqual(['grace', 'ada'])
  })

  test('is asked until they have answered', () => {
    const solo = { ...request, policy: { ...policy, soloReviewer: true } }
    const decisions = [{ ...decision, channel: 'page' }]
    expect(reviewersLeft(solo)).toEqual(['grace', 'ada'])
    expect(reviewersLeft({ ...solo, decisions })).toEqual(['ada'])
  })

  test('is whoever would be counted, and nobody else', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'shopper')
    const asked = fc.record({
      reviewers: fc.array(ids, { minLength: 1 }),
      soloReviewer: fc.boolean(),
      onBehalfOf: ids,
    })
    fc.assert(
      fc.property(asked, ids, ({ onBehalfOf, ...change }, reviewer) => {
        const given = { ...request, onBehalfOf, policy: { ...policy, ...change } }
        const counted = whyNotCounted(given, { ...decision, reviewer }) === undefined
        expect(reviewersOf(given).includes(reviewer)).toBe(counted)
      }),
    )
  })
})

test('a request asks until it has ended or its deadline has come', () => {
  expect(isAsking(request, new Date(expiresAt.getTime() - 1))).toBe(true)
  expect(isAsking(request, expiresAt)).toBe(false)
  for (const state of REQUEST_STATES) {
    expect(isAsking({ ...request, state }, openedAt)).toBe(state === 'pending')
  }
})

describe('the verdict', () => {
  const policyFor = (quorum: number) => ({ ...request.policy, quorum })

  test('a rejection wins over a full quorum of approvals', () => {
    const approvals = ['ada', 'grace', 'linus'].map((reviewer) => ({
      reviewer,
      answer: 'approve' as const,
    }))
    expect(verdictOf(policyFor(2), approvals)).toBe('approved')
    expect(verdictOf(policyFor(2), [...approvals, { reviewer: 'x', answer: 'reject' }])).toBe(
      'rejected',
    )
  })

  test('the same person twice is one', () => {
    const twice = [1, 2].map(() => ({ reviewer: 'ada', answer: 'approve' as const }))
    expect(verdictOf(policyFor(2), twice)).toBeUndefined()
  })

  test('nobody has no verdict', () => {
    expect(verdictOf(policyFor(1), [])).toBeUndefined()
  })

  test('is rejected if anybody rejects, else approved from the quorum on, in whatever order', () => {
    const votes = fc.array(
      fc.record({
        reviewer: fc.constantFrom('a', 'b', 'c', 'd'),
        answer: fc.constantFrom('approve' as const, 'reject' as const),
      }),
    )
    fc.assert(
      fc.property(votes, fc.integer({ min: 1, max: 4 }), (decisions, quorum) => {
        const people = new Set(decisions.map(({ reviewer }) => reviewer)).size
        const expected = decisions.some(({ answer }) => answer === 'reject')
          ? 'rejected'
          : people >= quorum
            ? 'approved'
            : undefined
        expect(verdictOf(policyFor(quorum), decisions)).toBe(expected)
        expect(verdictOf(policyFor(quorum), decisions.toReversed())).toBe(expected)
      }),
    )
  })
})
