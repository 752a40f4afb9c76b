/** @file The published types: only those that a public entry leads to, so that what they name is what a consumer needs. */

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const RELATIVE = /((?:\bfrom|\bimport\()\s*['"])(\.{1,2}\/[^'"]+)\.ts(?=['"])/g

/** Removes every `.d.ts` below `dist` that no type of `entries` reaches. Throws if one that is named is missing. */
export function keepPublicTypes(dist, entries) {
  const kept = new Set()
  const waiting = entries.map((entry) => resolve(entry))
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (kept.has(file)) continue
    kept.add(file)
    const text = readFileSync(file, 'utf8')
    for (const [, , path] of text.matchAll(RELATIVE)) {
      waiting.push(resolve(dirname(file), `${path}.d.ts`))
    }
    // The compiler leaves `.ts` here: right beside the sources, and nothing that a consumer has.
    writeFileSync(file, text.replace(RELATIVE, '$1$2.js'))
  }
  for (const path of readdirSync(dist, { recursive: true })) {
    const file = resolve(join(dist, path))
    if (file.endsWith('.d.ts') && !kept.has(file)) rmSync(file)
  }
}
