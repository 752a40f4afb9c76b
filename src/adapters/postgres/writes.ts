import type { AuditFact } from '../../core/audit.ts'
import type { Look } from '../../core/looking.ts'
import type { ApprovalRequest, Decision } from '../../core/request.ts'
import type { SqlQueryable } from '../../ports/sql.ts'
import type { JobName, StoredDelivery, StoredImage, StoreTransaction } from '../../ports/store.ts'
import { appendToChain } from './audit-chain.ts'
import type { Boss } from './boss.ts'
import { Reads } from './reads.ts'
import { executionColumns, jsonOrNull, textOrNull } from './rows.ts'

/** Where `pg_notify` says which request to look at again. */
export const wakeChannel = 'holdpoint_wake'

/** The writes of one transaction. */
export class Writes extends Reads implements StoreTransaction {
  readonly #tx: SqlQueryable
  readonly #boss: Boss
  readonly #facts: AuditFact[] = []

  constructor(tx: SqlQueryable, boss: Boss) {
    super(tx)
    this.#tx = tx
    this.#boss = boss
  }

  /** To be called last: writes what `appendAudit` took down. */
  async finish(): Promise<void> {
    await appendToChain(this.#tx, this.#facts)
  }

  async lock(requestId: string): Promise<ApprovalRequest | undefined> {
    const { rows } = await this.#tx.query(
      'select 1 from holdpoint.requests where id = $1 for update',
      [requestId],
    )
    // Read by a second statement: the one that waited for the lock still sees the decisions as they
    // were before the wait, and two approvals at once would each count alone.
    return rows.length === 0 ? undefined : this.read(requestId)
  }

  async lockAgent(agent: string): Promise<void> {
    await this.#tx.query(`select pg_advisory_xact_lock(hashtextextended('holdpoint:' || $1, 0))`, [
      agent,
    ])
  }

  async insertRequest(
    request: Omit<ApprovalRequest, 'id' | 'state' | 'decisions' | 'execution'>,
  ): Promise<string> {
    const columns: Record<string, unknown> = {
      agent: request.agent,
      session: request.session,
      on_behalf_of: request.onBehalfOf,
      task: textOrNull(request.task),
      kind: request.kind,
      risk: request.risk,
      title: textOrNull(request.title),
      identity: jsonOrNull(request.identity),
      identity_digest: request.identityDigest,
      terms: jsonOrNull(request.terms),
      terms_digest: request.termsDigest,
      evidence: jsonOrNull(request.evidence),
      evidence_digest: request.evidenceDigest,
      findings: jsonOrNull(request.findings),
      says: textOrNull(request.says),
      confidence: request.confidence,
      follows: request.follows?.requestId,
      follows_changed: jsonOrNull(request.follows?.changed),
      idempotency_key: request.idempotencyKey,
      warnings: jsonOrNull(request.warnings),
      policy: jsonOrNull(request.policy),
      policy_digest: request.policyDigest,
      opened_at: request.openedAt,
      expires_at: request.expiresAt,
    }
    const names = Object.keys(columns)
    const { rows } = await this.#tx.query<{ id: string }>(
      `insert into holdpoint.requests (${names.join(', ')})
       values (${names.map((_, index) => `$${index + 1}`).join(', ')}) returning id`,
      Object.values(columns),
    )
    const id = rows[0]?.id
    if (id === undefined) throw new Error('the request got no number')
    return id
  }

  async updateRequest(
    requestId: string,
    change: Parameters<StoreTransaction['updateRequest']>[1],
  ): Promise<void> {
    const { execution } = change
    const columns: Record<string, unknown> = {
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.closedAt === undefined ? {} : { closed_at: change.closedAt }),
      ...(change.closedReason === undefined
        ? {}
        : { closed_reason: textOrNull(change.closedReason) }),
      ...(change.verdict === undefined ? {} : { verdict: change.verdict }),
      ...(execution === undefined ? {} : executionColumns(execution)),
    }
    const names = Object.keys(columns)
    if (names.length === 0) return
    await this.#tx.query(
      `update holdpoint.requests set ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')}
       where id = $1`,
      [requestId, ...Object.values(columns)],
    )
  }

  async insertDecision(decision: Decision, dedupeKey: string): Promise<boolean> {
    const { rowCount } = await this.#tx.query(
      `insert into holdpoint.decisions (request_id, reviewer, answer, reason, channel, terms_digest,
         evidence_digest, edited_values, decided_at, dedupe_key)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (dedupe_key) do nothing`,
      [
        decision.requestId,
        decision.reviewer,
        decision.answer,
        textOrNull(decision.reason),
        decision.channel,
        decision.termsDigest,
        decision.evidenceDigest,
        jsonOrNull(decision.values),
        decision.decidedAt,
        dedupeKey,
      ],
    )
    return rowCount === 1
  }

  async attachImage(requestId: string, image: StoredImage): Promise<void> {
    await this.#tx.query(
      `insert into holdpoint.request_images (request_id, role, sha256, media_type)
       values ($1, $2, $3, $4)
       on conflict (request_id, role) do nothing`,
      [requestId, image.role, image.sha256, image.mediaType],
    )
  }

  async saveDelivery(delivery: StoredDelivery): Promise<void> {
    await this.#tx.query(
      `insert into holdpoint.deliveries (request_id, channel, ref, attempted_at, attempts, shown,
         last_error, delivered_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (request_id, channel) do update set ref = excluded.ref,
         attempted_at = excluded.attempted_at, attempts = excluded.attempts,
         shown = excluded.shown, last_error = excluded.last_error,
         delivered_at = excluded.delivered_at, updated_at = excluded.updated_at`,
      [
        delivery.requestId,
        delivery.channel,
        jsonOrNull(delivery.ref),
        delivery.attemptedAt,
        delivery.attempts,
        textOrNull(delivery.shown),
        textOrNull(delivery.lastError),
        delivery.deliveredAt,
        delivery.updatedAt,
      ],
    )
  }

  async saveLook(requestId: string, { reviewer, since, lastAt }: Look): Promise<void> {
    await this.#tx.query(
      `insert into holdpoint.looks (request_id, reviewer, since, last_at) values ($1, $2, $3, $4)
       on conflict (request_id, reviewer) do update
       set since = excluded.since, last_at = excluded.last_at`,
      [requestId, reviewer, since, lastAt],
    )
  }

  async appendAudit(fact: AuditFact): Promise<void> {
    this.#facts.push(fact)
  }

  async enqueue(job: JobName, requestId: string, startAfter?: Date): Promise<void> {
    // One waiting job per key. A job for later has another key, or it would swallow the one for now.
    const singletonKey =
      startAfter === undefined
        ? requestId
        : `${requestId} ${Math.ceil(startAfter.getTime() / 1_000)}`
    await this.#boss.send(
      job,
      { requestId },
      { tx: this.#tx, singletonKey, ...(startAfter === undefined ? {} : { startAfter }) },
    )
  }

  async wake(requestId: string): Promise<void> {
    await this.#tx.query('select pg_notify($1, $2)', [wakeChannel, requestId])
  }
}
