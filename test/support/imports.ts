import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

const relativeImport = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g

/** Whether `file`, or what it imports from this repository, imports `target`. */
export function reaches(file: string, target: string, seen = new Set<string>()): boolean {
  if (file === target) return true
  if (seen.has(file) || !existsSync(file)) return false
  seen.add(file)
  return [...readFileSync(file, 'utf8').matchAll(relativeImport)].some(([, path]) =>
    reaches(resolve(dirname(file), path ?? ''), target, seen),
  )
}
