import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import pg from 'pg'
import { type ServerOptions, startServer } from './postgres-server.ts'

const startTimeoutMs = 30_000

/** A PostgreSQL for one test run. */
export interface TestPostgres {
  /** Of an administrator, on a database of our own. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * A fresh database in `TEST_DATABASE_URL`, or a server of our own from the PostgreSQL that is
 * installed: on a free port of the loopback address, behind a random password, without fsync unless
 * `durable`. Says why not where there is none.
 */
export async function startTestPostgres(
  options: ServerOptions = {},
): Promise<TestPostgres | { readonly unavailable: string }> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return createDatabase(given)
  const bin = findPostgres()
  if (!bin) {
    return {
      unavailable: 'no initdb found; install PostgreSQL or set TEST_DATABASE_URL',
    }
  }
  try {
    const server = await startServer(bin, options)
    await untilAnswering(server.url).catch(async (error) => {
      await server.stop()
      throw error
    })
    return server
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) }
  }
}

/** A new database on the server of `url`. `stop` drops it, whoever is still connected. */
export async function createDatabase(url: string): Promise<TestPostgres> {
  const name = `holdpoint_${randomBytes(6).toString('hex')}`
  await administer(url, `create database ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  return {
    url: own.href,
    stop: () => administer(url, `drop database if exists ${name} with (force)`),
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function findPostgres(): string | undefined {
  const inPath = (process.env.PATH ?? '').split(delimiter)
  return [...inPath, ...pgConfigFolder(), ...debianFolders()].find(
    (folder) =>
      folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}

function pgConfigFolder(): readonly string[] {
  try {
    return [
      execFileSync('pg_config', ['--bindir'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim(),
    ]
  } catch {
    return []
  }
}

function debianFolders(): readonly string[] {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(root, version, 'bin'))
}

async function untilAnswering(url: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs
  for (;;) {
    try {
      return await administer(url, 'select 1')
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
