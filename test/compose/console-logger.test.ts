import { expect, onTestFinished, test, vi } from 'vitest'
import { consoleLogger } from '../../src/compose/console-logger.ts'

/** What `log` writes to standard error; nothing may go to standard output, which is the program's. */
function written(log: () => void): string {
  const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  onTestFinished(() => {
    error.mockRestore()
    output.mockRestore()
  })
  log()
  expect(output.mock.calls).toEqual([])
  const text = error.mock.calls.map(([chunk]) => String(chunk)).join('')
  error.mockRestore()
  output.mockRestore()
  return text
}

test('a warning is one line with its facts, on standard error', () => {
  const facts = { agent: 'shopper', requestId: 'HP-1', attempts: 2, after: undefined }
  expect(written(() => consoleLogger.warn('an agent is frozen', facts))).toBe(
    'holdpoint warning: an agent is frozen agent=shopper requestId=HP-1 attempts=2 after=undefined\n',
  )
  expect(written(() => consoleLogger.error('closing failed'))).toBe(
    'holdpoint error: closing failed\n',
  )
})

test('what goes well needs no line', () => {
  expect(written(() => consoleLogger.info('a paused request was gone', { error: 'x' }))).toBe('')
})

test.each<[string, string, string]>([
  ['a Slack token', 'xoxb-1234-5678-AbCdEf', 'invalid_auth for xoxb-1234-5678-AbCdEf'],
  ['an app-level token', 'xapp-1-A1-2-ff00', 'bad token xapp-1-A1-2-ff00'],
  ['an OpenAI key', 'sk-proj-Zz9Yy8Xx7', 'Incorrect API key provided: sk-proj-Zz9Yy8Xx7.'],
  ["a database's password", 'hunter2', 'connect to postgres://agent:hunter2@db.example/hp failed'],
  ["an address's query", 'c2lnbi1pbg', 'GET https://shop.example/in?code=c2lnbi1pbg answered 500'],
  ["a webhook's path", 'T00/B00/XyZ', 'POST https://hooks.slack.example/T00/B00/XyZ: no_service'],
  ['a bearer token', 'eyJhbGciOi.eyJ.sig', 'header was: Bearer eyJhbGciOi.eyJ.sig'],
  ['a password in a text', 'hunter2', 'FATAL: password=hunter2 is wrong'],
  [
    'a long random word',
    '9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    'no row 9f8e7d6c5b4a39281706f5e4d3c2b1a0',
  ],
])('%s is never shown, neither in an error, in its text nor as a fact', (_, secret, message) => {
  const error = new Error(message)
  for (const fact of [error, String(error), message, { toString: () => message }]) {
    const text = written(() => consoleLogger.error('a channel failed', { error: fact }))
    expect(text).toMatch(/^holdpoint error: a channel failed error=.+\n$/)
    expect(text).not.toContain(secret)
  }
})

test('an error is shown by name and message, without its stack', () => {
  const error = new TypeError('fetch failed')
  const text = written(() => consoleLogger.error('a channel failed', { error }))
  expect(text).toBe('holdpoint error: a channel failed error=TypeError: fetch failed\n')
})

test('nothing that a page wrote can move the cursor, colour the terminal or begin a line of its own', () => {
  const hostile = '\u001b[2J\u001b]0;title\u0007Approve\nholdpoint: HELD HP-9\r\u009b31m\u202e'
  const text = written(() =>
    consoleLogger.warn(`a page said ${hostile}`, { title: hostile, error: new Error(hostile) }),
  )
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  expect(text.indexOf('\n')).toBe(text.length - 1)
})

test('a fact of a megabyte is shortened', () => {
  const text = written(() => consoleLogger.warn('an answer', { body: 'a '.repeat(500_000) }))
  expect(text.length).toBeLessThan(400)
})
