import type { ApprovalRequest } from '../../core/request.ts'
import type { SqlQueryable } from '../../ports/sql.ts'
import type { EndedState } from '../../ports/store.ts'
import { type RequestRow, requestColumns, toRequest } from './rows.ts'

/** What `Store.untold` gives. */
export async function readUntold(
  sql: SqlQueryable,
  { except, limit }: { readonly except: readonly string[]; readonly limit: number },
): Promise<readonly ApprovalRequest[]> {
  const { rows } = await sql.query<RequestRow>(
    `select ${requestColumns} from holdpoint.requests r
     where r.state <> 'pending' and r.told is distinct from r.state and r.id <> all($1)
     order by r.closed_at, r.number limit $2`,
    [except, limit],
  )
  return rows.map(toRequest)
}

/** What `Store.markTold` does. */
export async function writeTold(
  sql: SqlQueryable,
  requestId: string,
  state: EndedState,
): Promise<void> {
  await sql.query('update holdpoint.requests set told = $2 where id = $1', [requestId, state])
}
