import type { AuditEvent, AuditFact } from '../core/audit.ts'
import type { Execution, ExecutionState } from '../core/claim.ts'
import type { Look } from '../core/looking.ts'
import type { ApprovalRequest, Decision, RequestState } from '../core/request.ts'
import type { DeliveryState, MessageRef } from './channel.ts'

/** A job says "look again at this request" and nothing else. */
export type JobName = 'deliver' | 'expire'

export interface StoredDelivery extends DeliveryState {
  readonly requestId: string
  readonly channel: string
  /** Grows with every attempt; a save by an earlier attempt must not overwrite a later one. */
  readonly attempts: number
  /** What the message last shown was made from, so that it is not shown twice. */
  readonly shown?: string
  /** Why the last attempt failed; missing while one is under way. */
  readonly lastError?: string
  readonly deliveredAt?: Date
  readonly updatedAt: Date
}

export interface StoredAuditEntry extends AuditFact {
  readonly seq: number
  readonly hash: string
  readonly previousHash: string
}

/** Picture bytes by role for one request. */
export interface StoredImage {
  readonly role: 'full' | 'crop' | 'after'
  readonly sha256: string
  readonly mediaType: string
}

export interface RequestFilter {
  readonly states?: readonly RequestState[]
  readonly agent?: string
  readonly identityDigest?: string
  readonly idempotencyKey?: string
  readonly openedAfter?: Date
  /** Its deadline is then or earlier. */
  readonly expiresBy?: Date
  readonly executionStates?: readonly ExecutionState[]
  /** Default 100. */
  readonly limit?: number
}

/** Every state but `pending`. */
export type EndedState = Exclude<RequestState, 'pending'>

/** How far a request has come; without what was asked, which may be large. */
export type RequestStanding = Pick<
  ApprovalRequest,
  | 'id'
  | 'agent'
  | 'state'
  | 'policy'
  | 'expiresAt'
  | 'closedAt'
  | 'closedReason'
  | 'verdict'
  | 'execution'
>

/** Reads, each a snapshot of its own. */
export interface StoreReader {
  /** `undefined` for a number that was never given. */
  read(requestId: string): Promise<ApprovalRequest | undefined>
  standing(requestId: string): Promise<RequestStanding | undefined>
  /** Newest first. */
  list(filter: RequestFilter): Promise<readonly ApprovalRequest[]>
  /** How many fit, whatever the limit; cheaper than `list`, as no evidence is read. */
  count(filter: RequestFilter): Promise<number>
  deliveries(requestId: string): Promise<readonly StoredDelivery[]>
  /**
   * Where the first message of the request's session stands in this channel: of what the same agent asked
   * in the same session, the one delivered first. `undefined` if that is this request's own, or there is none.
   */
  sessionRef(requestId: string, channel: string): Promise<MessageRef | undefined>
  /** Each reviewer's look at the request, however long ago. */
  looks(requestId: string): Promise<readonly Look[]>
  images(requestId: string): Promise<readonly StoredImage[]>
  imageBytes(sha256: string): Promise<Uint8Array | undefined>
  auditOf(requestId: string): Promise<readonly StoredAuditEntry[]>
  /** When `actor` last did this, if ever. */
  lastAuditAt(event: AuditEvent, actor: string): Promise<Date | undefined>
  /** The decision that a click with this key made, on whatever request. */
  decisionOf(dedupeKey: string): Promise<Decision | undefined>
  /** The request that follows this one after a drift, if any. */
  followerOf(requestId: string): Promise<string | undefined>
}

/** What one transaction may do. Everything commits together or not at all. */
export interface StoreTransaction extends StoreReader {
  /** Reads and locks the row until the end of the transaction; nobody else decides or claims meanwhile. */
  lock(requestId: string): Promise<ApprovalRequest | undefined>
  /** Serialises openings of one agent, so that limits and joins are not raced. */
  lockAgent(agent: string): Promise<void>
  /** Gives the number and saves the request as `pending`. */
  insertRequest(
    request: Omit<ApprovalRequest, 'id' | 'state' | 'decisions' | 'execution'>,
  ): Promise<string>
  /** Only these parts of a request ever change. */
  updateRequest(
    requestId: string,
    change: {
      readonly state?: RequestState
      readonly closedAt?: Date
      readonly closedReason?: string
      readonly verdict?: string
      readonly execution?: Execution
    },
  ): Promise<void>
  /** False when the dedupe key was seen before: the same click again. */
  insertDecision(decision: Decision, dedupeKey: string): Promise<boolean>
  attachImage(requestId: string, image: StoredImage): Promise<void>
  saveDelivery(delivery: StoredDelivery): Promise<void>
  /** Over the reviewer's earlier look, if any. */
  saveLook(requestId: string, look: Look): Promise<void>
  /** Written at the end of the transaction, in the order of the calls: the chain's lock is held shortly. */
  appendAudit(fact: AuditFact): Promise<void>
  /** Joins the transaction: without commit there is no job. */
  enqueue(job: JobName, requestId: string, startAfter?: Date): Promise<void>
  /** Wakes every waiter of the request, in any process, when the transaction commits. */
  wake(requestId: string): Promise<void>
}

/**
 * Where requests live. The store is the truth; a queue job only says "look again". Implemented on
 * `Sql` and pg-boss by `adapters/postgres/store.ts`; every dialect passes `test/contracts/store.ts`.
 */
export interface Store extends StoreReader {
  transaction<T>(run: (tx: StoreTransaction) => Promise<T>): Promise<T>
  /**
   * Changes the execution of an approved request and writes the fact, as a transaction of its own in one
   * trip: if it is still approved, with this very execution. False otherwise; then nothing was written.
   */
  swapExecution(
    requestId: string,
    change: { readonly from: Execution; readonly to: Execution },
    fact: AuditFact,
  ): Promise<boolean>
  /** Stored under their SHA-256, before the request that refers to them. Idempotent. */
  putImage(bytes: Uint8Array, mediaType: string): Promise<string>
  /**
   * `onWake` runs for every wake of the request, with every reconnect, and when a slow sweep finds that
   * it is no longer pending: look again. Resolves once listening, so subscribe first and read second.
   */
  onWake(requestId: string, onWake: () => void): Promise<{ close(): void }>
  /** The same for whoever waits for no request in particular: every wake, reconnect and sweep. */
  onAnyWake(onWake: () => void): Promise<{ close(): void }>
  /** Requests whose ending nobody was told of, the earliest first; one that ends in another way is untold again. */
  untold(options: {
    readonly except: readonly string[]
    readonly limit: number
  }): Promise<readonly ApprovalRequest[]>
  /** Remembers that the request was told as having ended in `state`. */
  markTold(requestId: string, state: EndedState): Promise<void>
  /** Runs jobs until the store is closed. A handler that throws is retried with backoff. */
  work(job: JobName, handler: (requestId: string) => Promise<void>): Promise<void>
  close(): Promise<void>
}
