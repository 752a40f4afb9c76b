import { existsSync, rmSync, statSync } from 'node:fs'
import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findBrowser } from '../../adapters/playwright/find-browser.ts'
import { loadPlaywright } from '../../adapters/playwright/load-playwright.ts'
import { lockFolder, readOwner } from '../../adapters/postgres/folder-lock.ts'
import { silentLogger } from '../../ports/log.ts'
import type { CheckResult, SetupCheck } from '../../ports/setup-check.ts'
import { checkNode } from '../check-node.ts'
import { launchOptions } from '../launch-options.ts'

const LAUNCH_MS = 30_000
/** The store's clock and this process's are the same machine's; more than this means that one was set. */
const SKEW_MS = 2_000

/** What has nothing to do with channels: Node, the store with its keys, the clock, the browser. */
export function machineChecks(dataDir: string): readonly SetupCheck[] {
  return [
    { name: 'Node', run: async () => node() },
    { name: 'data folder', run: () => folder(dataDir) },
    { name: 'store and schema', run: () => store(dataDir) },
    { name: 'verdict key', run: () => verdictKey(dataDir) },
    { name: 'browser', run: () => browser() },
  ]
}

function node(): CheckResult {
  checkNode(process.versions.node)
  return { state: 'ok', detail: process.versions.node }
}

async function folder(dataDir: string): Promise<CheckResult> {
  const owner = readOwner(dataDir)
  if (owner !== undefined) {
    return { state: 'ok', detail: `${dataDir}, in use by process ${owner.pid} at ${owner.url}` }
  }
  const existed = existsSync(dataDir)
  const probe = join(dataDir, `probe-${process.pid}`)
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    await writeFile(probe, '')
  } catch (error) {
    return {
      state: 'failed',
      detail: `${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code})`,
      remedy: 'give this user the folder, or name another with --data-dir',
    }
  } finally {
    rmSync(probe, { force: true })
    // Only while it is empty: an agent may have started in it by now.
    if (!existed) await rmdir(dataDir).catch(() => undefined)
  }
  return { state: 'ok', detail: existed ? dataDir : `${dataDir}, made at the first start` }
}

async function store(dataDir: string): Promise<CheckResult> {
  if (!existsSync(join(dataDir, 'store'))) {
    return { state: 'ok', detail: 'none yet, made at the first start' }
  }
  const owner = readOwner(dataDir)
  if (owner !== undefined) return health(owner.url)
  const lock = lockFolder(dataDir)
  try {
    const [{ openPglite }, { checkMigrated }, { migrations }] = await Promise.all([
      import('../../adapters/postgres/pglite-sql.ts'),
      import('../../adapters/postgres/migrate.ts'),
      import('../../adapters/postgres/sql/index.ts'),
    ])
    const sql = await openPglite({ dataDir: join(dataDir, 'store'), logger: silentLogger })
    try {
      const { rows } = await sql.query<{ applied: number; now: Date }>(
        'select count(*) as applied, now() as now from holdpoint.migrations',
      )
      const { applied = 0, now = new Date(0) } = rows[0] ?? {}
      const skewMs = Math.abs(now.getTime() - Date.now())
      if (skewMs > SKEW_MS) {
        return {
          state: 'failed',
          detail: `its clock differs from this process's by ${Math.round(skewMs / 1_000)} s`,
          remedy: 'set the clock of this machine (NTP) and start again',
        }
      }
      if (applied < migrations.length) {
        const missing = migrations.slice(applied).map(({ name }) => name)
        return { state: 'note', detail: `the next start adds to its schema: ${missing.join(', ')}` }
      }
      await checkMigrated(sql, migrations)
      return { state: 'ok', detail: `schema ${applied} of ${migrations.length}` }
    } finally {
      await sql.close()
    }
  } finally {
    lock.release()
  }
}

/** The owner has the store open; its server says whether it answers. */
async function health(url: string): Promise<CheckResult> {
  const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) })
  if (response.ok) return { state: 'ok', detail: `answers at ${url}` }
  return {
    state: 'failed',
    detail: `the process that owns the folder answers ${response.status} at ${url}/healthz`,
    remedy: 'look at that process’s log; start it again',
  }
}

async function verdictKey(dataDir: string): Promise<CheckResult> {
  const file = join(dataDir, 'verdict-key.json')
  if (!existsSync(file)) return { state: 'ok', detail: 'none yet, made at the first start' }
  const { createSigner } = await import('../../adapters/signing/signer.ts')
  // Reads it, refuses one that others may read, and checks that it is a key.
  const signer = await createSigner({ keyFile: file })
  const made = statSync(file).mtime.toISOString().slice(0, 10)
  return {
    state: 'ok',
    detail: `${signer.kid.slice(0, 12)}…, of ${made}, readable by its owner only`,
  }
}

async function browser(): Promise<CheckResult> {
  const found = await findBrowser()
  const options = await launchOptions()
  const { chromium } = await loadPlaywright()
  try {
    const running = await chromium.launch({ ...options, timeout: LAUNCH_MS })
    const version = running.version()
    await running.close()
    const unsafe = options.args?.includes('--no-sandbox')
      ? ', without sandbox as this user is root'
      : ''
    return { state: 'ok', detail: `${found?.executablePath}, version ${version}${unsafe}` }
  } catch (error) {
    const [why = 'unknown'] = String((error as Error).message).split('\n')
    return {
      state: 'failed',
      detail: `${found?.executablePath} does not start: ${why}`,
      remedy: 'start it by hand to see why, or set CHROMIUM_PATH to another',
    }
  }
}
