import { expect, test } from 'vitest'
import { CATALOGUE, type ErrorCode } from '../../src/core/errors.ts'
import { filesBelow, textOf } from './sources.ts'

/** A row of `docs/errors.md`: code, what to do, whether the same call may succeed later, facts. */
const ROW = /^\| `(HP_ERR_[A-Z_]+)` \| (.+?) \| (yes|no) \| (.*?) \|$/gm

const rows = [...textOf('docs/errors.md').matchAll(ROW)].map(
  ([, code, hint, retryable, facts]) => ({
    code: code ?? '',
    hint,
    retryable: retryable === 'yes',
    facts: [...(facts ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  }),
)

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(CATALOGUE, code)
}

test('every code of the catalogue is in docs/errors.md, once', () => {
  expect(rows.map((row) => row.code).sort()).toEqual(Object.keys(CATALOGUE).sort())
})

test('docs/errors.md names no code that does not exist', () => {
  const named = textOf('docs/errors.md').match(/HP_ERR_[A-Z_]+/g) ?? []
  expect(named.filter((code) => !isCode(code))).toEqual([])
})

test('docs/errors.md says what the error itself says', () => {
  const wrong = rows.filter(({ code, hint, retryable }) => {
    if (!isCode(code)) return true
    return CATALOGUE[code].hint !== hint || CATALOGUE[code].retryable !== retryable
  })
  expect(wrong).toEqual([])
})

test('docs/errors.md lists the facts that the type of a code carries', () => {
  // Types are gone at run time, so the declaration is read.
  const [, declared = ''] =
    /interface DetailsByCode \{\n([\s\S]*?)\n\}/.exec(textOf('src/core/errors.ts')) ?? []
  const details = new Map(
    [...declared.matchAll(/^ {2}(HP_ERR_[A-Z_]+): \{([^}]*)\}/gm)].map(([, code, members]) => [
      code,
      [...(members ?? '').matchAll(/readonly (\w+)\??:/g)].map(([, name]) => name),
    ]),
  )
  expect(details.size).toBeGreaterThan(10)
  for (const { code, facts } of rows)
    expect({ code, facts }).toEqual({ code, facts: details.get(code) ?? [] })
})

test('the other documents name only codes that exist', () => {
  for (const path of filesBelow('.', ['.md'])) {
    const named = textOf(path).match(/HP_ERR_[A-Z_]+/g) ?? []
    expect({ path, unknown: named.filter((code) => !isCode(code)) }).toEqual({ path, unknown: [] })
  }
})
