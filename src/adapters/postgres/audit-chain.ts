import { AUDIT_GENESIS, type AuditFact, auditHash, auditText } from '../../core/audit.ts'
import type { SqlQueryable } from '../../ports/sql.ts'
import { type AuditRow, jsonOrNull, textOrNull, toAuditEntry } from './rows.ts'

const verifyBatch = 500

interface Head {
  readonly seq: number
  readonly hash: string
}

/**
 * Appends facts to the chain, in one statement: the head's row is locked, the hashes are computed in the
 * database, and the lock is held until the transaction ends, so that two entries can never follow the same
 * one. Nothing else may be waited for after it.
 */
export async function appendToChain(tx: SqlQueryable, facts: readonly AuditFact[]): Promise<void> {
  if (facts.length === 0) return
  const values = new Values()
  const text = `with ${appended(facts, values)} select seq from written`
  const { rows } = await tx.query(text, values.all)
  if (rows.length === facts.length) return
  // The first entry of all: there is no head yet, and nothing was written.
  await tx.query(
    'insert into holdpoint.audit_head (seq, hash) values (0, $1) on conflict do nothing',
    [AUDIT_GENESIS],
  )
  const again = await tx.query(text, values.all)
  if (again.rows.length !== facts.length) throw new Error('the audit chain could not be continued')
}

/** Collects a statement's values; gives each its placeholder. */
export class Values {
  readonly all: unknown[] = []

  add(value: unknown): string {
    return `$${this.all.push(value)}`
  }
}

/**
 * Common table expressions that append facts; `written` are the entries. `when` is a condition without
 * which nothing is appended. Each entry follows the one before: `e0` is the head.
 */
export function appended(facts: readonly AuditFact[], values: Values, when = 'true'): string {
  const entries = facts.map((given, index) => {
    const fact = storable(given)
    const [before, after] = auditText(fact)
    return `e${index + 1} as (
      select seq + 1 as seq, hash as previous_hash, encode(sha256(convert_to(
          ${values.add(before)}::text || hash || ${values.add(after)}::text, 'UTF8')), 'hex') as hash,
        ${values.add(fact.event)}::text as event, ${values.add(fact.requestId)}::text as request_id,
        ${values.add(fact.actor)}::text as actor, ${values.add(jsonOrNull(fact.details))}::json as details,
        ${values.add(fact.at)}::timestamptz as at
      from e${index})`
  })
  const columns = 'seq, event, request_id, actor, details, at, previous_hash, hash'
  const all = facts.map((_, index) => `select ${columns} from e${index + 1}`)
  return `e0 as materialized (select seq, hash from holdpoint.audit_head where ${when} for update),
    ${entries.join(',\n')},
    moved as (update holdpoint.audit_head h set seq = e.seq, hash = e.hash from e${facts.length} e),
    written as (insert into holdpoint.audit (${columns}) ${all.join(' union all ')} returning seq)`
}

/** What `verifyChain` found. */
export interface ChainCheck {
  readonly entries: number
  /** Hash of the last entry: kept elsewhere, it shows later that the end was cut off. */
  readonly head: string
  /** The first entry that does not follow from the one before. */
  readonly brokenAt?: number
}

/** Computes the whole chain again. An entry that was changed, removed or put in breaks it. */
export async function verifyChain(sql: SqlQueryable): Promise<ChainCheck> {
  let head: Head = { seq: 0, hash: AUDIT_GENESIS }
  for (;;) {
    const { rows } = await sql.query<AuditRow>(
      'select * from holdpoint.audit where seq > $1 order by seq limit $2',
      [head.seq, verifyBatch],
    )
    for (const row of rows) {
      const entry = toAuditEntry(row)
      const follows =
        entry.seq === head.seq + 1 &&
        entry.previousHash === head.hash &&
        entry.hash === auditHash(head.hash, entry)
      if (!follows) return { entries: head.seq, head: head.hash, brokenAt: entry.seq }
      head = { seq: entry.seq, hash: entry.hash }
    }
    if (rows.length === verifyBatch) continue
    const stored = (await readHead(sql)) ?? { seq: 0, hash: AUDIT_GENESIS }
    // Entries may have been appended since they were read; they stand there then.
    const ends =
      stored.seq > head.seq
        ? await hasEntry(sql, head.seq + 1)
        : stored.seq === head.seq && stored.hash === head.hash
    return {
      entries: head.seq,
      head: head.hash,
      ...(ends ? {} : { brokenAt: head.seq + 1 }),
    }
  }
}

async function readHead(sql: SqlQueryable): Promise<Head | undefined> {
  const { rows } = await sql.query<Head>('select seq, hash from holdpoint.audit_head')
  return rows[0]
}

async function hasEntry(sql: SqlQueryable, seq: number): Promise<boolean> {
  const { rows } = await sql.query('select 1 from holdpoint.audit where seq = $1', [seq])
  return rows.length > 0
}

// Hashed as it will be read back, or the chain would look broken.
function storable(fact: AuditFact): AuditFact {
  return {
    event: fact.event,
    ...(fact.requestId === undefined ? {} : { requestId: textOrNull(fact.requestId) ?? '' }),
    actor: textOrNull(fact.actor) ?? '',
    details: fact.details,
    at: fact.at,
  }
}
