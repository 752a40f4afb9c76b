import { expect, test } from 'vitest'
import { safeError } from '../../src/deciding/safe-error.ts'

test.each([
  ['a plain message stays', 'channel_not_found', 'Error: channel_not_found'],
  ['a Slack token', 'bad token xoxb-123-abc', 'Error: bad token …'],
  ['a bearer token', 'sent Authorization: Bearer abc.def', 'Error: sent Authorization: Bearer …'],
  [
    'a webhook, whose path is its secret',
    'POST https://hooks.slack.example/services/T0/B0/x failed',
    'Error: POST https://hooks.slack.example/… failed',
  ],
  [
    'an address with a password and a query',
    'postgres://user:pw@db.example/x?y=1 refused',
    'Error: postgres://db.example/… refused',
  ],
  ['a named secret', 'token=abc123 and password: "hunter2"', 'Error: token=… and password: "…"'],
  ['a long random word', 'key 0123456789abcdef0123456789abcdef is wrong', 'Error: key … is wrong'],
  ['line ends and control characters', 'one\ntwo\u0007', 'Error: one two'],
])('%s', (_, message, shown) => {
  expect(safeError(new Error(message))).toBe(shown)
})

test('a long message is cut, and what is no error has no words', () => {
  expect(safeError(new Error('x '.repeat(500))).length).toBeLessThanOrEqual(210)
  expect(safeError({ token: 'secret' })).toBe('an unknown error')
})
