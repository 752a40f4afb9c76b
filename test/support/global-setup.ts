import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { TestProject } from 'vitest/node'
import { reaches } from './imports.ts'
import { pgliteTemplate } from './pglite-template.ts'
import { startTestPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `undefined`: there is no PostgreSQL here. */
    postgresUrl: string | undefined
    /** Path of a tarball, see `pglite-template.ts`. */
    pgliteTemplate: string | undefined
  }
}

/** One PostgreSQL and one PGlite template for the whole run, if a file of the run needs them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const files = await filesWithDatabases(project)
  if (files.length === 0) return async () => {}
  const [postgres, template] = await Promise.all([startTestPostgres(), pgliteTemplate()])
  project.provide('pgliteTemplate', template)
  if ('unavailable' in postgres) return async () => leftOut(postgres.unavailable, files)
  project.provide('postgresUrl', postgres.url)
  return () => postgres.stop()
}

async function filesWithDatabases(project: TestProject): Promise<readonly string[]> {
  const files = await selectedFiles(project)
  return files.filter((file) => reaches(file, join(import.meta.dirname, 'databases.ts')))
}

/** The test files of this run. */
export async function selectedFiles(project: TestProject): Promise<readonly string[]> {
  // The names given on the command line. Not public; without it, all files count.
  const { filenamePattern } = project.vitest as { readonly filenamePattern?: string[] }
  const filters = project.vitest.config.watch ? undefined : filenamePattern
  return (await project.globTestFiles(filters)).testFiles
}

// The teardown comes after the summary, so that a green run does not look like a complete one.
function leftOut(why: string, files: readonly string[]): void {
  const lines = [
    `Left out: every test on PostgreSQL (${why}). These ran on PGlite only, or not at all:`,
    ...files.map((file) => `  ${relative(process.cwd(), file)}`),
  ]
  console.log(`\n${lines.join('\n')}`)
  // For the last lines of `npm test`, which come after the browser's stories.
  const folder = join('node_modules', '.cache', 'holdpoint')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'left-out.txt'), `${lines.join('\n')}\n`)
}
