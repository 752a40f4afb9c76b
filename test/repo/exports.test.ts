import { expect, test } from 'vitest'
import { LAYERS } from './layers.ts'
import { codeFolders, filesBelow, textOf } from './sources.ts'

const exported = Object.entries(
  (
    JSON.parse(textOf('package.json')) as {
      exports: Record<string, Record<string, string> | string>
    }
  ).exports,
)

test('no file has a default export, but for configurations', () => {
  const withDefault = codeFolders
    .flatMap((folder) => filesBelow(folder, ['.ts']))
    .filter((file) => !file.endsWith('.config.ts'))
    .filter((file) => /^export default\b|^export \{[^}]*\bas default\b/m.test(textOf(file)))
  expect(withDefault).toEqual([])
})

test('every sub-path has a source, its types and its code at the same place', () => {
  for (const [subPath, files] of exported) {
    if (typeof files === 'string') continue
    const source = files['@holdpoint/source'] ?? ''
    const built = source.replace('./', './dist/').replace(/\.ts$/, '')
    expect({ subPath, ...files }).toEqual({
      subPath,
      '@holdpoint/source': source,
      types: `${built}.d.ts`,
      default: `${built}.js`,
    })
    expect(textOf(source.slice(2))).not.toBe('')
  }
})

test('the public entry files hold nothing but exports', () => {
  for (const file of ['src/index.ts', 'src/testing/index.ts', 'server/index.ts']) {
    const rest = textOf(file).replace(/export (?:type )?(?:\*|\{[^}]*\}) from '[^']+'/g, '')
    expect({ file, rest: rest.trim() }).toEqual({ file, rest: '' })
  }
})

test('examples may use every public name, and no other of ours', () => {
  const names = exported.map(([subPath]) => subPath.replace('.', 'holdpoint'))
  const [, allowed = []] = LAYERS.find(([folder]) => folder === 'examples/') ?? []
  expect(allowed.filter((name) => name.startsWith('holdpoint')).sort()).toEqual(
    names.filter((name) => !name.endsWith('package.json')).sort(),
  )
})

test('the types of examples and tests are checked with the sources', () => {
  const { include } = JSON.parse(textOf('tsconfig.json')) as { include: string[] }
  for (const folder of ['src', 'guards', 'server', 'examples', 'test', 'bench']) {
    expect(include).toContain(folder)
  }
  expect(filesBelow('examples', ['.ts']).length).toBeGreaterThan(3)
})

test('the base example is the first block of the README', () => {
  const [, block = ''] = /```ts\n([\s\S]*?)```/.exec(textOf('README.md')) ?? []
  expect(statementsOf(block)).toEqual(statementsOf(textOf('examples/hold-a-checkout.ts')))
})

/** Without comments and layout; imports sorted, as the formatter sorts them. */
function statementsOf(code: string): readonly string[] {
  const lines = code.split('\n').map((line) => line.replace(/(^|\s)\/\/ .*$/, ''))
  const imports = lines.filter((line) => line.startsWith('import ')).map((line) => line.trim())
  const rest = lines.filter((line) => !line.startsWith('import ')).join('\n')
  return [
    ...imports.sort(),
    rest
      .replace(/[\s;]+/g, ' ')
      .replace(/,? ([})])/g, ' $1')
      .trim(),
  ]
}
