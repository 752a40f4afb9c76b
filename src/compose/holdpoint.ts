import { optionInvalid } from '../core/errors.ts'
import type { Desk } from '../deciding/desk.ts'
import type { LiveHold } from '../holding/hold.ts'
import type { Holding } from '../holding/holding.ts'
import type { VerdictTeller } from '../holding/tell-verdicts.ts'

/** The agent's handle. It guards and waits; it has no way to decide. */
export interface Holdpoint {
  /** How it was set up. */
  readonly mode: 'embedded'
  /** Where people look and answer. */
  readonly url: string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** @internal What stands behind a handle, for `compose` only: an agent that holds the handle cannot reach it. */
export interface HoldpointParts {
  readonly holding: Holding
  readonly dataDir: string
  readonly onHeld: (hold: LiveHold) => void
  readonly verdicts: VerdictTeller
  /** A guarded context's own closing, so that `close()` waits for what is still being written. */
  readonly contexts: Set<{ settle(): Promise<void> }>
}

const behind = new WeakMap<Holdpoint, HoldpointParts>()
const desks = new WeakMap<Holdpoint, OwnerParts>()

/** @internal The owner's side of an embedded handle: for the demo, tests and the command line, never exported to agents. */
export interface OwnerParts {
  readonly desk: Desk
  signInLink(reviewer: string, next?: string): Promise<string>
}

/** @internal */
export function register(holdpoint: Holdpoint, parts: HoldpointParts, owner: OwnerParts): void {
  behind.set(holdpoint, parts)
  desks.set(holdpoint, owner)
}

/** @internal */
export function partsOf(holdpoint: Holdpoint): HoldpointParts {
  const parts = behind.get(holdpoint)
  if (parts === undefined) throw optionInvalid('holdpoint', 'must be what createHoldpoint() gave')
  return parts
}

/** @internal */
export function ownerOf(holdpoint: Holdpoint): OwnerParts {
  const owner = desks.get(holdpoint)
  if (owner === undefined) throw optionInvalid('holdpoint', 'must be what createHoldpoint() gave')
  return owner
}
