import { expect, test } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

/** Who may say that a person decided. Anybody else could approve in somebody's name. */
const MAKERS = [
  { name: 'proofOfSession', onlyIn: 'server/authenticate.ts' },
  { name: 'proofOfCallback', onlyIn: 'src/deciding/receive-answer.ts' },
]
const HOME = 'src/deciding/proof.ts'

const files = ['src', 'server', 'guards', 'examples', 'scripts']
  .flatMap((folder) => filesBelow(folder, ['.ts', '.mjs', '.js']))
  .filter((file) => file !== HOME)

// The name alone, not only a call: an alias or a re-export would hand the maker on.
function names(text: string, maker: string): boolean {
  return new RegExp(`\\b${maker}\\b`).test(text)
}

function takesEverything(text: string): boolean {
  return /(?:\*(?: as \w+)? from |import\()'[^']*\/proof\.ts'/.test(text)
}

function casts(text: string): boolean {
  return /\bas (?:unknown as )?ReviewerProof\b/.test(text)
}

for (const { name, onlyIn } of MAKERS) {
  test(`only ${onlyIn} makes a proof with ${name}`, () => {
    expect(files.filter((file) => names(textOf(file), name))).toEqual([onlyIn])
  })
}

test('nobody takes the makers without naming them', () => {
  expect(files.filter((file) => takesEverything(textOf(file)))).toEqual([])
  expect(takesEverything("import * as proof from '../deciding/proof.ts'")).toBe(true)
  expect(takesEverything("export * from './proof.ts'")).toBe(true)
  expect(takesEverything("const all = await import('./proof.ts')")).toBe(true)
})

test('nobody calls something else a proof by a cast', () => {
  expect(files.filter((file) => casts(textOf(file)))).toEqual([])
  expect(casts('const proof = body as unknown as ReviewerProof')).toBe(true)
})

test('the package exports no maker', () => {
  const entries = ['src/index.ts', 'server/index.ts', 'src/testing/index.ts', 'src/core/guard.ts']
  for (const entry of entries) expect(textOf(entry)).not.toMatch(/proofOf|proof\.ts/)
})
