import { describe, expect, test } from 'vitest'
import { defaultPolicy } from '../../src/core/policy.ts'
import {
  checkVerdict,
  type ExpectedVerdict,
  type VerdictClaims,
  verdictClaims,
  verdictClaimsSchema,
} from '../../src/core/verdict.ts'
import { draft } from '../support/desk.ts'

const at = new Date('2026-11-21T12:00:00.500Z')
const request = {
  ...draft(),
  id: 'HP-1',
  state: 'pending',
  termsDigest: 'a'.repeat(64),
  evidenceDigest: 'b'.repeat(64),
  identityDigest: 'c'.repeat(64),
  policy: defaultPolicy,
  policyDigest: 'd'.repeat(64),
  openedAt: at,
  expiresAt: at,
  decisions: [],
  execution: { state: 'none', token: 0 },
} as const

const claims = verdictClaims(request, 'approved', { reviewer: 'grace', at, jti: 'verdict-1' })
const expected: ExpectedVerdict = {
  expectedSession: 'session-1',
  expectedRequestId: 'HP-1',
  expectedIdentity: 'c'.repeat(64),
  expectedTermsDigest: 'a'.repeat(64),
  expectedEvidenceDigest: 'b'.repeat(64),
  expectedPolicyDigest: 'd'.repeat(64),
  now: at,
}

test('the claims say all that the verdict is about, and until when it may be used', () => {
  expect(claims).toEqual({
    iss: 'holdpoint',
    aud: 'session-1',
    jti: 'verdict-1',
    iat: Math.floor(at.getTime() / 1_000),
    requestId: 'HP-1',
    verdict: 'approved',
    identity: 'c'.repeat(64),
    termsDigest: 'a'.repeat(64),
    evidenceDigest: 'b'.repeat(64),
    policyDigest: 'd'.repeat(64),
    reviewer: 'grace',
    claimNotAfter: at.getTime() + defaultPolicy.claimWithinMs,
  })
  expect(verdictClaimsSchema.parse(claims)).toEqual(claims)
})

test('a reason is carried when there is one', () => {
  const decided = { reviewer: 'grace', at, jti: 'verdict-1' }
  expect(verdictClaims(request, 'rejected', { ...decided, reason: 'no' }).reason).toBe('no')
  expect(verdictClaims(request, 'rejected', decided)).not.toHaveProperty('reason')
})

test('a verdict for this very hold is accepted', () => {
  expect(() => checkVerdict(claims, expected)).not.toThrow()
})

test.each<readonly [name: string, change: Partial<VerdictClaims>]>([
  ['session', { aud: 'session-2' }],
  ['request', { requestId: 'HP-2' }],
  ['identity', { identity: 'e'.repeat(64) }],
  ['terms', { termsDigest: 'e'.repeat(64) }],
  ['evidence', { evidenceDigest: 'e'.repeat(64) }],
  ['policy', { policyDigest: 'e'.repeat(64) }],
])('a verdict for another %s is refused', (name, change) => {
  expect(() => checkVerdict({ ...claims, ...change }, expected)).toThrow(
    expect.objectContaining({
      code: 'HP_ERR_VERDICT_INVALID',
      message: `the verdict is for another ${name}`,
    }),
  )
})

test.each<readonly [name: string, change: object]>([
  ['another issuer', { iss: 'someone' }],
  ['no session', { aud: '' }],
  ['no id', { jti: '' }],
  ['no request', { requestId: '' }],
  ['another verdict', { verdict: 'expired' }],
  ['a short identity', { identity: 'c' }],
  ['a short terms digest', { termsDigest: '' }],
  ['a short evidence digest', { evidenceDigest: '' }],
  ['a short policy digest', { policyDigest: '' }],
  ['no reviewer', { reviewer: '' }],
  ['a time that is no whole number', { claimNotAfter: 1.5 }],
  ['no time', { claimNotAfter: undefined }],
  ['a claim that nobody knows', { scope: 'all' }],
])('claims with %s are not those of a verdict', (_, change) => {
  expect(verdictClaimsSchema.safeParse({ ...claims, ...change }).success).toBe(false)
})

describe('values that the reviewer changed', () => {
  const decided = { reviewer: 'grace', at, jti: 'verdict-1' }
  const edited = verdictClaims(request, 'approved', { ...decided, values: { qty: '1' } })

  test('they are carried with their digest, and accepted', () => {
    expect(verdictClaimsSchema.parse(edited)).toMatchObject({ values: { qty: '1' } })
    expect(() => checkVerdict(edited, expected)).not.toThrow()
  })

  test.each<readonly [string, Partial<VerdictClaims>]>([
    ['another value', { values: { qty: '2' } }],
    ['another name', { values: { note: '1' } }],
    ['one more', { values: { qty: '1', note: 'x' } }],
    ['none', { values: {} }],
    ['none at all', { values: undefined }],
    ['no digest', { valuesDigest: undefined }],
  ])('with %s the verdict is refused', (_, change) => {
    expect(() => checkVerdict({ ...edited, ...change }, expected)).toThrow(
      expect.objectContaining({ code: 'HP_ERR_VERDICT_INVALID' }),
    )
  })
})
