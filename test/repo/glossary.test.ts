import { expect, test } from 'vitest'
import { textOf } from './sources.ts'

/** The vocabulary of the design, in its order. */
const WORDS = [
  'action',
  'attempt',
  'guard',
  'terms',
  'action identity',
  'gesture',
  'hold',
  'approval request',
  'evidence',
  'channel',
  'reviewer / agent / on behalf of',
  'decision',
  'policy',
  'verdict',
  'verifier',
  'permit',
  'execution claim, lease, fencing token',
  'in doubt',
  'session, step',
  'audit entry',
]

const glossary = textOf('docs/glossary.md')

test('the glossary begins with the words of the design, each explained, in their order', () => {
  const explained = [...glossary.matchAll(/^\| ([^|]+?) \| ([^|]{10,}) \|$/gm)].map(
    ([, word]) => word,
  )
  expect(explained.filter((word) => word !== 'word').slice(0, WORDS.length)).toEqual(WORDS)
})

test('the glossary names the verbs', () => {
  for (const verb of [
    'hold',
    'pass',
    'approve',
    'reject',
    'expire',
    'withdrawn',
    'refuses',
    'in doubt',
  ]) {
    expect(glossary).toContain(`**${verb}**`)
  }
})
