import { AsyncLocalStorage } from 'node:async_hooks'
import type { ApprovalRequest } from '../../core/request.ts'
import type { Step } from './step.ts'

/** What `runAction` was given; the calls of its callback inherit it. */
export interface ActionGiven {
  readonly signal?: AbortSignal | undefined
  readonly says?: string
  readonly confidence?: number
  /** Leave the question standing after this time instead of the context's own. */
  readonly waitMs?: number
  /** The question that the act must join: without it nothing is done. */
  readonly joins?: ApprovalRequest
}

/** What is running on this asynchronous path. */
export interface Running {
  /** A guarded call is under way: Playwright's own nested calls are part of it and ask nothing. */
  readonly inCall: boolean
  readonly given: ActionGiven
  /** Every guarded call begun on this path, oldest first. */
  readonly steps: Step[]
  /** Why calls that begin from now on are taken back at once: the run has failed, and nobody would hear of them. */
  gaveUp?: string | undefined
  /** The `runAction` around this one, whose calls these are too. */
  readonly outer?: Running | undefined
}

export const running = new AsyncLocalStorage<Running>()
