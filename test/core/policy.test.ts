import { describe, expect, test } from 'vitest'
import { isHoldpointError } from '../../src/core/errors.ts'
import {
  DESK_REVIEWER,
  defaultPolicy,
  definePolicy,
  type PolicyInput,
  policyDigest,
} from '../../src/core/policy.ts'

const MINUTE_MS = 60_000
const good: PolicyInput = { reviewers: ['ada', 'grace'], expiresAfterMs: 15 * MINUTE_MS }

function problem(change: object): string {
  try {
    definePolicy({ ...good, ...change })
    return 'none'
  } catch (error) {
    if (isHoldpointError(error, 'HP_ERR_OPTION_INVALID')) return error.details.option
    throw error
  }
}

test('defaults are the safe ones', () => {
  expect(definePolicy(good)).toEqual({
    reviewers: ['ada', 'grace'],
    quorum: 1,
    expiresAfterMs: 15 * MINUTE_MS,
    claimWithinMs: 15 * MINUTE_MS,
    askAgainAfterMs: 10 * MINUTE_MS,
    holdInPlaceMs: 5 * MINUTE_MS,
    maxOpenPerAgent: 3,
    maxNewPerHour: 10,
    strict: false,
    opaqueBytes: 'tell',
    approveWithoutImage: false,
    soloReviewer: false,
  })
})

test('the default policy asks the holder of the printed link', () => {
  expect(defaultPolicy).toMatchObject({ reviewers: [DESK_REVIEWER], quorum: 1 })
})

describe('a policy is refused', () => {
  test.each([
    ['without reviewers', { reviewers: [] }, 'policy.reviewers'],
    ['with a nameless reviewer', { reviewers: [''] }, 'policy.reviewers.0'],
    ['without a deadline', { expiresAfterMs: undefined }, 'policy.expiresAfterMs'],
    ['with no time at all', { expiresAfterMs: 0 }, 'policy.expiresAfterMs'],
    ['with a deadline that is no number', { expiresAfterMs: Number.NaN }, 'policy.expiresAfterMs'],
    ['that never expires', { expiresAfterMs: Number.POSITIVE_INFINITY }, 'policy.expiresAfterMs'],
    [
      'that expires in years',
      { expiresAfterMs: 367 * 24 * 60 * MINUTE_MS },
      'policy.expiresAfterMs',
    ],
    [
      'with a claim that never lapses',
      { claimWithinMs: Number.POSITIVE_INFINITY },
      'policy.claimWithinMs',
    ],
    ['with nobody needed', { quorum: 0 }, 'policy.quorum'],
    ['with half a person needed', { quorum: 1.5 }, 'policy.quorum'],
    ['with more people needed than there are', { quorum: 3 }, 'policy.quorum'],
    ['with one person counted twice', { reviewers: ['ada', 'ada'], quorum: 2 }, 'policy.quorum'],
    ['with a negative pause', { askAgainAfterMs: -1 }, 'policy.askAgainAfterMs'],
    ['with no open requests', { maxOpenPerAgent: 0 }, 'policy.maxOpenPerAgent'],
    ['with a word it does not know', { quorom: 2 }, 'policy'],
    ['with another switch for opaque bytes', { opaqueBytes: 'pass' }, 'policy.opaqueBytes'],
    ['with "false" as a text', { soloReviewer: 'false' }, 'policy.soloReviewer'],
  ])('%s', (_, change, option) => {
    expect(problem(change)).toBe(option)
  })
})

test('a policy cannot be changed afterwards', () => {
  const policy = definePolicy(good)
  expect(() => Object.assign(policy, { quorum: 0 })).toThrow(TypeError)
})

test.each<readonly [keyof PolicyInput, Partial<PolicyInput>]>([
  ['reviewers', { reviewers: ['ada', 'mallory'] }],
  ['quorum', { quorum: 2 }],
  ['expiresAfterMs', { expiresAfterMs: 1 }],
  ['claimWithinMs', { claimWithinMs: 1 }],
  ['askAgainAfterMs', { askAgainAfterMs: 1 }],
  ['holdInPlaceMs', { holdInPlaceMs: 1 }],
  ['maxOpenPerAgent', { maxOpenPerAgent: 1 }],
  ['maxNewPerHour', { maxNewPerHour: 1 }],
  ['strict', { strict: true }],
  ['opaqueBytes', { opaqueBytes: 'hold' }],
  ['approveWithoutImage', { approveWithoutImage: true }],
  ['soloReviewer', { soloReviewer: true }],
])('another %s is another digest', (_, change) => {
  expect(policyDigest(definePolicy({ ...good, ...change }))).not.toBe(
    policyDigest(definePolicy(good)),
  )
})

test('a default that is written out is the same policy', () => {
  expect(policyDigest(definePolicy({ ...good, quorum: 1, strict: false }))).toBe(
    policyDigest(definePolicy(good)),
  )
})
