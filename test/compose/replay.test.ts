import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { openSessionFile } from '../../src/adapters/playwright/session-file.ts'
import { replayTable } from '../../src/compose/replay.ts'
import { recordHash, type SessionRecord } from '../../src/core/session.ts'
import { draft, stillClock } from '../support/desk.ts'
import { temporaryFolder } from '../support/folder.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await temporaryFolder()
  mkdirSync(join(dataDir, 'sessions'))
})

/** Records a session as a guarded context does; gives its file. */
async function recorded(session = 's-1', task = 'Buy printer paper'): Promise<string> {
  const clock = stillClock('2026-11-21T11:45:00.000Z')
  const failed = (text: string) => {
    throw new Error(text)
  }
  const recorder = openSessionFile({
    folder: join(dataDir, 'sessions'),
    session,
    agent: 'shopper',
    onBehalfOf: 'ada',
    task,
    clock,
    logger: { info() {}, warn: failed, error: failed },
  })
  const step = { durationMs: 40, failed: false, url: 'https://shop.example/paper' }
  recorder.step({ ...step, name: 'goto' })
  clock.advance(61_000)
  recorder.step({
    ...step,
    name: 'click',
    target: 'Place order',
    url: 'https://shop.example/checkout',
    durationMs: 14_200,
    judgement: {
      answer: 'hold',
      guard: 'checkout',
      finding: {
        kind: 'purchase',
        risk: 'high',
        confidence: 0.9,
        terms: draft().terms,
        why: 'It pays.',
      },
    },
    ending: { status: 'rejected', request: { ...draft(), id: 'HP-1' } as never, reviewer: 'grace' },
  })
  await recorder.close()
  return join(dataDir, 'sessions', session, 'session.jsonl')
}

/** Rewrites a file's lines. */
function change(file: string, change: (lines: string[]) => readonly string[]): void {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  writeFileSync(file, `${change(lines).join('\n')}\n`)
}

