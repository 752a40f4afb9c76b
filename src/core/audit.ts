import { canonicalJson, type Json, sha256Hex } from './canonical.ts'

export const AUDIT_EVENTS = [
  'request.opened',
  'request.joined',
  'request.expired',
  'request.withdrawn',
  'request.lapsed',
  'channel.notified',
  'channel.failed',
  'decision.recorded',
  'decision.refused',
  'verdict.reached',
  'verdict.refused',
  'execution.claimed',
  'execution.started',
  'execution.sent',
  'execution.settled',
  'execution.late',
  'permit.refused',
  'agent.frozen',
  'callback.refused',
  'reviewer.looked',
  'reviewer.signed-in',
] as const
export type AuditEvent = (typeof AUDIT_EVENTS)[number]

/** An append-only fact. `details` carries ids, digests and names, never secrets or page text at length. */
export interface AuditFact {
  readonly event: AuditEvent
  readonly requestId?: string
  /** Who did it: `reviewer:grace`, `agent:shopper`, `channel:slack`, `system`. */
  readonly actor: string
  readonly details: { readonly [key: string]: Json | undefined }
  readonly at: Date
}

/** Hash of an entry over its fact and the entry before it: a changed or removed entry breaks the chain. */
export function auditHash(previousHash: string, fact: AuditFact): string {
  const [before, after] = auditText(fact)
  return sha256Hex(before + previousHash + after)
}

/**
 * What is hashed, in front of the previous hash and behind it, for a store that learns that hash only
 * while it writes: canonical JSON of `['holdpoint.audit/1', { previousHash, ...fact }]`, cut in two.
 */
export function auditText(fact: AuditFact): readonly [before: string, after: string] {
  const { event, actor, requestId } = fact
  const details = fact.details as Json
  const members = canonicalJson({ actor, at: fact.at.toISOString(), details, event })
  // In canonical order `previousHash` and `requestId` come last.
  return [
    `["holdpoint.audit/1",${members.slice(0, -1)},"previousHash":"`,
    requestId === undefined ? '"}]' : `","requestId":${canonicalJson(requestId)}}]`,
  ]
}

/** The hash before the first entry. */
export const AUDIT_GENESIS = '0'.repeat(64)
