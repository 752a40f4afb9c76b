import { inject } from 'vitest'
import { openPostgres } from '../../src/adapters/postgres/pg-sql.ts'
import { openPglite } from '../../src/adapters/postgres/pglite-sql.ts'
import type { Sql } from '../../src/ports/sql.ts'
import { createDatabase } from './postgres.ts'

/** A kind of database that a suite runs on. */
export interface TestDatabase {
  readonly name: 'PGlite' | 'PostgreSQL'
  /** A new, empty database. Closing it removes it. */
  open(options?: { readonly poolSize?: number }): Promise<Sql>
}

/**
 * For `describe.each(databases())('… on $name', (database) => …)`. Open one per file and empty it
 * with `truncate` between tests: a PGlite takes half a second and 300 MB. PostgreSQL is missing
 * where none can be had; the run says so in its last lines.
 */
export function databases(): readonly TestDatabase[] {
  const url = inject('postgresUrl')
  return url === undefined ? [pglite()] : [pglite(), postgres(url)]
}

/** Address of the test run's PostgreSQL, for tests that need two connections, or `undefined`. */
export function postgresUrl(): string | undefined {
  return inject('postgresUrl')
}

/** Path of the tarball from which a PGlite starts in half a second. */
export function pgliteTemplate(): string {
  const path = inject('pgliteTemplate')
  if (path === undefined) throw new Error('global-setup found no file that needs a database')
  return path
}

/** Empties every table of Holdpoint and the jobs, and keeps what the migrations and pg-boss set up. */
export async function truncate(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where (schemaname = 'holdpoint' and tablename <> 'migrations')
       or (schemaname = 'holdpoint_jobs' and tablename = 'job_common')`)
  if (rows.length === 0) return
  await sql.query(`truncate ${rows.map((row) => row.name).join(', ')} restart identity cascade`)
}

function pglite(): TestDatabase {
  return {
    name: 'PGlite',
    open: () => openPglite({ dataDir: 'memory://', loadDataDir: pgliteTemplate() }),
  }
}

function postgres(url: string): TestDatabase {
  return {
    name: 'PostgreSQL',
    async open(options) {
      const database = await createDatabase(url)
      const sql = await openPostgres({ connectionString: database.url, ...options })
      return {
        dialect: sql.dialect,
        query: (text, values) => sql.query(text, values),
        transaction: (run) => sql.transaction(run),
        listen: (...listening) => sql.listen(...listening),
        async close() {
          await sql.close()
          await database.stop()
        },
      }
    },
  }
}
