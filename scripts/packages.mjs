/** @file The npm packages of this folder, and the Node among them that runs everything else. */

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runQuietly, stoppedCode } from './children.mjs'
import { withLock } from './lock.mjs'
import { SetUpError, step } from './steps.mjs'

/** The folder of the project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A folder with packages of its own, for documents. */
export const docsTools = join(root, 'scripts', 'docs-tools')

// Makes 'holdpoint/…' mean the TypeScript sources, so that nothing has to be built first.
const SOURCE_CONDITION = '--conditions=@holdpoint/source'

/** Installs a folder's packages if they are missing, cut short, or not those of its lock file. True if it did. */
export async function ensurePackages(folder = root) {
  if (packagesProblem(folder) === undefined) return false
  return withLock(folder, async () => {
    const problem = packagesProblem(folder)
    if (problem === undefined) return false
    await step(`installing npm packages (${problem})`, () => installPackages(folder))
    return true
  })
}

/** Why the packages have to be installed; undefined if they are those of `package-lock.json`. */
export function packagesProblem(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json'))
  if (wanted === undefined) {
    throw new SetUpError(`${join(folder, 'package-lock.json')} cannot be read. Is the clone whole?`)
  }
  const modules = join(folder, 'node_modules')
  if (!existsSync(modules)) return 'none yet'
  // npm writes this file last, so without it an installation was cut short.
  const installed = packagesOf(join(modules, '.package-lock.json'))
  if (installed === undefined) return 'the last installation did not finish'

  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '') continue
    const there = installed[path]
    if (there === undefined ? !optional : there.version !== version) {
      return 'package-lock.json has changed'
    }
    if (there && !existsSync(join(folder, path, 'package.json'))) {
      return `${path} is missing`
    }
  }
  return undefined
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages
  } catch {
    return undefined
  }
}

async function installPackages(folder) {
  // If npm is killed while it empties the folder, the old list must not vouch for what is left.
  rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true })
  const { command, args, shell } = npm()
  const flags = [
    'ci',
    // Whatever the environment says (NODE_ENV=production, omit=optional): the tools are needed.
    '--include=dev',
    '--include=optional',
    // `npm pack --dry-run` and `npm -g` hand these down to the scripts they run.
    '--dry-run=false',
    '--global=false',
    // The Node found here only installs; Node 24, which is among the packages, runs them.
    '--engine-strict=false',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--no-progress',
  ]
  const { code, output } = await run(command, [...args, ...flags], {
    cwd: folder,
    shell,
    // npm waits for install scripts when it is told to stop; what it leaves is thrown away anyway.
    graceMs: 1_000,
  })
  if (code === 0 && packagesProblem(folder) === undefined) return
  if (stoppedCode() !== undefined) throw new SetUpError('Stopped. The next run starts over.')
  throw new SetUpError(`npm ci failed (exit code ${code}):\n${cause(output)}`)
}

/** npm says first what went wrong, and then a page about its options. */
function cause(output) {
  const said = output.split('\n').filter((line) => line.replace('npm error', '').trim() !== '')
  return said.slice(0, 10).join('\n')
}

async function run(command, args, options) {
  try {
    return await runQuietly(command, args, options)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    throw new SetUpError('npm was not found on PATH. It comes with Node: https://nodejs.org')
  }
}

/** The npm that runs us, with the Node that runs it; else the one on PATH. */
function npm() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env
  // Other package managers set npm_execpath to themselves, and have no `ci`.
  if (cli && node && basename(cli) === 'npm-cli.js' && existsSync(node)) {
    return { command: node, args: [cli], shell: false }
  }
  return process.platform === 'win32'
    ? { command: 'npm.cmd', args: [], shell: true }
    : { command: 'npm', args: [], shell: false }
}

/** The Node that runs everything else: `{ node, flags }`. */
export function findRuntime() {
  const own = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (starts(own)) return { node: own, flags: [SOURCE_CONDITION] }
  const flags = runtimeFlags(process.versions.node)
  // An installation has just removed the Node that runs this, if it was the one beside the packages.
  if (flags && existsSync(process.execPath)) return { node: process.execPath, flags }
  throw new SetUpError(
    [
      `npm did not install Node 24 beside the other packages, and the Node found here is ${process.versions.node}.`,
      'Its install script was switched off (ignore-scripts), or there is none for this platform. Either run',
      '  npm rebuild node --ignore-scripts=false',
      'or use Node 22.18 or newer; then start this command again.',
    ].join('\n'),
  )
}

/** What a Node of this version needs to run our TypeScript as it stands; undefined if it cannot. */
export function runtimeFlags(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major < 22 || (major === 22 && minor < 18) || (major === 23 && minor < 6)) return undefined
  if (major >= 24) return [SOURCE_CONDITION]
  return [SOURCE_CONDITION, '--disable-warning=ExperimentalWarning']
}

function starts(node) {
  if (node === process.execPath) return existsSync(node)
  try {
    // Present but for another C library (Alpine), or half written: only a start tells.
    execFileSync(node, ['--version'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}
