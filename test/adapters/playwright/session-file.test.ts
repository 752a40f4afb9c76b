import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { RecordedCall, SessionRecorder } from '../../../src/adapters/playwright/recorder.ts'
import { openSessionFile } from '../../../src/adapters/playwright/session-file.ts'
import { sha256Hex } from '../../../src/core/canonical.ts'
import { recordHash, type SessionRecord, sessionRecordSchema } from '../../../src/core/session.ts'
import { startChild } from '../../support/child.ts'
import { draft, stillClock } from '../../support/desk.ts'
import { eventually } from '../../support/eventually.ts'
import { temporaryFolder } from '../../support/folder.ts'

interface Recording {
  readonly recorder: SessionRecorder
  readonly folder: string
  readonly clock: ReturnType<typeof stillClock>
  readonly failures: readonly string[]
}

async function record(session = 's-1', folder?: string): Promise<Recording> {
  const parent = folder ?? (await temporaryFolder())
  const clock = stillClock('2026-11-21T11:45:00.000Z')
  const failures: string[] = []
  const logger = { info() {}, warn() {}, error: (text: string) => void failures.push(text) }
  const recorder = openSessionFile({
    folder: parent,
    session,
    agent: 'shopper',
    onBehalfOf: 'ada',
    task: 'Buy printer paper',
    clock,
    logger,
  })
  return { recorder, folder: parent, clock, failures }
}

function call(change: Partial<RecordedCall> = {}): RecordedCall {
  return {
    name: 'click',
    target: 'Add to cart',
    url: 'https://shop.example/paper?token=in-the-query#reviews',
    durationMs: 41.6,
    failed: false,
    ...change,
  }
}

/** The lines of a file, each checked against the format and against the line before it. */
function recordsOf(folder: string, session = 's-1'): readonly SessionRecord[] {
  const text = readFileSync(join(folder, session, 'session.jsonl'), 'utf8')
  let prev = '0'.repeat(64)
  return text
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const entry = sessionRecordSchema.parse(JSON.parse(line))
      expect([entry.seq, entry.prev]).toEqual([index, prev])
      prev = recordHash(entry)
      return entry
    })
}

test('a session is a head, a step per action, and an end, each with the hash of the one before', async () => {
  const { recorder, folder, clock } = await record()
  clock.advance(1_000)
  recorder.step(call())
  clock.advance(1_000)
  recorder.step(call({ name: 'fill', target: 'City', url: 'about:blank', failed: true }))
  await recorder.close()
  const [head, first, second, end] = recordsOf(folder)
  expect(head).toMatchObject({
    kind: 'session',
    session: 's-1',
    agent: 'shopper',
    onBehalfOf: 'ada',
    task: 'Buy printer paper',
    capturedBy: 'in-process',
    at: '2026-11-21T11:45:00.000Z',
  })
  expect(first).toMatchObject({
    kind: 'step',
    at: '2026-11-21T11:45:01.000Z',
    action: 'click "Add to cart"',
    origin: 'https://shop.example',
    path: '/paper',
    findings: [],
    result: 'passed',
    durationMs: 42,
  })
  expect(second).toMatchObject({ action: 'fill "City"', result: 'failed' })
  expect(end).toMatchObject({ kind: 'end', steps: 2 })
})

test('neither query nor fragment of an address is written', async () => {
  const { recorder, folder } = await record()
  recorder.step(call())
  await recorder.close()
  const text = readFileSync(join(folder, 's-1', 'session.jsonl'), 'utf8')
  expect(text).not.toMatch(/in-the-query|reviews/)
})

test('a held step names guard, reason, request and ending', async () => {
  const { recorder, folder } = await record()
  const finding = {
    kind: 'purchase',
    risk: 'high',
    confidence: 0.9,
    terms: draft().terms,
    why: 'It pays\u202e 182.40 EUR.',
  } as const
  const request = { ...draft(), id: 'HP-7' } as never
  recorder.step(
    call({
      judgement: { answer: 'hold', guard: 'checkout', finding },
      ending: { status: 'succeeded', request, label: 'order\n10042', edited: [] },
    }),
  )
  await recorder.close()
  expect(recordsOf(folder)[1]).toMatchObject({
    findings: [{ guard: 'checkout', kind: 'purchase', why: 'It pays 182.40 EUR.' }],
    requestId: 'HP-7',
    result: 'succeeded: order 10042',
  })
})

test('a request that no guard knew is a step with a finding, and is counted', async () => {
  const { recorder, folder } = await record()
  recorder.unrecognised({
    via: 'request',
    method: 'request',
    cause: 'agent',
    session: { agent: 'shopper', session: 's-1' },
    request: {
      method: 'POST',
      url: 'https://shop.example/api/save?key=secret',
      resourceType: 'fetch',
      body: 'json',
      query: [],
      fields: [],
      sameSite: true,
    },
  })
  await recorder.close()
  const [, step, end] = recordsOf(folder)
  expect(step).toMatchObject({
    action: 'POST request',
    origin: 'https://shop.example',
    path: '/api/save',
    findings: [{ guard: 'default', kind: 'unrecognised' }],
    result: 'passed',
  })
  expect(end).toMatchObject({ steps: 1 })
})

