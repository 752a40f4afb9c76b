import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { selectedFiles } from '../support/global-setup.ts'
import { reaches } from '../support/imports.ts'

/** What `npm pack` made of this repository. */
export interface Packed {
  /** Path of the tarball. */
  readonly tarball: string
  readonly files: readonly string[]
}

declare module 'vitest' {
  interface ProvidedContext {
    /** `undefined`: no test file of this run asked for it. A text: why there is none. */
    packed: Packed | string | undefined
  }
}

const PACK_MS = 300_000

/** One build and one tarball for the whole run, if a file of the run needs them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const files = await selectedFiles(project)
  if (!files.some((file) => reaches(file, join(import.meta.dirname, 'packed.ts')))) {
    return async () => {}
  }
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-packed-'))
  try {
    project.provide('packed', await pack(folder))
  } catch (error) {
    // Only the tests of the package fail by it; a set-up that throws would leave all others unrun.
    project.provide('packed', String(error))
  }
  return () => rm(folder, { recursive: true, force: true })
}

async function pack(folder: string): Promise<Packed> {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', '--json', '--pack-destination', folder],
    { shell: process.platform === 'win32', timeout: PACK_MS, maxBuffer: 32 * 1024 * 1024 },
  )
  const [report] = Object.values(JSON.parse(stdout) as Readonly<Record<string, PackReport>>)
  if (report === undefined) throw new Error('npm pack told nothing')
  return {
    tarball: join(folder, report.filename),
    files: report.files.map(({ path }) => path),
  }
}

interface PackReport {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}
