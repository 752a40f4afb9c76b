import { compareTerms, type FieldChange, type Terms } from './terms.ts'

/**
 * The right, for one gesture, of the approved terms to leave the browser. It never widens what may
 * pass: each request is judged as it would be without one, and a permit only answers requests that
 * are recognised as committing, each slot once.
 */
export interface Permit {
  readonly requestId: string
  readonly terms: Terms
  /** Slots that have left, by key. */
  readonly used: ReadonlySet<string>
}

/** A committing request at the gate. */
export interface CommittingRequest {
  readonly method: string
  readonly url: string
  readonly operation?: string
  /** Terms that a guard read for it; undefined when its bytes and page say nothing. */
  readonly terms?: Terms
}

export type PermitAnswer =
  /** Let it go, and remember the slot. */
  | { readonly answer: 'release'; readonly slot: string }
  /** The same slot twice: refused and audited; a retry or double submit would buy twice. */
  | { readonly answer: 'refuse-repeat'; readonly slot: string }
  /** The bytes say something else than was approved. */
  | { readonly answer: 'drifted'; readonly changed: readonly FieldChange[] }
  /** A further committing step after the first left: held in place and asked about, never dropped. */
  | { readonly answer: 'ask'; readonly slot: string }

/** Method, origin, path and operation name; a query may carry nonces, so it does not count. */
export function slotOf(request: CommittingRequest): string {
  const url = new URL(request.url)
  const operation = request.operation === undefined ? '' : ` ${request.operation}`
  return `${request.method.toUpperCase()} ${url.origin}${url.pathname}${operation}`
}

/** What a permit says to a committing request. */
export function answerOf(permit: Permit, request: CommittingRequest): PermitAnswer {
  const slot = slotOf(request)
  if (permit.used.has(slot)) return { answer: 'refuse-repeat', slot }
  const changed = request.terms === undefined ? [] : compareTerms(permit.terms, request.terms)
  if (changed.length > 0) return { answer: 'drifted', changed }
  if (permit.used.size > 0) return { answer: 'ask', slot }
  return { answer: 'release', slot }
}

/** The permit after a slot has left. */
export function withUsed(permit: Permit, slot: string): Permit {
  return { ...permit, used: new Set([...permit.used, slot]) }
}
