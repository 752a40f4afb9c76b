import { expect, test } from 'vitest'
import { filesBelow, textOf } from './sources.ts'

const records = filesBelow('docs/adr', ['.md']).filter((path) => !path.endsWith('README.md'))

test('every record says its status, context, decision, consequences and alternatives', () => {
  expect(records.length).toBeGreaterThan(7)
  for (const path of records) {
    const heads = [...textOf(path).matchAll(/^(?:Status:|\*\*(\w+)\.\*\*)/gm)].map(
      ([head, name]) => name ?? head,
    )
    const expected = ['Status:', 'Context', 'Decision', 'Consequences', 'Alternatives']
    expect({ path, heads }).toEqual({ path, heads: expected })
  }
})

test('a record is named for its day and subject, and stands in the list', () => {
  const list = textOf('docs/adr/README.md')
  for (const path of records) {
    const name = path.slice('docs/adr/'.length)
    expect(name).toMatch(/^\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md$/)
    expect(list).toContain(`(${name})`)
  }
})
