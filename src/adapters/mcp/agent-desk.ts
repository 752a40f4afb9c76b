import type { z } from 'zod'
import {
  type AgentRequest,
  agentRefusalSchema,
  agentRequestSchema,
  agentRequestsSchema,
} from '../../core/agent-api.ts'

/** What an agent may ask of the desk. None of it decides. Errors are `DeskError`, or the signal's reason. */
export interface AgentDesk {
  /** Newest first. */
  list(signal: AbortSignal): Promise<readonly AgentRequest[]>
  /** As it stands once it has ended, or after `waitMs`. */
  outcome(requestId: string, waitMs: number, signal: AbortSignal): Promise<AgentRequest>
  withdraw(
    requestId: string,
    reason: string | undefined,
    signal: AbortSignal,
  ): Promise<AgentRequest>
}

/** The message is for the agent: what is the matter, and what to do. */
export class DeskError extends Error {
  override readonly name = 'DeskError'
}

export interface DeskAddress {
  readonly url: string
  readonly token: string
}

export interface AgentDeskOptions {
  /** Where the desk is just now; read again when it has gone, as each start has another address and token. */
  readonly find: () => DeskAddress | undefined
  /** Named in errors. */
  readonly folder: string
  /** Only this agent's requests; default those of all agents of the folder. */
  readonly agent?: string
}

/** How long a desk that went away while it was asked may take to come back. */
const RESTART_MS = 5_000
const LOOK_AGAIN_MS = 100
/** For an answer that waits for nobody, or beyond the wait that was asked for. */
const ANSWER_MS = 3_000

interface Question {
  readonly method?: 'POST'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly limitMs: number
}

/** The desk that owns a data folder, over its agent API. */
export function agentDesk(options: AgentDeskOptions): AgentDesk {
  const { find, folder, agent } = options

  async function ask<T>(
    schema: z.ZodType<T>,
    question: () => Question,
    signal: AbortSignal,
  ): Promise<T> {
    let desk = find()
    while (desk !== undefined) {
      const answer = await send(desk, question(), agent, signal)
      if (answer !== undefined) return read(schema, answer)
      desk = await another(desk, signal)
    }
    throw new DeskError(`no Holdpoint runs for ${folder}; start your agent first`)
  }

  /** The desk that has taken the place of one that does not answer; undefined when nobody did. */
  async function another(lost: DeskAddress, signal: AbortSignal): Promise<DeskAddress | undefined> {
    const giveUpAtMs = performance.now() + RESTART_MS
    for (;;) {
      signal.throwIfAborted()
      const found = find()
      if (found !== undefined && found.token !== lost.token) return found
      if (performance.now() > giveUpAtMs) {
        if (found === undefined) return undefined
        throw new DeskError(
          `the Holdpoint of ${folder} does not answer; what is held stays held. Try again later`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
    }
  }

  return {
    async list(signal) {
      const question = { path: '/api/agent/requests', limitMs: ANSWER_MS }
      return (await ask(agentRequestsSchema, () => question, signal)).requests
    },
    outcome(requestId, waitMs, signal) {
      const endMs = performance.now() + waitMs
      return ask(
        agentRequestSchema,
        () => {
          const leftMs = Math.max(0, Math.round(endMs - performance.now()))
          return {
            path: `/api/agent/requests/${requestId}/outcome`,
            query: { waitMs: String(leftMs) },
            limitMs: leftMs + ANSWER_MS,
          }
        },
        signal,
      )
    },
    withdraw(requestId, reason, signal) {
      const question: Question = {
        method: 'POST',
        path: `/api/agent/requests/${requestId}/withdraw`,
        body: { reason },
        limitMs: ANSWER_MS,
      }
      return ask(agentRequestSchema, () => question, signal)
    },
  }
}

interface Answer {
  readonly ok: boolean
  readonly body: unknown
}

/** Undefined when the desk is not there any more, or not the one of this token, or about to close. */
async function send(
  desk: DeskAddress,
  question: Question,
  agent: string | undefined,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const url = new URL(question.path, desk.url)
  const query = { ...question.query, ...(agent === undefined ? {} : { agent }) }
  url.search = new URLSearchParams(query).toString()
  try {
    const response = await fetch(url, {
      headers: {
        authorization: `Bearer ${desk.token}`,
        ...(question.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(question.method === undefined ? {} : { method: question.method }),
      ...(question.body === undefined ? {} : { body: JSON.stringify(question.body) }),
      // The token is for this address only.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(question.limitMs)]),
    })
    const body: unknown = await response.json()
    return response.status === 401 || response.status === 503
      ? undefined
      : { ok: response.ok, body }
  } catch {
    return undefined
  }
}

function read<T>(schema: z.ZodType<T>, { ok, body }: Answer): T {
  const parsed = schema.safeParse(body)
  if (ok && parsed.success) return parsed.data
  const refusal = agentRefusalSchema.safeParse(body)
  throw new DeskError(
    !ok && refusal.success
      ? `${refusal.data.error.message}. ${refusal.data.error.hint}`
      : 'the answer of Holdpoint was not understood; is it another version than this one?',
  )
}
