import type { Guard } from '../core/guard.ts'
import type { Policy } from '../core/policy.ts'
import type { Approvals } from '../ports/approvals.ts'
import type { Clock } from '../ports/clock.ts'
import type { Logger } from '../ports/log.ts'
import type { VerdictChecker } from '../ports/signer.ts'

/** What the agent's side needs to hold, ask and run. Nothing in it can decide. */
export interface Holding {
  readonly approvals: Approvals
  /** Knows the pinned public keys; a verdict it does not accept never runs. */
  readonly checker: VerdictChecker
  readonly guards: readonly Guard[]
  readonly policy: Policy
  readonly clock: Clock
  readonly logger: Logger
  /** Names this process in claims. */
  readonly owner: string
  /** Signatures' ids that were claimed here: a verdict is used once. */
  readonly usedVerdicts: Set<string>
}
