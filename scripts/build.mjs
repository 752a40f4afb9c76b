/**
 * @file `npm run build`, and what `npm pack` runs first: the sources as JavaScript in `dist/`.
 *
 * Prints on stderr only: `npm pack --json` has its answer on stdout.
 */

import { chmodSync, cpSync, readFileSync, rmSync } from 'node:fs'
import { extname, join } from 'node:path'
import { runForeground, stoppedCode } from './children.mjs'
import { keepPublicTypes } from './declarations.mjs'
import { ensurePackages, findRuntime, root } from './packages.mjs'
import { runMain, SetUpError, step } from './steps.mjs'

const SOURCES = ['src', 'guards', 'server']
// Compiled, or for people who read the sources.
const NOT_COPIED = new Set(['.ts', '.tsx', '.md'])

await runMain(async () => {
  await ensurePackages()
  const { node } = findRuntime()
  return step('building dist', async () => {
    const dist = join(root, 'dist')
    rmSync(dist, { recursive: true, force: true })
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const code = await runForeground(node, [tsc, '-p', 'tsconfig.build.json'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    })
    if (stoppedCode() !== undefined) return stoppedCode()
    if (code !== 0) throw new SetUpError('The sources do not compile, see above.')
    keepPublicTypes(dist, publicTypes())
    for (const folder of SOURCES) copyAssets(join(root, folder), join(dist, folder))
    makeExecutable(join(dist, 'src', 'cli', 'main.js'))
    return 0
  })
})

/** Where package.json says that the types of each sub-path are. */
function publicTypes() {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Object.values(exports).flatMap(({ types }) =>
    types === undefined ? [] : join(root, types),
  )
}

/** SQL, pages and pictures lie beside the code that reads them, so they move with it. */
function copyAssets(from, to) {
  cpSync(from, to, {
    recursive: true,
    filter: (path) => !NOT_COPIED.has(extname(path)),
  })
}

function makeExecutable(path) {
  if (!readFileSync(path, 'utf8').startsWith('#!')) {
    throw new SetUpError('src/cli/main.ts must begin with #!/usr/bin/env node: it is the command.')
  }
  chmodSync(path, 0o755)
}
