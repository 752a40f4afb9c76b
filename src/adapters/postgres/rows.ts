import type { Execution } from '../../core/claim.ts'
import type { ApprovalRequest, Decision } from '../../core/request.ts'
import type { RequestStanding, StoredAuditEntry, StoredDelivery } from '../../ports/store.ts'

/** A row of `holdpoint.requests` with its decisions, as `requestColumns` selects it. */
export interface RequestRow {
  readonly id: string
  readonly state: ApprovalRequest['state']
  readonly agent: string
  readonly session: string
  readonly on_behalf_of: string | null
  readonly task: string | null
  readonly kind: ApprovalRequest['kind']
  readonly risk: ApprovalRequest['risk']
  readonly title: string
  readonly identity: ApprovalRequest['identity']
  readonly identity_digest: string
  readonly terms: ApprovalRequest['terms']
  readonly terms_digest: string
  readonly evidence: ApprovalRequest['evidence']
  readonly evidence_digest: string
  readonly findings: ApprovalRequest['findings']
  readonly says: string | null
  readonly confidence: number | null
  readonly follows: string | null
  readonly follows_changed: NonNullable<ApprovalRequest['follows']>['changed'] | null
  readonly idempotency_key: string | null
  readonly warnings: readonly string[] | null
  readonly policy: ApprovalRequest['policy']
  readonly policy_digest: string
  readonly opened_at: Date
  readonly expires_at: Date
  readonly closed_at: Date | null
  readonly closed_reason: string | null
  readonly verdict: string | null
  readonly execution_state: Execution['state']
  readonly execution_token: number
  readonly execution_owner: string | null
  readonly execution_lease_until: Date | null
  readonly execution_label: string | null
  readonly execution_status: number | null
  readonly decisions: readonly DecisionJson[]
}

/** A decision as `json_build_object` gives it; its time is text there. */
export interface DecisionJson {
  readonly request_id: string
  readonly reviewer: string
  readonly answer: Decision['answer']
  readonly reason: string | null
  readonly channel: string
  readonly terms_digest: string
  readonly evidence_digest: string
  readonly edited_values: Decision['values'] | null
  readonly decided_at: string | Date
}

const decisionJson = `json_build_object(
  'request_id', d.request_id, 'reviewer', d.reviewer, 'answer', d.answer, 'reason', d.reason,
  'channel', d.channel, 'terms_digest', d.terms_digest, 'evidence_digest', d.evidence_digest,
  'edited_values', d.edited_values, 'decided_at', d.decided_at)`

/** For `select ${requestColumns} from holdpoint.requests r`. One statement, so that row and decisions agree. */
export const requestColumns = `r.*, coalesce((
  select json_agg(${decisionJson} order by d.number)
  from holdpoint.decisions d where d.request_id = r.id), '[]') as decisions`

/** The columns that say how far a request has come. */
export type StandingRow = Pick<
  RequestRow,
  | 'id'
  | 'agent'
  | 'state'
  | 'policy'
  | 'expires_at'
  | 'closed_at'
  | 'closed_reason'
  | 'verdict'
  | `execution_${'state' | 'token' | 'owner' | 'lease_until' | 'label' | 'status'}`
>

/** For `select ${standingColumns} from holdpoint.requests`. */
export const standingColumns = `id, agent, state, policy, expires_at, closed_at, closed_reason, verdict,
  execution_state, execution_token, execution_owner, execution_lease_until, execution_label,
  execution_status`

/** What those columns give. */
export function toStanding(row: StandingRow): RequestStanding {
  return {
    id: row.id,
    agent: row.agent,
    state: row.state,
    policy: row.policy,
    expiresAt: row.expires_at,
    ...given('closedAt', row.closed_at),
    ...given('closedReason', row.closed_reason),
    ...given('verdict', row.verdict),
    execution: {
      state: row.execution_state,
      token: row.execution_token,
      ...given('owner', row.execution_owner),
      ...given('leaseUntil', row.execution_lease_until),
      ...given('label', row.execution_label),
      ...given('status', row.execution_status),
    },
  }
}

/** The execution as columns and their values. */
export function executionColumns(execution: Execution): Readonly<Record<string, unknown>> {
  return {
    execution_state: execution.state,
    execution_token: execution.token,
    execution_owner: textOrNull(execution.owner),
    execution_lease_until: execution.leaseUntil,
    execution_label: textOrNull(execution.label),
    execution_status: execution.status,
  }
}

/** The request as the core knows it. */
export function toRequest(row: RequestRow): ApprovalRequest {
  return {
    ...toStanding(row),
    session: row.session,
    ...given('onBehalfOf', row.on_behalf_of),
    ...given('task', row.task),
    kind: row.kind,
    risk: row.risk,
    title: row.title,
    identity: row.identity,
    identityDigest: row.identity_digest,
    terms: row.terms,
    termsDigest: row.terms_digest,
    evidence: row.evidence,
    evidenceDigest: row.evidence_digest,
    findings: row.findings,
    ...given('says', row.says),
    ...given('confidence', row.confidence),
    ...(row.follows === null
      ? {}
      : { follows: { requestId: row.follows, changed: row.follows_changed ?? [] } }),
    ...given('idempotencyKey', row.idempotency_key),
    ...given('warnings', row.warnings),
    policyDigest: row.policy_digest,
    openedAt: row.opened_at,
    decisions: row.decisions.map(toDecision),
  }
}

/** The decision as the core knows it. */
export function toDecision(row: DecisionJson): Decision {
  return {
    requestId: row.request_id,
    reviewer: row.reviewer,
    answer: row.answer,
    ...given('reason', row.reason),
    channel: row.channel,
    termsDigest: row.terms_digest,
    evidenceDigest: row.evidence_digest,
    ...given('values', row.edited_values),
    decidedAt: new Date(row.decided_at),
  }
}

/** A row of `holdpoint.deliveries`. */
export interface DeliveryRow {
  readonly request_id: string
  readonly channel: string
  readonly ref: StoredDelivery['ref'] | null
  readonly attempted_at: Date | null
  readonly attempts: number
  readonly shown: string | null
  readonly last_error: string | null
  readonly delivered_at: Date | null
  readonly updated_at: Date
}

/** The delivery as the port has it. */
export function toDelivery(row: DeliveryRow): StoredDelivery {
  return {
    requestId: row.request_id,
    channel: row.channel,
    ...given('ref', row.ref ?? null),
    ...given('attemptedAt', row.attempted_at),
    attempts: row.attempts,
    ...given('shown', row.shown),
    ...given('lastError', row.last_error),
    ...given('deliveredAt', row.delivered_at),
    updatedAt: row.updated_at,
  }
}

/** A row of `holdpoint.audit`. */
export interface AuditRow {
  readonly seq: number
  readonly event: StoredAuditEntry['event']
  readonly request_id: string | null
  readonly actor: string
  readonly details: StoredAuditEntry['details']
  readonly at: Date
  readonly previous_hash: string
  readonly hash: string
}

/** The entry as the port has it. */
export function toAuditEntry(row: AuditRow): StoredAuditEntry {
  return {
    seq: row.seq,
    event: row.event,
    ...given('requestId', row.request_id),
    actor: row.actor,
    details: row.details,
    at: row.at,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}

/** A text for a `text` column, or null. Postgres refuses a NUL; people would not see it either. */
export function textOrNull(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll('\0', '')
}

/** JSON text for a `json` column, or null. As text, since a list would be taken for a Postgres array. */
export function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | null,
): { readonly [N in Name]?: NonNullable<Value> } {
  return (value === null ? {} : { [name]: value }) as { readonly [N in Name]?: NonNullable<Value> }
}
