import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { loadNow, ms, print, printMachine, times } from './support/report.ts'
import { countFrom, median } from './support/statistics.ts'

const run = promisify(execFile)
const COUNT = countFrom('COUNT', 20)

/** Programs that only start. All are compared with the first, in turns. */
const PROGRAMS = [
  ['nothing', ''],
  ['zod', "import 'zod'"],
  ['holdpoint', "import 'holdpoint'"],
  ['holdpoint/guard', "import 'holdpoint/guard'"],
  ['playwright-core', "import 'playwright-core'"],
] as const

const folder = await mkdtemp(join(tmpdir(), 'holdpoint-bench-'))
const { NODE_OPTIONS: _options, ...env } = process.env
try {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    maxBuffer: 32 * 1024 * 1024,
  })
  const [pack] = Object.values(JSON.parse(stdout) as Readonly<Record<string, Pack>>)
  if (pack === undefined) throw new Error('npm pack told nothing')
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund']
  await run('npm', ['install', ...quietly, join(folder, pack.filename)], { cwd: folder })
  printMachine()
  await sizes(pack)
  await starts()
} finally {
  await rm(folder, { recursive: true, force: true })
}

interface Pack {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
}

async function sizes({ size, unpackedSize }: Pack): Promise<void> {
  const modules = join(folder, 'node_modules')
  const packages: (readonly [name: string, bytes: number])[] = []
  for (const entry of await readdir(modules)) {
    if (entry.startsWith('.')) continue
    packages.push([entry, await bytesBelow(join(modules, entry))])
  }
  packages.sort(([, a], [, b]) => b - a)
  const all = packages.reduce((sum, [, bytes]) => sum + bytes, 0)
  print({
    title: 'size',
    columns: ['', 'size'],
    rows: [
      ['the tarball', megabytes(size)],
      ['the package, unpacked', megabytes(unpackedSize)],
      ['with all that npm install holdpoint brings', megabytes(all)],
      ...packages.slice(0, 5).map(([name, bytes]) => [`  ${name}`, megabytes(bytes)]),
    ],
  })
}

async function starts(): Promise<void> {
  const load = loadNow()
  const taken = PROGRAMS.map(() => [] as number[])
  // The first turn only fills the disk's cache.
  for (let turn = 0; turn <= COUNT; turn += 1) {
    for (const [at, [, code]] of PROGRAMS.entries()) {
      const startedAt = performance.now()
      await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder, env })
      if (turn > 0) taken[at]?.push(performance.now() - startedAt)
    }
  }
  const [nothing = []] = taken
  print({
    title: `start of a program that imports …, n=${COUNT}, load ${load} → ${loadNow()}`,
    columns: ['', 'from start to end', 'of it, the import', 'beside nothing', 'target'],
    rows: PROGRAMS.map(([name], at) => {
      const program = taken[at] ?? []
      const ratio = median(program.map((wall, turn) => wall / (nothing[turn] ?? Number.NaN)))
      const more = median(program.map((wall, turn) => wall - (nothing[turn] ?? Number.NaN)))
      const target = name === 'holdpoint' ? '≤ 150 ms' : ''
      return [name, ms(median(program)), ms(more), times(ratio), target]
    }),
  })
}

async function bytesBelow(path: string): Promise<number> {
  const names = await readdir(path, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile())
  const lengths = files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size)
  return (await Promise.all(lengths)).reduce((sum, length) => sum + length, 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
