import { optionInvalid } from '../core/errors.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { Approvals, RequestEnding } from '../ports/approvals.ts'
import type { Logger } from '../ports/log.ts'

/** How a request ended. News, not a permission: what runs goes by the signed verdict alone. */
export interface VerdictReached {
  /** `HP-41`. */
  readonly requestId: string
  /** `lapsed`: approved, but nobody started it in time. It follows an `approved` that was told before. */
  readonly verdict: RequestEnding['state']
  readonly agent: string
  readonly session: string
  /** The reviewer's words, or why it was withdrawn or lapsed. */
  readonly reason?: string
  readonly request: ApprovalRequest
}

/** Resolved means heard: it is not told again. One that throws is told again, later and later. */
export type VerdictHandler = (reached: VerdictReached) => void | Promise<void>

/** Ends a subscription; what its handler has begun goes on. */
export type Unsubscribe = () => void

/** So many verdicts are being told at a time; a handler may take as long as it likes. */
const AT_ONCE = 10
const RETRY_MS = 1_000
const MAX_RETRY_MS = 5 * 60_000

interface Subscriber {
  readonly handler: VerdictHandler
}

/**
 * Tells every subscriber of every verdict, at least once. What was heard by all is remembered in the store
 * (`markTold`), so a verdict that was reached or told while the process died is told by the next one.
 */
export class VerdictTeller {
  readonly #approvals: Approvals
  readonly #logger: Logger
  readonly #subscribers = new Set<Subscriber>()
  /** Requests that are being told, or wait to be told again. */
  readonly #telling = new Set<string>()
  #underWay = 0
  #listening: Promise<{ close(): void }> | undefined
  #looking = false
  #lookAgain = false
  #closed = false

  constructor(approvals: Approvals, logger: Logger) {
    this.#approvals = approvals
    this.#logger = logger
  }

  add(handler: VerdictHandler): Unsubscribe {
    if (this.#closed) throw optionInvalid('holdpoint', 'is closed')
    const subscriber = { handler }
    this.#subscribers.add(subscriber)
    void this.#look()
    return () => void this.#subscribers.delete(subscriber)
  }

  /** Tells nobody any more. Does not wait for handlers: one of them may be what closes. */
  async close(): Promise<void> {
    this.#closed = true
    this.#subscribers.clear()
    const listening = await this.#listening?.catch(() => undefined)
    listening?.close()
  }

  /** Tells what is untold; a call during another one makes that one look again. */
  async #look(): Promise<void> {
    this.#lookAgain = true
    if (this.#looking) return
    this.#looking = true
    try {
      while (this.#lookAgain && this.#subscribers.size > 0) {
        this.#lookAgain = false
        await this.#tellNext()
      }
    } catch (error) {
      if (this.#subscribers.size === 0) return
      this.#logger.warn('verdicts could not be looked for; it is tried again', { error })
      setTimeout(() => void this.#look(), RETRY_MS).unref()
    } finally {
      this.#looking = false
    }
  }

  async #tellNext(): Promise<void> {
    // Listening first, reading second: no verdict falls in between.
    await this.#listen()
    const limit = AT_ONCE - this.#underWay
    if (limit <= 0) return
    const except = [...this.#telling]
    for (const request of await this.#approvals.untold({ except, limit })) {
      void this.#tell(request)
    }
  }

  #listen(): Promise<{ close(): void }> {
    this.#listening ??= this.#approvals
      .onEndings(() => void this.#look())
      .catch((error: unknown) => {
        this.#listening = undefined
        throw error
      })
    return this.#listening
  }

  async #tell(request: ApprovalRequest): Promise<void> {
    const reached = verdictOf(request)
    const { requestId, verdict } = reached
    const heardBy = new Set<Subscriber>()
    this.#telling.add(requestId)
    for (let failures = 0; this.#subscribers.size > 0; failures += 1) {
      try {
        await this.#call(reached, heardBy)
        await this.#approvals.markTold(requestId, verdict)
        break
      } catch (error) {
        if (this.#subscribers.size === 0) break
        this.#logger.warn('a verdict was not heard; it is told again', { requestId, error })
        await later(Math.min(RETRY_MS * 2 ** failures, MAX_RETRY_MS))
      }
    }
    this.#telling.delete(requestId)
    void this.#look()
  }

  /** Calls those who have not heard it, and who come meanwhile; throws if one of them throws. */
  async #call(reached: VerdictReached, heardBy: Set<Subscriber>): Promise<void> {
    const missing = () => [...this.#subscribers].filter((one) => !heardBy.has(one))
    this.#underWay += 1
    try {
      for (let left = missing(); left.length > 0; left = missing()) {
        const calls = left.map(async (subscriber) => {
          await subscriber.handler(reached)
          heardBy.add(subscriber)
        })
        const failed = (await Promise.allSettled(calls)).find(({ status }) => status === 'rejected')
        if (failed !== undefined) throw (failed as PromiseRejectedResult).reason
      }
    } finally {
      this.#underWay -= 1
      void this.#look()
    }
  }
}

function verdictOf(request: ApprovalRequest): VerdictReached {
  const { id, state, agent, session, decisions, closedReason } = request
  if (state === 'pending') throw new Error(`${id} has not ended`)
  const words = decisions.findLast((decision) => decision.reason !== undefined)?.reason
  const reason = closedReason ?? words
  return {
    requestId: id,
    verdict: state,
    agent,
    session,
    ...(reason === undefined ? {} : { reason }),
    request,
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref())
}
