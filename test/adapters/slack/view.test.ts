import { expect, test } from 'vitest'
import { viewOf } from '../../../src/adapters/slack/view.ts'
import { definePolicy } from '../../../src/core/policy.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import { approvalBy, message, request } from './kit.ts'

const IDENTITIES = { grace: 'U0GRACE0001', ada: 'U0ADA000001', linus: 'U0LINUS0001' }

const viewed = (
  change: Partial<Parameters<typeof message>[0]> = {},
  options: Partial<Parameters<typeof viewOf>[1]> = {},
) => viewOf(message(change), { lockScreen: 'full', ...options }, IDENTITIES)

/** Whom the message mentions when these may review. */
function mentioned(policy: object, change: Partial<ApprovalRequest> = {}): string | undefined {
  const reviewers = ['grace', 'linus']
  const asked = request({
    policy: definePolicy({ reviewers, expiresAfterMs: 900_000, ...policy }),
    ...change,
  })
  return viewed({ request: asked }).mention
}

test('the first reviewer is mentioned', () => {
  expect(mentioned({})).toBe(IDENTITIES.grace)
})

test('once the first has approved, the next one is mentioned', () => {
  const decisions = [approvalBy('grace')]
  expect(mentioned({ quorum: 2 }, { decisions })).toBe(IDENTITIES.linus)
})

test('the one it acts for is not mentioned, unless they decide alone', () => {
  expect(mentioned({ reviewers: ['ada', 'grace'] })).toBe(IDENTITIES.grace)
  expect(mentioned({ reviewers: ['ada'] })).toBeUndefined()
  expect(mentioned({ reviewers: ['ada'], soloReviewer: true })).toBe(IDENTITIES.ada)
})

test('who is asked next is not mentioned first, though named first', () => {
  expect(mentioned({ escalateTo: ['grace'] })).toBe(IDENTITIES.linus)
  const decisions = [approvalBy('linus')]
  expect(mentioned({ escalateTo: ['grace'], quorum: 2 }, { decisions })).toBeUndefined()
})

test('a reviewer who is not in Slack is not mentioned, not even as what every object answers to', () => {
  expect(mentioned({ reviewers: ['desk', 'valueOf', 'linus'] })).toBe(IDENTITIES.linus)
})

test.each([
  [{}, false],
  [{ signingSecret: 'a signing secret' }, true],
  [{ appToken: 'xapp-1-A0123-secret' }, true],
])('with %j clicks can come back: %s', (options, interactive) => {
  expect(viewed({}, options).interactive).toBe(interactive)
})

test('who looks is shown by name', () => {
  const since = new Date('2026-11-21T15:20:00.000Z')
  expect(viewed({ looking: { reviewer: 'ada', since } }).looking).toBe('Ada')
  expect(viewed().looking).toBeUndefined()
})
