import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, textOf } from './sources.ts'

/** Building, packing and installing with a cold cache on a busy machine. */
const INSTALL_MS = 600_000
const RUN_MS = 120_000
const runFile = promisify(execFile)

const manifest = JSON.parse(textOf('package.json')) as {
  readonly exports: Readonly<Record<string, unknown>>
  readonly devDependencies: Readonly<Record<string, string>>
}

let folder: string
let packed: readonly string[]

/** A person's own empty folder, with the packed package installed as the README says. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-package-'))
  const project = join(folder, 'project')
  await mkdir(project)
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], root)
  const report = JSON.parse(stdout) as unknown
  const [pack] = Object.values(report as Record<string, PackReport>)
  if (pack === undefined) throw new Error('npm pack told nothing')
  packed = pack.files.map((file) => file.path)
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  const playwright = `playwright@${manifest.devDependencies['playwright']}`
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund']
  await run('npm', ['install', ...quietly, join(folder, pack.filename), playwright], project)
}, INSTALL_MS)

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

interface PackReport {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

function run(command: string, args: readonly string[], cwd = join(folder, 'project')) {
  // Plain Node: no condition, no loader, and nothing of the `npm test` that may stand around us.
  const { npm_config_local_prefix: _prefix, NODE_OPTIONS: _options, ...rest } = process.env
  const env = { ...rest, PATH: `${dirname(process.execPath)}${delimiter}${rest['PATH'] ?? ''}` }
  const shell = process.platform === 'win32'
  return runFile(command, args, { cwd, env, shell, maxBuffer: 32 * 1024 * 1024 })
}

async function namesIn(specifier: string): Promise<readonly string[]> {
  const code = `console.log(JSON.stringify(Object.keys(await import('${specifier}')).sort()))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code])
  return JSON.parse(stdout) as string[]
}

test('it carries the built code and what people read, and no sources or tests', () => {
  const expected = ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'LICENSE', 'package.json']
  expect(packed).toEqual(expect.arrayContaining([...expected, 'dist/src/index.js']))
  const strays = packed.filter((path) => !path.startsWith('dist/') && !expected.includes(path))
  expect(strays).toEqual([])
  expect(packed.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).toEqual([])
})

test('the root gives the public names', { timeout: RUN_MS }, async () => {
  expect(await namesIn('holdpoint')).toEqual([
    'HoldpointError',
    'awaitOutcome',
    'createHoldpoint',
    'defaultPolicy',
    'defineChannel',
    'defineConfig',
    'defineGuard',
    'definePolicy',
    'guardContext',
    'isHoldpointError',
    'launchOptions',
    'runAction',
  ])
})

test('the root loads nothing that only a desk, a picture or a channel needs', {
  timeout: RUN_MS,
}, async () => {
  const code = `
    import { registerHooks } from 'node:module'
    const seen = new Set()
    registerHooks({
      load(url, context, next) {
        seen.add(/.*node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//.exec(url)?.[1] ?? '')
        return next(url, context)
      },
    })
    await import('holdpoint')
    console.log(JSON.stringify([...seen].filter((name) => name !== '').sort()))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code])
  expect(JSON.parse(stdout)).toEqual(['holdpoint', 'zod'])
})

const subPaths = Object.keys(manifest.exports)
  .filter((subPath) => subPath !== '.' && subPath !== './package.json')
  .map((subPath) => subPath.replace('.', 'holdpoint'))

// Each in a process of its own: which one comes first must not matter.
test.each(subPaths)('%s can be imported first', { timeout: RUN_MS }, async (specifier) => {
  expect((await namesIn(specifier)).length).toBeGreaterThan(0)
})

test('its types hold in a project that has nothing of ours', { timeout: RUN_MS }, async () => {
  const project = join(folder, 'project')
  const options = { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: [] }
  const compilerOptions = { ...options, skipLibCheck: true }
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['consumer.ts'] }),
  )
  const imports = subPaths.map((name, index) => `import type * as p${index} from '${name}'`)
  const uses = subPaths.map((_, index) => `typeof p${index}`)
  const consumer = [
    "import { createHoldpoint, type Outcome } from 'holdpoint'",
    ...imports,
    `export type All = [${uses.join(', ')}]`,
    'export const url: Promise<string> = createHoldpoint().then((holdpoint) => holdpoint.url)',
    '// @ts-expect-error: types that came to nothing would be `any`, and let this pass',
    "createHoldpoint({ dataDirectory: '.' })",
    'export const told = (outcome: Outcome<number>): string => outcome.forModel',
  ]
  await writeFile(join(project, 'consumer.ts'), `${consumer.join('\n')}\n`)
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { stdout } = await run(process.execPath, [tsc, '-p', project]).catch(
    (error: { stdout: string }) => error,
  )
  expect(stdout).toBe('')
})

test('npx holdpoint --help says which commands there are', { timeout: RUN_MS }, async () => {
  const { stdout } = await run('npx', ['holdpoint', '--help'])
  expect(stdout).toContain('holdpoint <command>')
  for (const command of ['demo', 'replay']) expect(stdout).toContain(`\n  ${command} `)
})

test('a command that does not exist is said and fails', { timeout: RUN_MS }, async () => {
  await expect(run('npx', ['holdpoint', 'approve'])).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no command "approve"'),
  })
})
