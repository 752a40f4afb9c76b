import { describe, expect, test } from 'vitest'
import { hasComputedImport, importsOf } from './imports.ts'
import { LAYERS } from './layers.ts'
import { filesBelow, textOf } from './sources.ts'

const files = ['src', 'server', 'guards', 'examples'].flatMap((folder) =>
  filesBelow(folder, ['.ts', '.mts', '.js', '.mjs']),
)

function allows(entry: string, target: string): boolean {
  if (entry === 'node:*') return target.startsWith('node:')
  return entry.endsWith('/') ? target.startsWith(entry) : target === entry
}

/** An example in a folder has packages of its own. Which names of ours it may use, the table says. */
function packagesOf(file: string): readonly string[] {
  const folder = /^examples\/[^/]+(?=\/)/.exec(file)?.[0]
  if (folder === undefined) return []
  const { dependencies } = JSON.parse(textOf(`${folder}/package.json`)) as {
    dependencies: Readonly<Record<string, string>>
  }
  const names = Object.keys(dependencies).filter((name) => name !== 'holdpoint')
  return names.flatMap((name) => [name, `${name}/`])
}

function violationsIn(file: string, text: string): readonly string[] {
  const layer = LAYERS.find(([folder]) => file.startsWith(folder))
  if (layer === undefined) return [`${file} stands in no layer`]
  const mayImport = [...layer[1], ...packagesOf(file)]
  return importsOf(file, text)
    .filter(({ target }) => !mayImport.some((entry) => allows(entry, target)))
    .map(({ target }) => `${file} → ${target}`)
}

test('no file imports across a layer boundary', () => {
  expect(files.length).toBeGreaterThan(200)
  expect(files.flatMap((file) => violationsIn(file, textOf(file)))).toEqual([])
})

test('every import names what it loads', () => {
  expect(files.filter((file) => hasComputedImport(textOf(file)))).toEqual([])
})

test('guards and server are loaded when they are needed, not with the package', () => {
  // Guards import the leaf `holdpoint/guard`; a static way back from the root would close a circle.
  const early = files
    .filter((file) => file.startsWith('src/'))
    .flatMap((file) => importsOf(file, textOf(file)).map((entry) => ({ file, ...entry })))
    .filter(({ how, target }) => how === 'static' && /^(?:guards|server)\//.test(target))
  expect(early).toEqual([])
})

test('Playwright is loaded in one place, which takes either of its packages', () => {
  // `import type` loads nothing; neither does `typeof import(…)`.
  const LOADS =
    /^import (?!type )(?:\{[^}]*\}|[\w* ]+) from '(?:playwright|playwright-core)'|(?<!typeof )import\('playwright/m
  const loading = files.filter((file) => file.startsWith('src/') && LOADS.test(textOf(file)))
  expect(loading).toEqual(['src/adapters/playwright/load-playwright.ts'])
})

test('every folder of the table exists, and no layer hides a later one', () => {
  for (const [index, [folder]] of LAYERS.entries()) {
    const own = files.filter((file) => file.startsWith(folder))
    const earlier = LAYERS.slice(0, index).map(([other]) => other)
    expect(own.filter((file) => !earlier.some((other) => file.startsWith(other)))).not.toEqual([])
  }
})

describe('a forbidden import is found, however it is written', () => {
  const forms: Readonly<Record<string, string>> = {
    static: "import { decide } from '../deciding/decide.ts'",
    'over several lines':
      "import {\n  // the one way to decide\n  decide,\n} from '../deciding/decide.ts'",
    'of everything': "import * as all from '../deciding/decide.ts'",
    'of its types': "import type { Desk } from '../deciding/decide.ts'",
    'for its side effect': "import '../deciding/decide.ts'",
    dynamic: "export const later = () =>\n  import('../deciding/decide.ts')",
    'in a type': "type All = typeof import('../deciding/decide.ts')",
    'passed on': "export { decide } from '../deciding/decide.ts'",
    'passed on as a whole': "export * from '../deciding/decide.ts'",
    'as a worker': "new Worker(new URL('../deciding/decide.ts', import.meta.url))",
    'behind other code': "const a = 1; import { decide } from '../deciding/decide.ts'",
  }
  for (const [form, line] of Object.entries(forms)) {
    test(form, () => {
      const planted = `import { z } from 'zod'\n${line}\n`
      const expected = ['src/core/planted.ts → src/deciding/decide.ts']
      expect(violationsIn('src/core/planted.ts', planted)).toEqual(expected)
    })
  }

  test('of a package', () => {
    expect(violationsIn('guards/planted.ts', "import { z } from 'zod'")).toEqual([
      'guards/planted.ts → zod',
    ])
  })

  test('in a folder that no layer names', () => {
    expect(violationsIn('src/other/planted.ts', '')).toEqual([
      'src/other/planted.ts stands in no layer',
    ])
  })

  test('with a computed name', () => {
    expect(hasComputedImport('await import(name)')).toBe(true)
    expect(hasComputedImport("await import('zod')")).toBe(false)
  })
})

test('words in a comment or text are no import', () => {
  const text =
    "// import { a } from '../deciding/decide.ts'\nconst from = 'x'\nexport const a = 'b'\n"
  expect(importsOf('src/core/a.ts', text)).toEqual([])
})
