import type { Policy } from '../core/policy.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Logger } from '../ports/log.ts'
import type { VerdictSigner } from '../ports/signer.ts'
import type { Store } from '../ports/store.ts'

/** Everything the desk's use cases need. Made once per process by `compose`. */
export interface Desk {
  readonly store: Store
  readonly signer: VerdictSigner
  readonly policy: Policy
  readonly channels: readonly Channel[]
  /** Display names by reviewer id; an id without a name shows as itself. */
  readonly names: Readonly<Record<string, string>>
  /** Where people reach the server, without a trailing slash: `http://127.0.0.1:4300`. */
  readonly publicUrl: string
  readonly clock: Clock
  readonly logger: Logger
}
