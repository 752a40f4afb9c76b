import { afterAll, beforeAll, beforeEach } from 'vitest'
import { openStore } from '../../src/adapters/postgres/store.ts'
import { silentLogger } from '../../src/ports/log.ts'
import type { Sql } from '../../src/ports/sql.ts'
import type { Store } from '../../src/ports/store.ts'
import { databases, truncate } from './databases.ts'

/** What `useStore` gives; to be read inside tests. */
export interface StoreInUse {
  readonly store: Store
  readonly sql: Sql
  /** Waiting jobs as `deliver HP-1`, sorted; those for later end in `later`. */
  jobs(): Promise<readonly string[]>
}

/**
 * One store for the file, emptied before every test. On PostgreSQL, where several connections are at
 * work at once, if it can be had, else on PGlite; `test/contracts/store.test.ts` runs on both.
 */
export function useStore(): StoreInUse {
  let sql: Sql | undefined
  let store: Store | undefined
  beforeAll(async () => {
    sql = await databases().at(-1)?.open()
    store = sql && (await openStore(sql, { logger: silentLogger, pollSeconds: 1 }))
  })
  beforeEach(() => truncate(given(sql)))
  afterAll(async () => {
    await store?.close()
    await sql?.close()
  })
  return {
    get store() {
      return given(store)
    },
    get sql() {
      return given(sql)
    },
    async jobs() {
      const { rows } = await given(sql).query<{ job: string }>(
        `select name || ' ' || (data->>'requestId')
           || case when start_after > now() + interval '1 second' then ' later' else '' end as job
         from holdpoint_jobs.job where state = 'created'`,
      )
      return rows.map(({ job }) => job).toSorted()
    },
  }
}

/** A store that can lose what a transaction wrote, at its very end, for as long as it is broken. */
export function breakable(store: Store): { readonly store: Store; isBroken: boolean } {
  const transaction: Store['transaction'] = (run) =>
    store.transaction(async (tx) => {
      const result = await run(tx)
      if (self.isBroken) throw new Error('the connection was lost')
      return result
    })
  const self = {
    isBroken: false,
    store: new Proxy(store, {
      get(target, key) {
        if (key === 'transaction') return transaction
        const value = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
  }
  return self
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the store is there inside tests only')
  return value
}
