import { appendFileSync, existsSync, mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { root } from '../repo/sources.ts'
import { selectedFiles } from '../support/global-setup.ts'
import { type Installed, installExample, packHoldpoint, reachesRegistry } from './install.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** By the name of the folder in `examples/`. */
    examples: Readonly<Record<string, Installed>>
  }
}

interface Steps {
  step<T>(text: string, work: () => Promise<T>): Promise<T>
}

const { step } = (await import(new URL('../../scripts/steps.mjs', import.meta.url).href)) as Steps

/** Packs once, and installs each example that a test file of this run is about, as its user would. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const names = await examplesOf(project)
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-examples-'))
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const examples = names.length === 0 ? {} : await installAll(names, folder)
    project.provide('examples', examples)
    return async () => {
      sayLeftOut(examples)
      await remove()
    }
  } catch (error) {
    await remove()
    throw error
  }
}

async function installAll(
  names: readonly string[],
  folder: string,
): Promise<Readonly<Record<string, Installed>>> {
  const tarball = await step('packing holdpoint', () => packHoldpoint(folder))
  const examples: Record<string, Installed> = {}
  const offline = !(await reachesRegistry())
  for (const name of names) {
    examples[name] = await step(`installing examples/${name}`, () =>
      installExample(name, { folder, tarball, offline }),
    )
  }
  return examples
}

async function examplesOf(project: TestProject): Promise<readonly string[]> {
  const files = await selectedFiles(project)
  return files
    .map((file) => basename(file, '.test.ts'))
    .filter((name) => existsSync(join(root, 'examples', name, 'package.json')))
}

/** After the summary, and for the last lines of `npm test`: a green run must not look like a complete one. */
function sayLeftOut(examples: Readonly<Record<string, Installed>>): void {
  const lines = Object.entries(examples).flatMap(([name, installed]) =>
    'leftOut' in installed ? [`Left out: examples/${name} (${installed.leftOut})`] : [],
  )
  if (lines.length === 0) return
  console.log(`\n${lines.join('\n')}`)
  const reports = join(root, 'node_modules', '.cache', 'holdpoint')
  mkdirSync(reports, { recursive: true })
  appendFileSync(join(reports, 'left-out.txt'), `${lines.join('\n')}\n`)
}
