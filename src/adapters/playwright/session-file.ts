import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Attempt, pathTemplate } from '../../core/action.ts'
import { sha256Hex } from '../../core/canonical.ts'
import { recordHash, type SessionRecord, sessionRecordSchema } from '../../core/session.ts'
import { plainLine } from '../../core/text.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Logger } from '../../ports/log.ts'
import type { Frame, RecordedCall, SessionRecorder } from './recorder.ts'

const GENESIS = '0'.repeat(64)

type Body = SessionRecord extends infer R
  ? R extends SessionRecord
    ? Omit<R, 'v' | 'seq' | 'at' | 'prev'>
    : never
  : never

export interface SessionFileOptions {
  /**
   * Must exist. The session becomes a folder in it: `<session>/session.jsonl` and its pictures; one that
   * was recorded before under the same name stays as it is, and this becomes `<session>-2`.
   */
  readonly folder: string
  readonly session: string
  readonly agent: string
  readonly onBehalfOf?: string | undefined
  readonly task?: string | undefined
  readonly clock: Clock
  readonly logger: Logger
}

/** A session as JSON lines, one record a step, each with the hash of the one before; pictures beside it. */
export function openSessionFile(options: SessionFileOptions): SessionRecorder {
  let folder = ''
  let seq = 0
  let steps = 0
  let prev = GENESIS
  let closed: Promise<void> | undefined
  let broken = false

  const append = async (body: Body, at: Date): Promise<void> => {
    const record = sessionRecordSchema.parse({ ...body, v: 1, seq, at: at.toISOString(), prev })
    await appendFile(join(folder, 'session.jsonl'), `${JSON.stringify(record)}\n`, { mode: 0o600 })
    seq += 1
    prev = recordHash(record)
  }
  // One writer after the other; a failure is said once and ends the recording, never the action.
  let queue: Promise<void> = Promise.resolve()
  const enqueue = (work: () => Promise<void>): void => {
    queue = queue.then(async () => {
      // Not even the end is written then: a reader must see that the rest is missing.
      if (broken) return
      try {
        await work()
      } catch (error) {
        options.logger.error('the session is no longer recorded', { error: String(error) })
        broken = true
      }
    })
  }
  const record = (body: () => Body | Promise<Body>): void => {
    if (closed !== undefined) return
    const now = options.clock.now()
    steps += 1
    enqueue(async () => append(await body(), now))
  }
  const at = options.clock.now()
  enqueue(async () => {
    folder = await newFolder(options.folder, options.session)
    await append(headOf(options), at)
  })

  return {
    step(call) {
      // A picture that could not be taken is missing; the step is not.
      const frame = call.frame?.catch(() => undefined)
      record(() => stepOf({ ...call, frame }, folder))
    },
    unrecognised: (attempt) => record(() => unrecognisedOf(attempt)),
    close() {
      closed ??= (() => {
        const now = options.clock.now()
        enqueue(() => append({ kind: 'end', steps }, now))
        return queue
      })()
      return closed
    },
  }
}

/** A chain has one writer: a session of the same name, earlier or at the same time, keeps its own folder. */
async function newFolder(parent: string, session: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const folder = join(parent, number === 1 ? session : `${session}-${number}`)
    try {
      await mkdir(folder, { mode: 0o700 })
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function headOf(options: SessionFileOptions): Body {
  return {
    kind: 'session',
    session: options.session,
    agent: options.agent,
    ...(options.onBehalfOf === undefined ? {} : { onBehalfOf: options.onBehalfOf }),
    ...(options.task === undefined ? {} : { task: options.task }),
    capturedBy: 'in-process',
  }
}

async function stepOf(call: RecordedCall, folder: string): Promise<Body> {
  const picture = await savePicture(await call.frame, folder)
  const held = call.judgement?.answer === 'hold' ? call.judgement : undefined
  const { ending } = call
  const url = URL.canParse(call.url) ? new URL(call.url) : undefined
  return {
    kind: 'step',
    action: plainLine(call.target === undefined ? call.name : `${call.name} "${call.target}"`, 160),
    origin: url?.origin ?? '',
    path: pathTemplate(url?.pathname ?? ''),
    findings:
      held === undefined
        ? []
        : [{ guard: held.guard, kind: held.finding.kind, why: plainLine(held.finding.why, 300) }],
    ...(ending !== undefined && 'request' in ending ? { requestId: ending.request.id } : {}),
    result: resultOf(call),
    durationMs: Math.round(call.durationMs),
    ...(picture === undefined ? {} : { picture }),
  }
}

function resultOf(call: RecordedCall): string {
  const { ending } = call
  if (ending === undefined) return call.failed ? 'failed' : 'passed'
  return 'label' in ending && ending.label !== undefined
    ? `${ending.status}: ${plainLine(ending.label, 80)}`
    : ending.status
}

function unrecognisedOf(attempt: Attempt): Body {
  const url = attempt.request === undefined ? undefined : new URL(attempt.request.url)
  return {
    kind: 'step',
    action: `${attempt.request?.method ?? 'request'} request`,
    origin: url?.origin ?? '',
    path: pathTemplate(url?.pathname ?? ''),
    findings: [
      { guard: 'default', kind: 'unrecognised', why: 'changes something, and no guard knows what' },
    ],
    result: 'passed',
    durationMs: 0,
  }
}

/** Pictures are stored once by content. */
async function savePicture(frame: Frame | undefined, folder: string): Promise<string | undefined> {
  if (frame === undefined) return undefined
  const sha256 = sha256Hex(frame.bytes)
  await writeFile(join(folder, `${sha256}.jpg`), frame.bytes, { mode: 0o600 })
  return sha256
}
