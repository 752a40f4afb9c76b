import { z } from 'zod'

/** The longest wait that the server grants in one answer: below the 60 s after which many clients give up. */
export const MAX_WAIT_MS = 55_000

/** An agent's name, as `guardContext` takes it. */
export const agentNameSchema = z.string().regex(/^[a-z0-9][\w.@-]{0,99}$/i)

/** `HP-41`. */
export const REQUEST_ID = /^HP-\d{1,12}$/

/**
 * Where a request stands, as an agent is told: an `Outcome`'s words, and what only a process that waits
 * beside the guard sees: `approved` (not done yet) and `settled` (a person said what had happened).
 */
const AGENT_STATUSES = [
  'held',
  'approved',
  'succeeded',
  'unverified',
  'rejected',
  'drifted',
  'expired',
  'withdrawn',
  'lapsed',
  'failed',
  'in-doubt',
  'settled',
] as const

/** All that an agent may know of a request: no evidence, no reviewers, nothing of the policy. */
export const agentRequestSchema = z.object({
  id: z.string().regex(REQUEST_ID),
  title: z.string(),
  status: z.enum(AGENT_STATUSES),
  /** Until when people may answer. */
  expiresAt: z.iso.datetime(),
  /** What to hand to a language model. */
  forModel: z.string().min(1),
})
export type AgentRequest = z.infer<typeof agentRequestSchema>

/** Newest first. */
export const agentRequestsSchema = z.object({ requests: z.array(agentRequestSchema) })

/** The longest reason that an agent may give for taking a request back. */
export const MAX_REASON_CHARS = 200

/** What the agent API says when it does not do what was asked. */
export const agentRefusalSchema = z.object({
  error: z.object({ message: z.string(), hint: z.string() }),
})
