import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { optionInvalid } from '../core/errors.ts'
import { recordHash, type SessionRecord, sessionRecordSchema } from '../core/session.ts'
import { plainLine } from '../core/text.ts'

type Step = Extract<SessionRecord, { kind: 'step' }>

/** A session file as a table for people. Throws `HP_ERR_OPTION_INVALID` for a file that is none. */
export async function replayTable(file: string, dataDir?: string): Promise<string> {
  const path = file === 'last' ? await lastSession(dataDir) : file
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code ?? 'error'
    throw optionInvalid(
      'FILE',
      `${path} cannot be read (${code}); sessions lie in ${join(dataDir ?? '.holdpoint', 'sessions', '<session>', 'session.jsonl')}${dataDir === undefined ? ' (those of the demo below .holdpoint/demo)' : ''}, and "last" is the newest`,
    )
  })
  const { records, problem } = readRecords(text, path)
  const head = records.find((record) => record.kind === 'session')
  const steps = records.filter((record): record is Step => record.kind === 'step')
  const title = `session ${head?.session ?? '?'} · ${head?.agent ?? '?'}${head?.onBehalfOf === undefined ? '' : ` for ${head.onBehalfOf}`}${head?.task === undefined ? '' : ` · "${head.task}"`}`
  // A file may come from anywhere: nothing in it reaches the terminal as it is.
  return `${[plainLine(title, 400), '', ...table(steps), '', problem ?? `${steps.length} steps, chain whole`].join('\n')}\n`
}

/** Reads record by record; a torn last line (killed while writing) is said, not an error. */
function readRecords(
  text: string,
  path: string,
): { records: readonly SessionRecord[]; problem?: string } {
  const records: SessionRecord[] = []
  let prev = '0'.repeat(64)
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    const record = parse(line)
    if (record === undefined) {
      if (records.length === 0)
        throw optionInvalid('FILE', `${path} is not a session file (line ${index + 1})`)
      return { records, problem: `line ${index + 1} cannot be read; the table ends before it` }
    }
    if (record.prev !== prev)
      return { records, problem: `CHAIN BROKEN at line ${index + 1}: the file was changed` }
    prev = recordHash(record)
    records.push(record)
  }
  if (records.length === 0) throw optionInvalid('FILE', `${path} is empty`)
  const problem = problemAtEnd(records)
  return problem === undefined ? { records } : { records, problem }
}

function problemAtEnd(records: readonly SessionRecord[]): string | undefined {
  const end = records.at(-1)
  if (end?.kind !== 'end') return 'the session was not closed; its end may be missing'
  const kept = records.filter((record) => record.kind === 'step').length
  return kept === end.steps ? undefined : `the session had ${end.steps} steps; ${kept} are recorded`
}

function parse(line: string): SessionRecord | undefined {
  try {
    return sessionRecordSchema.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

function table(steps: readonly Step[]): readonly string[] {
  const rows = steps.map((step, index) =>
    [
      String(index + 1),
      step.at.slice(11, 19),
      step.action,
      step.origin === 'null' ? 'about:blank' : step.origin.replace(/^https?:\/\//, '') + step.path,
      step.findings.map((finding) => `${finding.guard}: ${finding.kind}`).join(', '),
      [step.requestId, step.result].filter((part) => part !== undefined).join(' '),
      `${step.durationMs} ms`,
    ].map((cell) => plainLine(cell, 400)),
  )
  const head = ['#', 'time', 'action', 'where', 'held', 'result', 'took']
  const widths = head.map((name, column) =>
    Math.min(44, Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length))),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(head), ...rows.map(line)]
}

function padded(cell: string, width: number): string {
  return cell.length <= width ? cell.padEnd(width) : `${cell.slice(0, width - 1)}…`
}

async function lastSession(dataDir: string | undefined): Promise<string> {
  const folders = dataDir === undefined ? ['.holdpoint', join('.holdpoint', 'demo')] : [dataDir]
  const found: { path: string; atMs: number }[] = []
  for (const folder of folders) {
    const sessions = join(folder, 'sessions')
    for (const name of await readdir(sessions).catch(() => [])) {
      const path = join(sessions, name, 'session.jsonl')
      const info = await stat(path).catch(() => undefined)
      if (info !== undefined) found.push({ path, atMs: info.mtimeMs })
    }
  }
  const newest = found.sort((a, b) => b.atMs - a.atMs)[0]
  if (newest === undefined) {
    throw optionInvalid(
      'last',
      `there is no recorded session below ${folders.join(' or ')}; run the demo first`,
    )
  }
  return newest.path
}
