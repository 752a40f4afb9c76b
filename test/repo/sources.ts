import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** Every folder with code of ours; there is no `bench` in a checkout that measures nothing yet. */
export const codeFolders: readonly string[] = [
  ...['src', 'server', 'guards', 'examples', 'scripts', 'test'],
  ...['bench'].filter((folder) => existsSync(join(root, folder))),
]

const NOT_OURS = new Set(['node_modules', 'dist', 'test-results', 'playwright-report'])

/** Files below a folder of this repository, as paths from its root; folders that begin with a dot are left out. */
export function filesBelow(folder: string, endings: readonly string[]): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name)
      if (entry.isDirectory()) {
        const isOurs = !NOT_OURS.has(entry.name) && !entry.name.startsWith('.')
        return isOurs ? filesBelow(path, endings) : []
      }
      return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : []
    })
    .sort()
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
