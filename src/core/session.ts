import { z } from 'zod'
import { ACTION_KINDS } from './action.ts'
import { digestOf, type Json } from './canonical.ts'

/** One line of a session file (JSONL). `prev` is the hash of the line before: a changed line breaks the chain. */
const link = {
  v: z.literal(1),
  seq: z.number().int().nonnegative(),
  at: z.iso.datetime(),
  prev: z.string().length(64),
}

export const sessionRecordSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...link,
    kind: z.literal('session'),
    session: z.string(),
    agent: z.string(),
    onBehalfOf: z.string().optional(),
    task: z.string().optional(),
    capturedBy: z.enum(['in-process', 'gateway']),
  }),
  z.strictObject({
    ...link,
    kind: z.literal('step'),
    /** `click "Place order"`: method and untrusted name, secrets scrubbed. */
    action: z.string(),
    origin: z.string(),
    path: z.string(),
    findings: z.array(
      z.strictObject({ guard: z.string(), kind: z.enum(ACTION_KINDS), why: z.string() }),
    ),
    requestId: z.string().optional(),
    result: z.string(),
    durationMs: z.number(),
    /** SHA-256 of the redacted frame, stored beside the file as `<sha256>.jpg`. */
    picture: z.string().optional(),
  }),
  z.strictObject({ ...link, kind: z.literal('end'), steps: z.number().int() }),
])

export type SessionRecord = z.infer<typeof sessionRecordSchema>

export function recordHash(record: SessionRecord): string {
  return digestOf('holdpoint.session/1', record as unknown as Json)
}
