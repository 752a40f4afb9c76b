import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { openQuestions } from '../../../src/compose/init/ask.ts'
import { eventually } from '../../support/eventually.ts'

function terminal(signal = new AbortController().signal) {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  let printed = ''
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const questions = openQuestions({ input, output }, signal)
  onTestFinished(() => questions.close())
  return { input, questions, printed: () => printed }
}

test('an answer is given back without the blanks around it, and is seen while it is typed', async () => {
  const { input, questions, printed } = terminal()
  const answer = questions.ask('Channel: ')
  input.write('  C0123456789 \r')
  expect(await answer).toBe('C0123456789')
  expect(printed()).toContain('Channel: ')
  expect(printed()).toContain('C0123456789')
})

test('a secret is not seen while it is typed, nor in a later question', async () => {
  const { input, questions, printed } = terminal()
  const token = questions.askHidden('Token: ')
  input.write('xoxb-very-secret\r')
  expect(await token).toBe('xoxb-very-secret')
  const next = questions.ask('Channel: ')
  // Arrow up would bring it back from a history.
  input.write('\u001b[A\r')
  expect(await next).toBe('')
  expect(printed()).toContain('Token: ')
  expect(printed()).not.toContain('secret')
})

test('Ctrl-C, the end of input and an abort each end the question', async () => {
  for (const end of ['\u0003', undefined]) {
    const { input, questions } = terminal()
    const answer = questions.ask('Channel: ')
    if (end === undefined) input.end()
    else input.write(end)
    await expect(answer).rejects.toThrow('abort')
  }
  const stop = new AbortController()
  const { questions, printed } = terminal(stop.signal)
  const answer = questions.ask('Channel: ')
  await eventually(() => expect(printed()).toContain('Channel'))
  stop.abort()
  await expect(answer).rejects.toThrow('abort')
})

test('Ctrl-C stops what goes on while nothing is asked', () => {
  const { input, questions } = terminal()
  expect(questions.stopped.aborted).toBe(false)
  input.write('\u0003')
  return eventually(() => expect(questions.stopped.aborted).toBe(true))
})
