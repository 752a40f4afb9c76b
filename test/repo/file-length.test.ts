import { expect, test } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

const MAX_LINES = 300

function linesOf(text: string): number {
  return text.trimEnd().split('\n').length
}

test(`no source file is longer than ${MAX_LINES} lines`, () => {
  const tooLong = ['src', 'server', 'guards', 'examples', 'scripts']
    .flatMap((folder) => filesBelow(folder, ['.ts', '.mjs', '.js']))
    .map((file) => ({ file, lines: linesOf(textOf(file)) }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ file, lines }) => `${file}: ${lines} lines`)
  expect(tooLong).toEqual([])
})

test('the line end of the last line is no line', () => {
  expect(linesOf('a\nb\n')).toBe(2)
})
