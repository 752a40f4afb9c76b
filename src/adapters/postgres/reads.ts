import type { AuditEvent } from '../../core/audit.ts'
import type { Look } from '../../core/looking.ts'
import type { ApprovalRequest, Decision } from '../../core/request.ts'
import type { MessageRef } from '../../ports/channel.ts'
import type { SqlQueryable } from '../../ports/sql.ts'
import type {
  RequestFilter,
  RequestStanding,
  StoredAuditEntry,
  StoredDelivery,
  StoredImage,
  StoreReader,
} from '../../ports/store.ts'
import {
  type AuditRow,
  type DecisionJson,
  type DeliveryRow,
  type RequestRow,
  requestColumns,
  type StandingRow,
  standingColumns,
  toAuditEntry,
  toDecision,
  toDelivery,
  toRequest,
  toStanding,
} from './rows.ts'

const defaultLimit = 100

/** The reads, on the pool or inside a transaction. */
export class Reads implements StoreReader {
  readonly #sql: SqlQueryable

  constructor(sql: SqlQueryable) {
    this.#sql = sql
  }

  async read(requestId: string): Promise<ApprovalRequest | undefined> {
    const { rows } = await this.#sql.query<RequestRow>(
      `select ${requestColumns} from holdpoint.requests r where r.id = $1`,
      [requestId],
    )
    return rows[0] && toRequest(rows[0])
  }

  async standing(requestId: string): Promise<RequestStanding | undefined> {
    const { rows } = await this.#sql.query<StandingRow>(
      `select ${standingColumns} from holdpoint.requests where id = $1`,
      [requestId],
    )
    return rows[0] && toStanding(rows[0])
  }

  async list(filter: RequestFilter): Promise<readonly ApprovalRequest[]> {
    const { where, values } = conditions(filter)
    const { rows } = await this.#sql.query<RequestRow>(
      `select ${requestColumns} from holdpoint.requests r ${where}
       order by r.number desc limit $${values.length + 1}`,
      [...values, filter.limit ?? defaultLimit],
    )
    return rows.map(toRequest)
  }

  async count(filter: RequestFilter): Promise<number> {
    const { where, values } = conditions(filter)
    const { rows } = await this.#sql.query<{ count: number }>(
      `select count(*) as count from holdpoint.requests r ${where}`,
      values,
    )
    return rows[0]?.count ?? 0
  }

  async deliveries(requestId: string): Promise<readonly StoredDelivery[]> {
    const { rows } = await this.#sql.query<DeliveryRow>(
      'select * from holdpoint.deliveries where request_id = $1 order by channel',
      [requestId],
    )
    return rows.map(toDelivery)
  }

  async sessionRef(requestId: string, channel: string): Promise<MessageRef | undefined> {
    const { rows } = await this.#sql.query<{ id: string; ref: MessageRef }>(
      `select r.id, d.ref from holdpoint.requests own
       join holdpoint.requests r on r.session = own.session and r.agent = own.agent
       join holdpoint.deliveries d on d.request_id = r.id
       where own.id = $1 and d.channel = $2 and d.delivered_at is not null and d.ref is not null
       order by d.delivered_at, r.number limit 1`,
      [requestId, channel],
    )
    const [first] = rows
    return first === undefined || first.id === requestId ? undefined : first.ref
  }

  async looks(requestId: string): Promise<readonly Look[]> {
    const { rows } = await this.#sql.query<Look>(
      `select reviewer, since, last_at as "lastAt" from holdpoint.looks
       where request_id = $1 order by since, reviewer`,
      [requestId],
    )
    return rows
  }

  async images(requestId: string): Promise<readonly StoredImage[]> {
    const { rows } = await this.#sql.query<StoredImage>(
      `select role, sha256, media_type as "mediaType" from holdpoint.request_images
       where request_id = $1 order by role`,
      [requestId],
    )
    return rows
  }

  async imageBytes(sha256: string): Promise<Uint8Array | undefined> {
    const { rows } = await this.#sql.query<{ bytes: Uint8Array }>(
      'select bytes from holdpoint.images where sha256 = $1',
      [sha256],
    )
    return rows[0]?.bytes
  }

  async auditOf(requestId: string): Promise<readonly StoredAuditEntry[]> {
    const { rows } = await this.#sql.query<AuditRow>(
      'select * from holdpoint.audit where request_id = $1 order by seq',
      [requestId],
    )
    return rows.map(toAuditEntry)
  }

  async lastAuditAt(event: AuditEvent, actor: string): Promise<Date | undefined> {
    const { rows } = await this.#sql.query<{ at: Date }>(
      `select at from holdpoint.audit where actor = $1 and event = $2 order by seq desc limit 1`,
      [actor, event],
    )
    return rows[0]?.at
  }

  async decisionOf(dedupeKey: string): Promise<Decision | undefined> {
    const { rows } = await this.#sql.query<DecisionJson>(
      'select * from holdpoint.decisions where dedupe_key = $1',
      [dedupeKey],
    )
    return rows[0] && toDecision(rows[0])
  }

  async followerOf(requestId: string): Promise<string | undefined> {
    const { rows } = await this.#sql.query<{ id: string }>(
      'select id from holdpoint.requests where follows = $1 order by number desc limit 1',
      [requestId],
    )
    return rows[0]?.id
  }
}

function conditions(filter: RequestFilter): { where: string; values: readonly unknown[] } {
  const given: ReadonlyArray<readonly [sql: string, value: unknown]> = [
    ['r.state = any(?)', filter.states],
    ['r.agent = ?', filter.agent],
    ['r.identity_digest = ?', filter.identityDigest],
    ['r.idempotency_key = ?', filter.idempotencyKey],
    ['r.opened_at > ?', filter.openedAfter],
    ['r.expires_at <= ?', filter.expiresBy],
    ['r.execution_state = any(?)', filter.executionStates],
  ]
  const used = given.filter(([, value]) => value !== undefined)
  if (used.length === 0) return { where: '', values: [] }
  return {
    where: `where ${used.map(([sql], index) => sql.replace('?', `$${index + 1}`)).join(' and ')}`,
    values: used.map(([, value]) => value),
  }
}
