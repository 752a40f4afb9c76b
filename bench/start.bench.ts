import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findBrowser } from '../src/adapters/playwright/find-browser.ts'
import { loadNow, print, printMachine } from './support/report.ts'

const main = join(import.meta.dirname, '../src/cli/main.ts')
const LONGEST_MS = 180_000

/** One run of the demo, in seconds since its process was started. */
interface Start {
  readonly readyMs?: number
  readonly heldMs?: number
  /** As the demo itself names it: `first start 4.2 s`. */
  readonly store?: string
  readonly exitCode: number | null
  readonly errors: string
  readonly load: string
}

const folder = await mkdtemp(join(tmpdir(), 'holdpoint-bench-'))
try {
  // Both in one folder: the second run finds the store that the first one made.
  const first = await startDemo(folder)
  const warm = await startDemo(folder)
  printMachine([(await findBrowser())?.name ?? 'no browser'])
  print({
    title: 'demo: from the start of the command to the line that says HELD',
    columns: ['', 'all started', 'HELD', 'of it, the store', 'load', 'target'],
    rows: [row('first start', first, '< 15 s'), row('later start', warm, '< 15 s')],
    notes: [first, warm].flatMap(({ heldMs, exitCode, errors }) =>
      heldMs === undefined ? [`ended with ${exitCode} before anything was held: ${errors}`] : [],
    ),
  })
} finally {
  await rm(folder, { recursive: true, force: true })
}

function row(name: string, start: Start, target: string): readonly string[] {
  const { readyMs, heldMs, store = 'made before', load } = start
  return [name, seconds(readyMs), seconds(heldMs), store, load, target]
}

function seconds(value: number | undefined): string {
  return value === undefined ? '–' : `${(value / 1_000).toFixed(1)} s`
}

/** Runs `holdpoint demo --answer reject` to its end and reads when it said what. */
async function startDemo(cwd: string): Promise<Start> {
  const load = loadNow()
  const startedAtMs = performance.now()
  const child = spawn(
    process.execPath,
    ['--conditions=@holdpoint/source', main, 'demo', '--answer', 'reject'],
    { cwd, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const tooLong = setTimeout(() => child.kill('SIGTERM'), LONGEST_MS)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-600)
  })
  let readyMs: number | undefined
  let heldMs: number | undefined
  let store: string | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    const atMs = performance.now() - startedAtMs
    if (line.includes('✓ store')) {
      readyMs ??= atMs
      store = /\(first start ([^)]*)\)/.exec(line)?.[1]
    }
    if (line.includes('HELD')) heldMs ??= atMs
  }
  const exitCode = await ended
  clearTimeout(tooLong)
  return {
    ...(readyMs === undefined ? {} : { readyMs }),
    ...(heldMs === undefined ? {} : { heldMs }),
    ...(store === undefined ? {} : { store }),
    exitCode,
    errors: errors.trim(),
    load,
  }
}
