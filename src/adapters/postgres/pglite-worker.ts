import { mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, type PGliteOptions, types } from '@electric-sql/pglite'
import type { FromWorker, PlainError, ToWorker, WorkerOptions } from './pglite-protocol.ts'

const errorFields = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'routine',
] as const

const asText = (value: string) => value

const pgliteOptions: PGliteOptions = {
  parsers: {
    [types.INT8]: Number,
    [types.DATE]: asText,
    [types.TIMESTAMP]: asText,
  },
  serializers: {
    // Bytes in an array have become text by now.
    [types.BYTEA]: (value: string | Uint8Array) =>
      typeof value === 'string' ? value : `\\x${Buffer.from(value).toString('hex')}`,
  },
}

const port = parentPort
if (!port) throw new Error('this file runs as a worker of pglite-sql')

function say(message: FromWorker): void {
  port?.postMessage(message)
}

/**
 * Opens the folder, making it first if need be. A new one is made under another name and renamed
 * when complete: a start that was killed half-way (it takes seconds) must not leave a folder that
 * looks like a database and is none.
 */
async function open(options: WorkerOptions): Promise<PGlite> {
  const template = options.loadDataDir
    ? new File([await readFile(options.loadDataDir)], basename(options.loadDataDir))
    : undefined
  const fresh = template ? { ...pgliteOptions, loadDataDir: template } : pgliteOptions
  if (options.dataDir === 'memory://') return PGlite.create(options.dataDir, fresh)

  const { dataDir } = options
  await mkdir(dirname(dataDir), { recursive: true })
  await removeLeftovers(dataDir)
  const names = await namesIn(dataDir)
  if (names.length === 0) {
    say({ kind: 'initialising' })
    const draft = `${dataDir}.new-${process.pid}-${Date.now()}`
    try {
      const db = await PGlite.create(draft, fresh)
      await db.close()
      await rmdir(dataDir).catch(() => {})
      await rename(draft, dataDir)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  } else if (!names.includes('PG_VERSION')) {
    // PGlite would make a database between somebody else's files.
    throw new Error(`${dataDir} is not empty and holds no database`)
  }
  return PGlite.create(dataDir, pgliteOptions)
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

// Only the owner of the folder's lock comes here, so nobody is still working on these.
async function removeLeftovers(dataDir: string): Promise<void> {
  const parent = dirname(dataDir)
  const prefix = `${basename(dataDir)}.new-`
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true })
  }
}

type Query = Extract<ToWorker, { kind: 'query' }>

async function answer(db: PGlite, query: Query): Promise<void> {
  const { id, text, values } = query
  try {
    // `query` takes one statement, `exec` several, which `pg` tells apart by the values too.
    const results = values.length > 0 ? [await db.query(text, [...values])] : await db.exec(text)
    if (await endStrayTransaction(db, query)) {
      throw new Error('the statement left a transaction open; it was rolled back')
    }
    const rows = results.flatMap((result) => result.rows)
    const count = results.reduce((sum, result) => sum + (result.rowCount ?? 0), 0)
    say({ kind: 'rows', id, rows, count })
  } catch (error) {
    // The WASM machine itself broke; whatever it would answer from now on means nothing.
    if (error instanceof WebAssembly.RuntimeError) throw error
    await endStrayTransaction(db, query).catch(() => {})
    say({ kind: 'error', id, error: toPlain(error) })
  }
}

// A pool hands out a fresh connection after `begin; broken; commit`. Here there is only this one, and
// every later statement would fail with "current transaction is aborted".
async function endStrayTransaction(db: PGlite, query: Query): Promise<boolean> {
  if (query.inTransaction || !db.isInTransaction()) return false
  await db.exec('rollback')
  return true
}

function toPlain(error: unknown): PlainError {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined, fields: {} }
  const entries = Object.entries(error).filter(
    (entry): entry is [string, string] =>
      errorFields.some((field) => field === entry[0]) && typeof entry[1] === 'string',
  )
  return { message: error.message, stack: error.stack, fields: Object.fromEntries(entries) }
}

try {
  const db = await open(workerData as WorkerOptions)
  db.onNotification((channel, payload) => say({ kind: 'notification', channel, payload }))
  // One after the other in the order of arrival, whatever order PGlite's own locks would choose.
  let last: Promise<void> = Promise.resolve()
  port.on('message', (message: ToWorker) => {
    last = last.then(async () => {
      if (message.kind === 'query') return answer(db, message)
      await db.close().catch(() => {})
      process.exit(0)
    })
  })
  say({ kind: 'ready' })
} catch (error) {
  say({ kind: 'failed', error: toPlain(error) })
}
