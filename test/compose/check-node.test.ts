import { expect, test } from 'vitest'
import { checkNode } from '../../src/compose/check-node.ts'

test.each(['20.20.2', '22.17.9', '18.0.0', ''])(
  'Node "%s" is refused by its version',
  (version) => {
    expect(() => checkNode(version)).toThrow(`Node: is ${version}; it must be 22.18 or newer`)
  },
)

test.each(['22.18.0', '22.20.1', '24.0.0', process.versions.node])('Node %s will do', (version) => {
  expect(() => checkNode(version)).not.toThrow()
})
