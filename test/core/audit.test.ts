import { expect, test } from 'vitest'
import { AUDIT_GENESIS, type AuditFact, auditHash } from '../../src/core/audit.ts'
import { digestOf, type Json } from '../../src/core/canonical.ts'

const fact: AuditFact = {
  event: 'decision.recorded',
  requestId: 'HP-1',
  actor: 'reviewer:grace',
  details: { answer: 'approve', nested: { list: [1, 'a'] } },
  at: new Date('2026-11-21T12:00:00.123Z'),
}
const { requestId: _, ...withoutRequest } = fact

test('the same fact after the same entry has the same hash, whatever the order of its members', () => {
  const turned = {
    at: new Date(fact.at),
    details: { nested: { list: [1, 'a'] }, answer: 'approve', left: undefined },
    actor: fact.actor,
    requestId: 'HP-1',
    event: fact.event,
  } as const
  expect(auditHash(AUDIT_GENESIS, turned)).toBe(auditHash(AUDIT_GENESIS, fact))
})

test.each<readonly [name: string, changed: AuditFact]>([
  ['event', { ...fact, event: 'decision.refused' }],
  ['request', { ...fact, requestId: 'HP-2' }],
  ['missing request', withoutRequest],
  ['actor', { ...fact, actor: 'reviewer:ada' }],
  ['detail', { ...fact, details: { ...fact.details, answer: 'reject' } }],
  ['further detail', { ...fact, details: { ...fact.details, more: null } }],
  ['millisecond', { ...fact, at: new Date(fact.at.getTime() + 1) }],
])('another %s is another hash', (_, changed) => {
  expect(auditHash(AUDIT_GENESIS, changed)).not.toBe(auditHash(AUDIT_GENESIS, fact))
})

test('the entry before counts, so a changed one breaks every later one', () => {
  const next = (first: AuditFact): string => auditHash(auditHash(AUDIT_GENESIS, first), fact)
  expect(next({ ...fact, actor: 'reviewer:ada' })).not.toBe(next(fact))
})

test('a hash cannot be moved into the fact', () => {
  expect(auditHash('ab', { ...fact, actor: 'c' })).not.toBe(
    auditHash('a', { ...fact, actor: 'bc' }),
  )
})

test.each<readonly [name: string, given: AuditFact]>([
  ['of a request', fact],
  ['of none', withoutRequest],
  [
    'with texts that look like its own',
    { ...fact, details: { previousHash: '","x":"', '"': '\\' } },
  ],
])('an entry %s is hashed as canonical JSON', (_, given) => {
  const whole = { ...given, at: given.at.toISOString(), previousHash: 'ab' } as unknown as Json
  expect(auditHash('ab', given)).toBe(digestOf('holdpoint.audit/1', whole))
})
