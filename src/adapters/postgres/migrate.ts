import { createHash } from 'node:crypto'
import { HoldpointError } from '../../core/errors.ts'
import type { Sql, SqlQueryable } from '../../ports/sql.ts'

/** Any number that nobody else locks; the same in every version, so that old and new wait for each other. */
const migrationLock = 7_163_400_121

/** One step of the schema. Never edited after a release: a database that has it would differ from one that gets it. */
export interface Migration {
  /** 1, 2, 3 … without gaps. */
  readonly id: number
  readonly name: string
  /** One or more statements, without `begin` and `commit`. */
  readonly sql: string
}

interface Applied {
  readonly id: number
  readonly name: string
  readonly checksum: string
}

/**
 * Brings the database up to the code's schema and returns the names of the steps it applied. Each
 * step is one transaction. Processes that start at once wait for each other. Throws
 * `HP_ERR_STORE_MISMATCH`, and changes nothing, if the database is newer than the code or was built
 * from other steps.
 */
export async function migrate(
  sql: Sql,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  checkNumbers(migrations)
  const names: string[] = []
  for (;;) {
    const migration = await sql.transaction((tx) => applyNext(tx, migrations))
    if (!migration) return names
    names.push(migration.name)
  }
}

/** For a role that may not migrate: throws `HP_ERR_STORE_MISMATCH` unless the database has exactly the code's schema. */
export async function checkMigrated(
  sql: SqlQueryable,
  migrations: readonly Migration[],
): Promise<void> {
  const applied = (await hasTable(sql)) ? await readApplied(sql) : []
  checkHistory(applied, migrations)
  const missing = migrations[applied.length]
  if (missing) throw mismatch(`the database lacks ${label(missing)}; migrate it first`)
}

async function applyNext(
  tx: SqlQueryable,
  migrations: readonly Migration[],
): Promise<Migration | undefined> {
  // Also for the next lines: "if not exists" is no protection against two at the same time.
  await tx.query('select pg_advisory_xact_lock($1::bigint)', [migrationLock])
  // Asked first, as a role that owns the schema may still lack the right to create one.
  if (!(await hasTable(tx))) {
    await tx.query(`
      create schema if not exists holdpoint;
      create table holdpoint.migrations (
        id integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
  }
  const applied = await readApplied(tx)
  checkHistory(applied, migrations)
  const migration = migrations[applied.length]
  if (!migration) return undefined
  await tx.query(migration.sql)
  await tx.query('insert into holdpoint.migrations (id, name, checksum) values ($1, $2, $3)', [
    migration.id,
    migration.name,
    checksumOf(migration),
  ])
  return migration
}

async function hasTable(sql: SqlQueryable): Promise<boolean> {
  const { rows } = await sql.query<{ found: boolean }>(
    `select to_regclass('holdpoint.migrations') is not null as found`,
  )
  return rows[0]?.found === true
}

async function readApplied(sql: SqlQueryable): Promise<readonly Applied[]> {
  const { rows } = await sql.query<Applied>(
    'select id, name, checksum from holdpoint.migrations order by id',
  )
  return rows
}

function checkHistory(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [index, step] of applied.entries()) {
    const migration = migrations[index]
    if (!migration) {
      throw mismatch(`the database has ${label(step)}, which this version does not know`)
    }
    if (step.id !== migration.id || step.checksum !== checksumOf(migration)) {
      throw mismatch(`the database has another ${label(step)} than ${label(migration)}`)
    }
  }
}

function checkNumbers(migrations: readonly Migration[]): void {
  const wrong = migrations.find((migration, index) => migration.id !== index + 1)
  if (wrong) throw new Error(`migrations are numbered 1, 2, 3 …; found ${label(wrong)}`)
}

function label({ id, name }: { readonly id: number; readonly name: string }): string {
  return `migration ${String(id).padStart(4, '0')} (${name})`
}

function checksumOf({ sql }: Migration): string {
  // A check-out on Windows has other line ends, and the same meaning.
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
}

function mismatch(message: string): HoldpointError<'HP_ERR_STORE_MISMATCH'> {
  return new HoldpointError('HP_ERR_STORE_MISMATCH', message)
}
