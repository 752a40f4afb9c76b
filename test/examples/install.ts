import { cp, mkdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { root } from '../repo/sources.ts'

/** Packages of an agent SDK with a cold cache, on a slow line. */
const INSTALL_MS = 300_000

interface Children {
  runQuietly(
    command: string,
    args: readonly string[],
    options: object,
  ): Promise<{ readonly code: number; readonly output: string; readonly tooLong: boolean }>
}

// The scripts are read by any Node, so they are plain JavaScript and their types are written here.
const { runQuietly } = (await import(
  new URL('../../scripts/children.mjs', import.meta.url).href
)) as Children

/** Where an example was installed, or why this machine could not. */
export type Installed = { readonly folder: string } | { readonly leftOut: string }

/** Builds and packs this repository into `folder`; gives the tarball. */
export async function packHoldpoint(folder: string): Promise<string> {
  const args = ['pack', '--json', '--loglevel=error', '--pack-destination', folder]
  const { code, output } = await npm(args, root)
  if (code !== 0) throw new Error(`npm pack failed:\n${output}`)
  const { name, version } = await manifestOf(root)
  return join(folder, `${name}-${version}.tgz`)
}

/** Whether npm reaches its registry. An install without it would try for minutes before it says so. */
export async function reachesRegistry(): Promise<boolean> {
  const flags = ['--prefer-online', '--fetch-retries=1', '--fetch-retry-mintimeout=1000']
  const { code } = await npm(['view', 'zod', 'version', ...flags], tmpdir())
  return code === 0
}

/**
 * Copies `examples/<name>` below `folder` and installs its packages there, with `tarball` as holdpoint.
 * `offline`: from npm's cache only; what is not there is left out. Throws what npm said otherwise.
 */
export async function installExample(
  name: string,
  from: { readonly folder: string; readonly tarball: string; readonly offline: boolean },
): Promise<Installed> {
  const folder = join(from.folder, name)
  await mkdir(folder)
  await cp(join(root, 'examples', name), folder, {
    recursive: true,
    filter: (path) => basename(path) !== 'node_modules',
  })
  const flags = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error']
  const cache = from.offline ? '--offline' : '--prefer-offline'
  const { code, output, tooLong } = await npm(['install', cache, ...flags, from.tarball], folder)
  if (code === 0) return { folder }
  // Without its registry npm names many causes, even a conflict of packages that it does not know.
  if (from.offline)
    return { leftOut: 'npm cannot reach its registry, and does not have all packages in its cache' }
  const after = tooLong ? ` and did not end within ${INSTALL_MS / 1_000} s` : ''
  throw new Error(`npm install of examples/${name} failed${after}:\n${output}`)
}

async function manifestOf(
  folder: string,
): Promise<{ readonly name: string; readonly version: string }> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
}

function npm(args: readonly string[], cwd: string) {
  // npm must choose packages for the Node that runs the examples; nothing of an `npm test` around us counts.
  const { npm_config_local_prefix: _prefix, NODE_OPTIONS: _options, ...rest } = process.env
  const env = { ...rest, PATH: `${dirname(process.execPath)}${delimiter}${rest['PATH'] ?? ''}` }
  return runQuietly('npm', args, {
    cwd,
    env,
    limitMs: INSTALL_MS,
    shell: process.platform === 'win32',
  })
}
