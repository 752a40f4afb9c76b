import { AUDIT_GENESIS, type AuditFact, auditHash } from '../../core/audit.ts'
import type { SqlQueryable } from '../../ports/sql.ts'
import { type AuditRow, jsonOrNull, textOrNull, toAuditEntry } from './rows.ts'

const verifyBatch = 500

interface Head {
  readonly seq: number
  readonly hash: string
}

/**
 * Appends facts to the chain. The head's row is locked until the transaction ends, so that two
 * entries can never follow the same one; nothing else may be waited for after it.
 */
export async function appendToChain(tx: SqlQueryable, facts: readonly AuditFact[]): Promise<void> {
  if (facts.length === 0) return
  let head = await lockHead(tx)
  const rows = facts.map((given) => {
    const fact = storable(given)
    const previousHash = head.hash
    head = { seq: head.seq + 1, hash: auditHash(previousHash, fact) }
    return { ...fact, ...head, previousHash }
  })
  await tx.query(
    `insert into holdpoint.audit (seq, event, request_id, actor, details, at, previous_hash, hash)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::json[],
       $6::timestamptz[], $7::text[], $8::text[])`,
    [
      rows.map((row) => row.seq),
      rows.map((row) => row.event),
      rows.map((row) => row.requestId),
      rows.map((row) => row.actor),
      rows.map((row) => jsonOrNull(row.details)),
      rows.map((row) => row.at),
      rows.map((row) => row.previousHash),
      rows.map((row) => row.hash),
    ],
  )
  await tx.query('update holdpoint.audit_head set seq = $1, hash = $2', [head.seq, head.hash])
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

async function lockHead(tx: SqlQueryable): Promise<Head> {
  const found = await readHead(tx, 'for update')
  if (found !== undefined) return found
  await tx.query(
    'insert into holdpoint.audit_head (seq, hash) values (0, $1) on conflict do nothing',
    [AUDIT_GENESIS],
  )
  return (await readHead(tx, 'for update')) ?? { seq: 0, hash: AUDIT_GENESIS }
}

async function readHead(
  sql: SqlQueryable,
  lock: '' | 'for update' = '',
): Promise<Head | undefined> {
  const { rows } = await sql.query<Head>(`select seq, hash from holdpoint.audit_head ${lock}`)
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