test('a name that the page wrote is one shortened line', async () => {
  const { recorder, folder } = await record()
  recorder.step(call({ target: `Pay\u001b[2J\nnow\u202e ${'x'.repeat(500)}` }))
  await recorder.close()
  const step = recordsOf(folder)[1]
  expect(step).toMatchObject({ action: expect.stringMatching(/^click "Pay\[2J now x+…$/) })
})

test('a picture stands beside the file under the hash that its step names, once for equal ones', async () => {
  const { recorder, folder } = await record()
  const bytes = new Uint8Array([0xff, 0xd8, 0xff, 1])
  recorder.step(call({ frame: Promise.resolve({ bytes }) }))
  recorder.step(call({ frame: Promise.resolve({ bytes }) }))
  recorder.step(call({ frame: Promise.resolve(undefined) }))
  await recorder.close()
  const picture = sha256Hex(bytes)
  const steps = recordsOf(folder).slice(1, -1)
  expect(steps.map((step) => 'picture' in step && step.picture)).toEqual([picture, picture, false])
  expect(readdirSync(join(folder, 's-1')).sort()).toEqual(
    [`${picture}.jpg`, 'session.jsonl'].sort(),
  )
  expect(readFileSync(join(folder, 's-1', `${picture}.jpg`))).toEqual(Buffer.from(bytes))
})

test('steps keep their order and their own time, however long a picture takes', async () => {
  const { recorder, folder, clock } = await record()
  const late = Promise.withResolvers<undefined>()
  recorder.step(call({ target: 'first', frame: late.promise }))
  clock.advance(5_000)
  recorder.step(call({ target: 'second' }))
  late.resolve(undefined)
  await recorder.close()
  expect(recordsOf(folder).slice(1, 3)).toMatchObject([
    { action: 'click "first"', at: '2026-11-21T11:45:00.000Z' },
    { action: 'click "second"', at: '2026-11-21T11:45:05.000Z' },
  ])
})

test('a picture that could not be taken is missing; its step and those after it are not', async () => {
  const { recorder, folder, failures } = await record()
  recorder.step(call({ frame: Promise.reject(new Error('the page closed')) }))
  recorder.step(call())
  await recorder.close()
  expect(recordsOf(folder).map(({ kind }) => kind)).toEqual(['session', 'step', 'step', 'end'])
  expect(failures).toEqual([])
})

test('folder and files are closed to other users', async () => {
  const { recorder, folder } = await record()
  recorder.step(call({ frame: Promise.resolve({ bytes: new Uint8Array([1]) }) }))
  await recorder.close()
  const modeOf = (name: string) => statSync(join(folder, 's-1', name)).mode & 0o777
  expect(modeOf('.')).toBe(0o700)
  expect(readdirSync(join(folder, 's-1')).map(modeOf)).toEqual([0o600, 0o600])
})

test('a session of a name that was recorded before leaves the earlier one whole', async () => {
  const first = await record('monday')
  first.recorder.step(call({ target: 'earlier' }))
  // Not closed: its process may have been killed, or still be at work.
  const second = await record('monday', first.folder)
  second.recorder.step(call({ target: 'later' }))
  await Promise.all([first.recorder.close(), second.recorder.close()])
  const actions = ['monday', 'monday-2'].map((name) => recordsOf(first.folder, name)[1])
  expect(actions).toMatchObject([{ action: 'click "earlier"' }, { action: 'click "later"' }])
})

test('after close nothing is written, and closing twice writes one end', async () => {
  const { recorder, folder } = await record()
  recorder.step(call())
  const closing = recorder.close()
  recorder.step(call({ target: 'too late' }))
  await Promise.all([closing, recorder.close()])
  // Whatever were still to be written is written before all that another recording writes.
  const other = await record('s-other', folder)
  other.recorder.step(call())
  await other.recorder.close()
  expect(recordsOf(folder).map(({ kind }) => kind)).toEqual(['session', 'step', 'end'])
})

test('a record that fails is said once and ends the recording, and no end is written over the gap', async () => {
  const { recorder, folder, failures } = await record()
  recorder.step(call({ target: 'kept' }))
  // Not a whole number of milliseconds, nor any number: the format refuses it, as a full disk would a write.
  recorder.step(call({ target: 'lost', durationMs: Number.NaN }))
  recorder.step(call({ target: 'lost too' }))
  await recorder.close()
  expect(recordsOf(folder).map(({ kind }) => kind)).toEqual(['session', 'step'])
  expect(failures).toEqual(['the session is no longer recorded'])
})

test('a folder that cannot be made never fails the action or the close', async () => {
  const parent = await temporaryFolder()
  writeFileSync(join(parent, 'file'), '')
  const { recorder, failures } = await record('s-1', join(parent, 'file'))
  recorder.step(call())
  await recorder.close()
  expect(failures).toEqual(['the session is no longer recorded'])
})

test('a process that is killed leaves whole lines, all but the last of them for certain', async () => {
  const parent = await temporaryFolder()
  const child = startChild(`
    const { openSessionFile } = await import(source('src/adapters/playwright/session-file.ts'))
    const recorder = openSessionFile({
      folder: ${JSON.stringify(parent)}, session: 's-1', agent: 'shopper',
      clock: { now: () => new Date() }, logger: { info() {}, warn() {}, error: console.error },
    })
    const url = 'https://shop.example/'
    for (let number = 1; ; number += 1) {
      recorder.step({ name: 'click', target: String(number), url, durationMs: 1, failed: false })
      await new Promise(setImmediate)
    }
  `)
  onTestFinished(() => child.kill())
  const file = join(parent, 's-1', 'session.jsonl')
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])
  await eventually(() => expect(lines().length).toBeGreaterThan(50))
  await child.kill()
  const whole = lines().slice(0, -1)
  const actions = whole.slice(1).map((line) => {
    const entry = sessionRecordSchema.parse(JSON.parse(line))
    return entry.kind === 'step' ? entry.action : entry.kind
  })
  expect(actions).toEqual(actions.map((_, index) => `click "${index + 1}"`))
})
