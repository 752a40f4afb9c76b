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
    reminders: true,
    claimWithinMs: 15 * MINUTE_MS,
    askAgainAfterMs: 10 * MINUTE_MS,
    holdInPlaceMs: 5 * MINUTE_MS,
    maxOpenPerAgent: 3,
    maxNewPerHour: 10,
    strict: false,
    opaqueBytes: 'tell',
    approveWithoutImage: false,
    allowEdits: false,
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
    ['with nothing for a deadline', { expiresAfterMs: null }, 'policy.expiresAfterMs'],
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
    ['with a word it does not know', { quorom: 2 }, 'policy.quorom'],
    ['with another switch for opaque bytes', { opaqueBytes: 'pass' }, 'policy.opaqueBytes'],
    ['with "false" as a text', { soloReviewer: 'false' }, 'policy.soloReviewer'],
    ['with reminders in minutes', { reminders: 5 }, 'policy.reminders'],
    ['with nobody to ask next', { escalateTo: [] }, 'policy.escalateTo'],
    ['with a stranger to ask next', { escalateTo: ['linus'] }, 'policy.escalateTo'],
    ['with everybody to ask next', { escalateTo: ['grace', 'ada'] }, 'policy.escalateTo'],
    ['with a time to ask next, and nobody', { escalateAfterMs: 1 }, 'policy.escalateAfterMs'],
    [
      'that escalates when it is too late',
      { escalateTo: ['ada'], escalateAfterMs: 15 * MINUTE_MS },
      'policy.escalateAfterMs',
    ],
    [
      'that never escalates',
      { escalateTo: ['ada'], escalateAfterMs: Number.NaN },
      'policy.escalateAfterMs',
    ],
  ])('%s', (_, change, option) => {
    expect(problem(change)).toBe(option)
  })
})

function refusal(given: unknown): string {
  try {
    definePolicy(given as PolicyInput)
    return 'none'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

test('who may review is enough: the rest is the default', () => {
  expect(definePolicy({ reviewers: [DESK_REVIEWER] })).toEqual(defaultPolicy)
})

test('a misspelt member is told first, with the members that are known', () => {
  const misspelt = refusal({ reviewer: ['grace'], expiresAfterMs: 'soon' })
  expect(misspelt).toMatch(/^policy\.reviewer: is unknown; known are reviewers, quorum, /)
  for (const member of Object.keys(defaultPolicy)) expect(misspelt).toContain(member)
})

test.each<[unknown, string]>([
  [undefined, 'policy: is missing; it must be an object such as { reviewers: ["grace"] }'],
  [7, 'policy: is 7; it must be an object such as { reviewers: ["grace"] }'],
  [
    {},
    'policy.reviewers: is missing; it must be a list of at least one reviewer id, such as ["grace"]',
  ],
  [
    { reviewers: [] },
    'policy.reviewers: is an empty list; it must be a list of at least one reviewer id, such as ["grace"]',
  ],
  [{ ...good, reviewers: [7] }, 'policy.reviewers.0: is 7; it must be a text'],
  [{ ...good, reviewers: [''] }, 'policy.reviewers.0: is ""; it must be a text that is not empty'],
  [
    { ...good, reviewers: ['g'.repeat(101)] },
    `policy.reviewers.0: is "${'g'.repeat(60)}…"; it must be a text of at most 100 characters`,
  ],
  [{ ...good, quorum: 1.5 }, 'policy.quorum: is 1.5; it must be a whole number, 1 or more'],
  [
    { ...good, expiresAfterMs: Number.NaN },
    'policy.expiresAfterMs: is NaN; it must be a whole number of milliseconds, from 1 to those of 366 days',
  ],
  [{ ...good, opaqueBytes: 'pass' }, 'policy.opaqueBytes: is "pass"; it must be "tell" or "hold"'],
  [{ ...good, strict: 'no' }, 'policy.strict: is "no"; it must be true or false'],
  [
    { ...good, escalateTo: 'ada' },
    'policy.escalateTo: is "ada"; it must be a list of at least one reviewer id, such as ["cto"]',
  ],
  [
    { ...good, escalateTo: ['linus'] },
    'policy.escalateTo: names "linus", who is not in policy.reviewers: ask only people who may answer',
  ],
  [
    { ...good, escalateTo: ['ada'], escalateAfterMs: 900_000 },
    'policy.escalateAfterMs: is 900000; it must be less than policy.expiresAfterMs, which is 900000',
  ],
])('%j is refused in plain words', (given, message) => {
  expect(refusal(given)).toBe(message)
})

test('a policy cannot be changed afterwards', () => {
  const policy = definePolicy(good)
  expect(() => Object.assign(policy, { quorum: 0 })).toThrow(TypeError)
})

test('edits and a quorum above 1 exclude each other: the second would approve something else', () => {
  expect(() => definePolicy({ reviewers: ['ada', 'grace'], quorum: 2, allowEdits: true })).toThrow(
    expect.objectContaining({ details: { option: 'policy.allowEdits' } }),
  )
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
  ['allowEdits', { allowEdits: true }],
  ['reminders', { reminders: false }],
  ['escalateTo', { escalateTo: ['ada'] }],
])('another %s is another digest', (_, change) => {
  expect(policyDigest(definePolicy({ ...good, ...change }))).not.toBe(
    policyDigest(definePolicy(good)),
  )
})

test('another time to escalate is another digest', () => {
  const escalating = { ...good, escalateTo: ['ada'] }
  expect(policyDigest(definePolicy({ ...escalating, escalateAfterMs: 1 }))).not.toBe(
    policyDigest(definePolicy(escalating)),
  )
})

test('the time to escalate is half of the deadline, unless it is said', () => {
  const escalating = { ...good, escalateTo: ['ada'] }
  const policy = definePolicy(escalating)
  expect(policy.escalateAfterMs).toBe(7.5 * MINUTE_MS)
  const said = definePolicy({ ...escalating, escalateAfterMs: 7.5 * MINUTE_MS })
  expect(policyDigest(said)).toBe(policyDigest(policy))
})

// What 0.1.0 stored beside a request; its verdicts are signed over this very digest.
test('a policy that an earlier version stored keeps its digest', () => {
  const stored = {
    reviewers: ['ada', 'grace'],
    quorum: 1,
    expiresAfterMs: 900_000,
    claimWithinMs: 900_000,
    askAgainAfterMs: 600_000,
    holdInPlaceMs: 300_000,
    maxOpenPerAgent: 3,
    maxNewPerHour: 10,
    strict: false,
    opaqueBytes: 'tell',
    approveWithoutImage: false,
    soloReviewer: false,
  }
  expect(policyDigest(stored as never)).toBe(
    '02fa76a3bbf0c927258c28fb1d6d548c3119048941902d1d8c1384797ed8c277',
  )
})

test('a default that is written out is the same policy', () => {
  expect(policyDigest(definePolicy({ ...good, quorum: 1, strict: false }))).toBe(
    policyDigest(definePolicy(good)),
  )
})
