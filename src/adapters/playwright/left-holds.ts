import type { RequestField } from '../../core/action.ts'
import type { LiveHold } from '../../holding/hold.ts'
import type { Holding } from '../../holding/holding.ts'
import { joinKey } from './join-key.ts'
import type { Tab } from './tab.ts'
import { SUPERSEDED } from './tab-holds.ts'

export interface LeftHold {
  readonly hold: LiveHold
  readonly tab: Tab
  /** The browser's number for the element that people were shown. */
  readonly node: number | undefined
  /** What its form would have sent then. Holds secrets: kept in memory only. */
  readonly entries: readonly RequestField[] | undefined
  /** Makes the same act once more, which joins the question. */
  again(): Promise<unknown>
}

/**
 * Questions that stand although no call waits for them: after `waitMs`, or after a drift. The same
 * action joins its question; a page that goes away takes it back.
 */
export class LeftHolds {
  readonly #holds = new Map<string, LeftHold>()
  /** A signal keeps what its listeners know alive, and these know the form's secrets. */
  readonly #unlisten = new WeakMap<LeftHold, () => void>()
  readonly #holding: Holding

  constructor(holding: Holding) {
    this.#holding = holding
  }

  /** Leaves a hold until `gone` aborts. */
  leave(left: LeftHold, gone: AbortSignal): void {
    const { hold } = left
    const key = joinKey(hold.action)
    this.#drop(key)
    this.#holds.set(key, left)
    const takeBack = (): void => {
      if (this.#holds.get(key)?.hold === hold) this.#takeBack(key, left, String(gone.reason))
    }
    if (gone.aborted) {
      takeBack()
      return
    }
    gone.addEventListener('abort', takeBack)
    this.#unlisten.set(left, () => gone.removeEventListener('abort', takeBack))
  }

  /** The agent is held for something else in the tab: it does not come back to what it left there. */
  supersede(tab: Tab, byKey?: string): void {
    for (const [key, left] of this.#holds) {
      if (left.tab === tab && key !== byKey) this.#takeBack(key, left, SUPERSEDED)
    }
  }

  #takeBack(key: string, { hold }: LeftHold, reason: string): void {
    this.#drop(key)
    const { approvals, logger } = this.#holding
    approvals
      .withdraw(hold.request.id, reason)
      .catch((error: unknown) =>
        logger.warn('a request could not be withdrawn', { error: String(error) }),
      )
  }

  take(key: string): LeftHold | undefined {
    return this.#drop(key)
  }

  /** The question was taken back by somebody else: the next same act asks anew. */
  forget(requestId: string): void {
    for (const [key, { hold }] of this.#holds) if (hold.request.id === requestId) this.#drop(key)
  }

  #drop(key: string): LeftHold | undefined {
    const left = this.#holds.get(key)
    if (left !== undefined) this.#unlisten.get(left)?.()
    this.#holds.delete(key)
    return left
  }

  has(key: string, requestId: string): boolean {
    return this.#holds.get(key)?.hold.request.id === requestId
  }

  /** The question of this number, if it stands here. */
  find(requestId: string): LeftHold | undefined {
    return [...this.#holds.values()].find(({ hold }) => hold.request.id === requestId)
  }
}
