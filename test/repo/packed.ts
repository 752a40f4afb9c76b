import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import type { Packed } from './packed-setup.ts'

/** Installing with a cold cache on a busy machine. */
export const INSTALL_MS = 600_000
/** Starting Node, npx, a compiler or the demo there. */
export const RUN_MS = 240_000

/** The tarball that this run has made. */
export function packed(): Packed {
  const given = inject('packed')
  if (typeof given === 'object') return given
  throw new Error(given ?? 'nothing was packed, see packed-setup.ts')
}

/** Somebody's own folder with packages in it, and nothing of this repository around it. */
export interface Project {
  readonly folder: string
  write(file: string, text: string): Promise<void>
  run(command: string, ...args: readonly string[]): Promise<{ stdout: string; stderr: string }>
  /** Runs an ES module given as text; what it prints. */
  evaluate(code: string): Promise<string>
  install(...args: readonly string[]): Promise<void>
  remove(): Promise<void>
}

/** An empty project. `node` runs it and its npm; default the one that runs the tests. */
export async function emptyProject(node: string = process.execPath): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-project-'))
  // No condition, no loader, nothing of the `npm test` that may stand around us, and no account of somebody's.
  const ours = /^(?:NODE_OPTIONS|npm_config_local_prefix|(?:OPENAI|SLACK)_\w+)$/
  const rest = Object.entries(process.env).filter(([name]) => !ours.test(name))
  const PATH = `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`
  const env = { ...Object.fromEntries(rest), PATH }
  const write: Project['write'] = (file, text) => writeFile(join(folder, file), text)
  const run: Project['run'] = (command, ...args) =>
    promisify(execFile)(command, args, {
      cwd: folder,
      env,
      shell: process.platform === 'win32',
      maxBuffer: 32 * 1024 * 1024,
    })
  await write('package.json', '{ "private": true }\n')
  return {
    folder,
    write,
    run,
    evaluate: async (code) => (await run(node, '--input-type=module', '--eval', code)).stdout,
    async install(...args) {
      await run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...args)
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}
