import { HoldpointError } from './errors.ts'

/**
 * The right to run an approved action, at most once.
 *
 *     none ─claim▶ claimed ─start▶ started ─▶ sent ─▶ succeeded | unverified
 *                   │   ▲             │         └ reset, time-out, owner dead: in-doubt ─person▶ settled
 *                   └───┘ lease       └ the owner knows that nothing left: failed
 *                  lapsed: claim again, token + 1
 *
 * - `claimed`: one worker holds a lease. Nothing has touched the page, so a lapsed lease may be
 *   claimed again, with a higher fencing token.
 * - `started`: written before the page is touched; `sent` before the committing request is let go.
 *   From `started` on, no worker may claim it again, lease or no lease.
 * - `in-doubt`: the worker vanished after `started`, or nobody can read the answer. A person looks at
 *   the site and settles it.
 *
 * The fencing token guards our own writes. The web site cannot check it; that is why `started` closes
 * the door instead.
 */
export const EXECUTION_STATES = [
  'none',
  'claimed',
  'started',
  'sent',
  'succeeded',
  'unverified',
  'failed',
  'refused',
  'in-doubt',
  'settled',
] as const
export type ExecutionState = (typeof EXECUTION_STATES)[number]

export interface Execution {
  readonly state: ExecutionState
  /** Grows with every claim; 0 before the first. */
  readonly token: number
  readonly owner?: string
  readonly leaseUntil?: Date
  /** What happened, for people: `order 10042`, `the page changed after approval`. */
  readonly label?: string
  /** HTTP status of the committing request's answer. */
  readonly status?: number
}

export const NO_EXECUTION: Execution = { state: 'none', token: 0 }

/** A worker's way of ending what it started. `refused`: the page drifted; nothing was sent. */
export type ExecutionEnding = 'succeeded' | 'unverified' | 'failed' | 'refused' | 'in-doubt'

export function claim(
  current: Execution,
  worker: { readonly owner: string; readonly now: Date; readonly leaseMs: number },
): Execution {
  const lapsed =
    current.state === 'claimed' && (current.leaseUntil?.getTime() ?? 0) <= worker.now.getTime()
  if (current.state !== 'none' && !lapsed) {
    throw new HoldpointError('HP_ERR_CLAIM_TAKEN', `the execution is already ${current.state}`)
  }
  return {
    state: 'claimed',
    token: current.token + 1,
    owner: worker.owner,
    leaseUntil: new Date(worker.now.getTime() + worker.leaseMs),
  }
}

/** Closes the door: from here on nobody may claim. Refused after the lease lapsed, even if nobody else claimed. */
export function start(current: Execution, token: number, now: Date): Execution {
  ownedBy(current, token)
  if (current.state !== 'claimed') throw taken(current)
  if ((current.leaseUntil?.getTime() ?? 0) <= now.getTime()) {
    throw new HoldpointError('HP_ERR_CLAIM_STALE', 'the lease lapsed before the start', {
      heldToken: token,
      currentToken: current.token,
    })
  }
  return { ...current, state: 'started' }
}

/** Written before the committing request is let go. A further slot of the same permit finds it `sent` already. */
export function sent(current: Execution, token: number): Execution {
  ownedBy(current, token)
  if (current.state !== 'started' && current.state !== 'sent') throw taken(current)
  return { ...current, state: 'sent' }
}

export function finish(
  current: Execution,
  token: number,
  ending: ExecutionEnding,
  facts: { readonly label?: string; readonly status?: number } = {},
): Execution {
  ownedBy(current, token)
  const from: Record<ExecutionEnding, readonly ExecutionState[]> = {
    succeeded: ['sent'],
    unverified: ['started', 'sent'],
    // Only the owner may say that nothing left, and only before `sent` was written.
    failed: ['claimed', 'started'],
    refused: ['claimed', 'started'],
    'in-doubt': ['started', 'sent'],
  }
  if (!from[ending].includes(current.state)) throw taken(current)
  return { ...current, state: ending, ...facts }
}

/** What a lapsed lease means: before `started` it may be claimed again, after it nobody knows. */
export function afterLapse(current: Execution): Execution {
  if (current.state === 'claimed') return { ...current, state: 'none' }
  if (current.state === 'started' || current.state === 'sent')
    return { ...current, state: 'in-doubt' }
  return current
}

function ownedBy(current: Execution, token: number): void {
  if (current.token !== token) {
    throw new HoldpointError('HP_ERR_CLAIM_STALE', 'a newer claim exists', {
      heldToken: token,
      currentToken: current.token,
    })
  }
}

function taken(current: Execution): HoldpointError<'HP_ERR_CLAIM_TAKEN'> {
  return new HoldpointError('HP_ERR_CLAIM_TAKEN', `the execution is already ${current.state}`)
}