/** A file of records as somebody else may write them, its chain whole. */
function written(file: string, ...bodies: readonly object[]): string {
  let prev = '0'.repeat(64)
  const lines = bodies.map((body, seq) => {
    const record = { v: 1, seq, at: '2026-11-21T11:45:00.000Z', prev, ...body } as SessionRecord
    prev = recordHash(record)
    return JSON.stringify(record)
  })
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

test('a session is a table of what was done, where, what was held, how it ended and how long it took', async () => {
  expect(await replayTable(await recorded())).toBe(
    [
      'session s-1 · shopper for ada · "Buy printer paper"',
      '',
      '#  time      action               where                  held                result         took',
      '1  11:45:00  goto                 shop.example/paper                         passed         40 ms',
      '2  11:46:01  click "Place order"  shop.example/checkout  checkout: purchase  HP-1 rejected  14200 ms',
      '',
      '2 steps, chain whole',
      '',
    ].join('\n'),
  )
})

describe('the word last', () => {
  test('means the session that was written to most recently', async () => {
    const older = await recorded('s-older')
    await recorded('s-newer')
    utimesSync(older, 1_000, 1_000)
    expect(await replayTable('last', dataDir)).toContain('session s-newer ')
    const soon = Date.now() / 1000 + 60
    utimesSync(older, soon, soon)
    expect(await replayTable('last', dataDir)).toContain('session s-older ')
  })

  test("finds the demo's sessions too when no folder is named", async () => {
    const before = process.cwd()
    const demo = join(dataDir, '.holdpoint', 'demo')
    const file = await recorded()
    mkdirSync(join(demo, 'sessions', 's-demo'), { recursive: true })
    writeFileSync(join(demo, 'sessions', 's-demo', 'session.jsonl'), readFileSync(file))
    process.chdir(dataDir)
    try {
      expect(await replayTable('last')).toContain('2 steps, chain whole')
    } finally {
      process.chdir(before)
    }
  })

  test('without any session says where it has looked', async () => {
    mkdirSync(join(dataDir, 'sessions', 'begun-and-killed'))
    await expect(replayTable('last', dataDir)).rejects.toMatchObject({
      code: 'HP_ERR_OPTION_INVALID',
      message: `last: there is no recorded session below ${dataDir}; run the demo first`,
    })
  })
})

describe('a file that is none', () => {
  test.each<[string, string | undefined, RegExp]>([
    ['is missing', undefined, /cannot be read \(ENOENT\)/],
    ['is empty', '', /is empty/],
    ['holds nothing but line breaks', '\n\n', /is empty/],
    ['is some text', 'hello\n', /is not a session file \(line 1\)/],
    ['is JSON of another kind', '{"name":"holdpoint"}\n', /is not a session file \(line 1\)/],
    ['is binary', '\u0000\u00ff\ufffd', /is not a session file \(line 1\)/],
  ])('because it %s is refused by its path', async (_, text, says) => {
    const file = join(dataDir, 'some.jsonl')
    if (text !== undefined) writeFileSync(file, text)
    await expect(replayTable(file)).rejects.toMatchObject({
      code: 'HP_ERR_OPTION_INVALID',
      message: expect.stringMatching(says),
    })
    await expect(replayTable(file)).rejects.toThrow(file)
  })

  test('because it is missing says where sessions lie', async () => {
    await expect(replayTable('nofile', 'data')).rejects.toThrow(
      `FILE: nofile cannot be read (ENOENT); sessions lie in ${join('data', 'sessions', '<session>', 'session.jsonl')}, and "last" is the newest`,
    )
    await expect(replayTable('nofile')).rejects.toThrow(
      `${join('.holdpoint', 'sessions', '<session>', 'session.jsonl')} (those of the demo below .holdpoint/demo)`,
    )
  })

  test('because it is a folder is refused as well', async () => {
    await expect(replayTable(dataDir)).rejects.toThrow(`${dataDir} cannot be read (EISDIR)`)
  })
})

describe('a damaged session', () => {
  test('whose last line is cut off shows what is whole, and says from where on it is not', async () => {
    const file = await recorded()
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.slice(0, text.indexOf('\n', text.indexOf('"seq":1')) + 40))
    const table = await replayTable(file)
    expect(table).toContain('\n1  11:45:00  goto')
    expect(table).toMatch(/\n\nline 3 cannot be read; the table ends before it\n$/)
  })

  test('that was never closed says that its end may be missing', async () => {
    const file = await recorded()
    change(file, (lines) => lines.slice(0, -1))
    expect(await replayTable(file)).toMatch(/not closed; its end may be missing\n$/)
  })

  test.each([2, 3])(
    'with a line %i that is garbage names it by its number, and claims no more',
    async (number) => {
      const file = await recorded()
      change(file, (lines) => lines.with(number - 1, '{"kind":"step"'))
      const table = await replayTable(file)
      expect(table).toContain(`line ${number} cannot be read; the table ends before it`)
      expect(table).not.toContain('chain whole')
    },
  )

  test('counts its lines as an editor does, empty ones too', async () => {
    const file = await recorded()
    change(file, ([head, ...rest]) => [head ?? '', '', '', 'garbage', ...rest])
    expect(await replayTable(file)).toContain('line 4 cannot be read')
  })

  test('with a changed line shows nothing from the next line on, and says that it was changed', async () => {
    const file = await recorded()
    change(file, (lines) => lines.map((line) => line.replace('paper', 'pencils')))
    const table = await replayTable(file)
    expect(table).toMatch(/\n\nCHAIN BROKEN at line 2: the file was changed\n$/)
    expect(table).not.toContain('Place order')
  })

  test.each<[string, (lines: string[]) => readonly string[]]>([
    ['a line taken out', (lines) => lines.toSpliced(1, 1)],
    ['a line put in twice', (lines) => lines.toSpliced(1, 0, lines[1] ?? '')],
    ['two lines exchanged', ([a, b, c, ...d]) => [a ?? '', c ?? '', b ?? '', ...d]],
    ['its first line taken out', (lines) => lines.slice(1)],
  ])('with %s has a broken chain', async (_, edit) => {
    const file = await recorded()
    change(file, edit)
    expect(await replayTable(file)).toContain('CHAIN BROKEN')
  })

  test('whose end counts other steps than it holds says so', async () => {
    const head = { kind: 'session', session: 's', agent: 'a', capturedBy: 'in-process' }
    const file = written(join(dataDir, 'x.jsonl'), head, { kind: 'end', steps: 3 })
    const table = await replayTable(file)
    expect(table).toMatch(/\n\nthe session had 3 steps; 0 are recorded\n$/)
  })
})

test('nothing in a file, wherever it comes from, reaches the terminal as control characters', async () => {
  const hostile = 'x\u001b[2J\u001b]8;;http://evil.example\u0007\u202e\r\n1  00:00:00  forged'
  const head = {
    kind: 'session',
    session: hostile,
    agent: hostile,
    task: hostile,
    capturedBy: 'gateway',
  }
  const step = {
    kind: 'step',
    action: hostile,
    origin: hostile,
    path: hostile,
    findings: [{ guard: hostile, kind: 'purchase', why: hostile }],
    requestId: hostile,
    result: hostile,
    durationMs: 1,
  }
  const table = await replayTable(
    written(join(dataDir, 'x.jsonl'), head, step, { kind: 'end', steps: 1 }),
  )
  expect(table).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  expect(table.split('\n')).toHaveLength(7)
})

test('a task of several lines is one line of the table', async () => {
  const table = await replayTable(await recorded('s-1', 'Buy paper\n#  time\nand pens'))
  expect(table.split('\n')[0]).toBe('session s-1 · shopper for ada · "Buy paper # time and pens"')
})

test('a cell that is too wide is cut, and the columns stay in line', async () => {
  const head = { kind: 'session', session: 's', agent: 'a', capturedBy: 'in-process' }
  const step = {
    kind: 'step',
    origin: 'https://shop.example',
    path: '/',
    findings: [],
    durationMs: 1,
  }
  const steps = ['a', 'b'.repeat(100)].map((action) => ({ ...step, action, result: 'passed' }))
  const lines = (await replayTable(written(join(dataDir, 'x.jsonl'), head, ...steps))).split('\n')
  expect(lines[4]).toContain(` ${'b'.repeat(43)}…  shop.example/`)
  expect(lines[3]?.indexOf('shop.example')).toBe(lines[4]?.indexOf('shop.example'))
})
