import { expect, test } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

const NAMED =
  /^( *)(describe|test)(?:\.(?:each|for)\([^)]*\)|\.\w+)?\(\s*(['"`])((?:\\.|(?!\3).)*)\3/gm

/** Full names of a file's tests: the formatter's indentation tells which `describe` they stand in. */
function testNames(text: string): readonly string[] {
  const open: { readonly indent: number; readonly name: string }[] = []
  const names: string[] = []
  for (const [, spaces = '', kind, , name = ''] of text.matchAll(NAMED)) {
    while ((open.at(-1)?.indent ?? -1) >= spaces.length) open.pop()
    if (kind === 'describe') open.push({ indent: spaces.length, name })
    else names.push([...open.map((entry) => entry.name), name].join(' > '))
  }
  return names
}

const files = filesBelow('test', ['.test.ts', '.spec.ts'])

test('no two tests of a file have one name', () => {
  const repeated = files.flatMap((file) => {
    const names = testNames(textOf(file))
    return names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `${file}: ${name}`)
  })
  expect(repeated).toEqual([])
})

test('a name states a rule, and neither a wish nor praise', () => {
  const vague = files.flatMap((file) =>
    testNames(textOf(file))
      .filter((name) => /\bshould\b|\bworks (?:correctly|fine|as expected)\b/i.test(name))
      .map((name) => `${file}: ${name}`),
  )
  expect(vague).toEqual([])
})

test('names are read with the describes they stand in', () => {
  const text = [
    "describe('a lock', () => {",
    "  test('is taken once', () => {})",
    "  describe('after kill -9', () => {",
    '    test(`is taken once`, () => {})',
    '  })',
    '})',
    "test('is taken once', () => {})",
  ].join('\n')
  expect(testNames(text)).toEqual([
    'a lock > is taken once',
    'a lock > after kill -9 > is taken once',
    'is taken once',
  ])
})
