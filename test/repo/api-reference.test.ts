import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { subPaths } from './manifest.ts'
import { root } from './sources.ts'

/** Its own packages are installed once. */
const GENERATE_MS = 300_000

async function pagesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder, { recursive: true })
  const pages = names.filter((name) => name.endsWith('.md')).sort()
  const texts = pages.map((page) => readFile(join(folder, page), 'utf8'))
  return Object.fromEntries((await Promise.all(texts)).map((text, at) => [pages[at], text]))
}

test('docs/api is what the docstrings say, and every public name has one; npm run docs:api mends it', {
  timeout: GENERATE_MS,
}, async () => {
  const folder = await temporaryFolder()
  // Ends with 1, and so rejects, where a public name has no docstring.
  await promisify(execFile)(process.execPath, ['scripts/run.mjs', 'docs', folder], { cwd: root })
  const made = await pagesIn(folder)
  expect(Object.keys(made)).toEqual(
    ['README', 'holdpoint', ...subPaths].map((entry) => `${entry}.md`).sort(),
  )
  const kept = await pagesIn(join(root, 'docs', 'api'))
  expect(Object.keys(kept)).toEqual(Object.keys(made))
  // Names of pages first: a difference of whole pages would drown what differs.
  expect(Object.keys(made).filter((page) => made[page] !== kept[page])).toEqual([])
})
