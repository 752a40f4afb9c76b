import type { LiveHold } from '../../holding/hold.ts'
import type { Holding } from '../../holding/holding.ts'
import { joinKey } from './join-key.ts'

/**
 * Questions that stand although no call waits for them: after `waitMs`, or after a drift. The same
 * action joins its question; a page that goes away takes it back.
 */
export class LeftHolds {
  readonly #holds = new Map<string, LiveHold>()
  readonly #holding: Holding

  constructor(holding: Holding) {
    this.#holding = holding
  }

  /** Leaves a hold until `gone` aborts. */
  leave(hold: LiveHold, gone: AbortSignal): void {
    const key = joinKey(hold.action)
    this.#holds.set(key, hold)
    gone.addEventListener('abort', () => {
      if (this.#holds.get(key) !== hold) return
      this.#holds.delete(key)
      const { approvals, logger } = this.#holding
      approvals
        .withdraw(hold.request.id, String(gone.reason))
        .catch((error: unknown) =>
          logger.warn('a request could not be withdrawn', { error: String(error) }),
        )
    })
  }

  take(key: string): LiveHold | undefined {
    const hold = this.#holds.get(key)
    this.#holds.delete(key)
    return hold
  }
}
