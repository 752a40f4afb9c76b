import { afterAll, beforeAll, beforeEach } from 'vitest'
import { identityDigest } from '../../src/core/action.ts'
import type { AuditFact } from '../../src/core/audit.ts'
import { evidenceDigest } from '../../src/core/evidence.ts'
import { defaultPolicy, policyDigest } from '../../src/core/policy.ts'
import type { ApprovalRequest, Decision, RequestDraft } from '../../src/core/request.ts'
import { termsDigest } from '../../src/core/terms.ts'
import type { Sql } from '../../src/ports/sql.ts'
import type { Store } from '../../src/ports/store.ts'
import { truncate } from '../support/databases.ts'
import { draft } from '../support/desk.ts'

/** When everything here begins. */
export const openedAt = new Date('2026-11-21T11:45:00.000Z')
/** So many minutes later. */
export const at = (minutes: number): Date => new Date(openedAt.getTime() + minutes * 60_000)

/** What the store is given to insert. */
export type NewRequest = Omit<ApprovalRequest, 'id' | 'state' | 'decisions' | 'execution'>

/** A request as the desk would insert it. */
export function newRequest(change: Partial<NewRequest> = {}): NewRequest {
  const asked: RequestDraft = draft(change)
  return {
    ...asked,
    identityDigest: identityDigest(asked.identity),
    termsDigest: termsDigest(asked.terms),
    evidenceDigest: evidenceDigest(asked.evidence),
    policy: defaultPolicy,
    policyDigest: policyDigest(defaultPolicy),
    openedAt,
    expiresAt: at(15),
    ...change,
  }
}

/** Grace's approval, a minute later. */
export function decision(requestId: string, change: Partial<Decision> = {}): Decision {
  return {
    requestId,
    reviewer: 'grace',
    answer: 'approve',
    channel: 'page',
    termsDigest: 'a'.repeat(64),
    evidenceDigest: 'b'.repeat(64),
    decidedAt: at(1),
    ...change,
  }
}

/** An audit fact. */
export function fact(change: Partial<AuditFact> = {}): AuditFact {
  return { event: 'request.opened', actor: 'agent:shopper', details: {}, at: openedAt, ...change }
}

/** How a suite gets its store. */
export type OpenStore = () => Promise<{
  readonly store: Store
  readonly sql: Sql
  /** Another store on the same database. */
  reopen(): Promise<Store>
}>

/** A store that is open while the tests of the calling `describe` run, emptied before each. */
export interface OpenedStore {
  readonly store: Store
  readonly sql: Sql
  reopen(): Promise<Store>
  /** Inserts a request and gives its number. */
  insert(change?: Partial<NewRequest>): Promise<string>
}

/** Registers the opening and closing. */
export function useOpened(open: OpenStore): OpenedStore {
  let opened: Awaited<ReturnType<OpenStore>> | undefined
  const get = (): Awaited<ReturnType<OpenStore>> => {
    if (opened === undefined) throw new Error('the store is there inside tests only')
    return opened
  }
  beforeAll(async () => {
    opened = await open()
  })
  beforeEach(() => truncate(get().sql))
  afterAll(async () => {
    await opened?.store.close()
    await opened?.sql.close()
  })
  return {
    get store() {
      return get().store
    },
    get sql() {
      return get().sql
    },
    reopen: () => get().reopen(),
    insert: (change = {}) => get().store.transaction((tx) => tx.insertRequest(newRequest(change))),
  }
}
