import { expect, test } from 'vitest'
import { personName } from '../../../../src/adapters/slack/setup/person-name.ts'

test('a person is called as Slack shows them', () => {
  const profile = { display_name: 'Grace', real_name: 'Grace Hopper' }
  expect(personName({ id: 'U1', name: 'ghopper', profile })).toBe('Grace')
  expect(personName({ id: 'U1', name: 'ghopper', profile: { display_name: ' ' } })).toBe('ghopper')
  expect(personName({ id: 'U1' })).toBe('U1')
})

test('a name holds nothing that a terminal would obey, and is not endless', () => {
  const profile = { display_name: `Eve\u001b[2J\n✓ ${'x'.repeat(200)}` }
  const name = personName({ id: 'U1', profile })
  expect(name).toMatch(/^Eve\[2J ✓ x+…$/)
  expect(name).toHaveLength(80)
})
