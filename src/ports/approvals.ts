import type { AuditFact } from '../core/audit.ts'
import type { ExecutionEnding } from '../core/claim.ts'
import type { ApprovalRequest, RequestDraft, RequestState } from '../core/request.ts'

/** A picture's bytes; stored under their SHA-256 before the request that refers to them. */
export interface EvidenceImage {
  readonly role: 'full' | 'crop' | 'after'
  readonly bytes: Uint8Array
  readonly mediaType: 'image/jpeg' | 'image/png' | 'image/webp'
}

/** How a request ended, as the store says it. `verdict` is the signed part; only that is believed. */
export interface RequestEnding {
  readonly requestId: string
  readonly state: Exclude<RequestState, 'pending'>
  readonly verdict?: string
  readonly reason?: string
}

export interface Claim {
  readonly requestId: string
  /** Fencing token of this claim. */
  readonly token: number
}

/**
 * The agent's side of the desk: ask, wait, claim, report. Nothing here can decide. Implemented by
 * `compose/embedded` over `deciding`, by `adapters/postgres` (direct) and `adapters/http` (remote).
 */
export interface Approvals {
  /**
   * Stores pictures, request, audit entry and delivery job. Throws `HP_ERR_FROZEN` beyond the agent's
   * limits and `HP_ERR_REJECTED` for an action that was rejected less than `askAgainAfterMs` ago.
   */
  open(draft: RequestDraft, images: readonly EvidenceImage[]): Promise<ApprovalRequest>
  /** Resolves when the request has ended; a request that ended before is answered at once. Rejects when `signal` aborts. */
  ended(requestId: string, signal?: AbortSignal): Promise<RequestEnding>
  /** A request of this agent's side; `undefined` for a number that it was never given. */
  read(requestId: string): Promise<ApprovalRequest | undefined>
  /** Takes the question back. False when it had ended already. */
  withdraw(requestId: string, reason: string): Promise<boolean>
  /** At most one claim per approval. Throws `HP_ERR_CLAIM_TAKEN`, `HP_ERR_LAPSED`. */
  claim(requestId: string, owner: string): Promise<Claim>
  /** Written before the page is touched. Throws `HP_ERR_CLAIM_STALE`. */
  start(claim: Claim): Promise<void>
  /** Written before the committing request is let go. */
  sent(claim: Claim): Promise<void>
  finish(
    claim: Claim,
    ending: ExecutionEnding,
    facts: { readonly label?: string; readonly status?: number; readonly after?: EvidenceImage },
  ): Promise<void>
  /**
   * Requests whose ending `markTold` was not called for yet, the earliest first: for who wants to hear of
   * verdicts without waiting for each. One that ends in another way later (lapses) comes again.
   */
  untold(options: {
    readonly except: readonly string[]
    readonly limit: number
  }): Promise<readonly ApprovalRequest[]>
  markTold(requestId: string, state: RequestEnding['state']): Promise<void>
  /** Calls back whenever some request may have ended: look again. */
  onEndings(look: () => void): Promise<{ close(): void }>
  /** For facts only the agent's side sees: a refused verdict, a refused repeat. */
  audit(fact: Omit<AuditFact, 'at'>): Promise<void>
}
