import type { ApprovalRequest, Decision } from '../../src/core/request.ts'
import {
  type Unsubscribe,
  type VerdictHandler,
  VerdictTeller,
} from '../../src/holding/tell-verdicts.ts'
import type { RequestEnding } from '../../src/ports/approvals.ts'
import { silentLogger } from '../../src/ports/log.ts'

type Ended = Pick<
  ApprovalRequest,
  'id' | 'agent' | 'session' | 'state' | 'closedReason' | 'decisions'
>

/** What a teller asks the desk, over requests in memory. It is as strict as the store about what is told. */
export class VerdictBook {
  readonly requests: Ended[] = []
  readonly told = new Map<string, RequestEnding['state']>()
  readonly reads: number[] = []
  listeners = 0
  /** Thrown by the next calls of that name, one each. */
  readonly failures: { untold: Error[]; markTold: Error[]; onEndings: Error[] } = {
    untold: [],
    markTold: [],
    onEndings: [],
  }
  readonly #looks = new Set<() => void>()

  teller(): VerdictTeller {
    const asked = {
      untold: async ({ except, limit }: { except: readonly string[]; limit: number }) => {
        if (!Number.isInteger(limit) || limit <= 0) throw new Error(`a limit of ${limit}`)
        this.#fail('untold')
        this.reads.push(limit)
        return this.requests
          .filter(({ id, state }) => this.told.get(id) !== state && !except.includes(id))
          .slice(0, limit) as unknown as readonly ApprovalRequest[]
      },
      markTold: async (id: string, state: RequestEnding['state']) => {
        this.#fail('markTold')
        if (!this.requests.some((request) => request.id === id)) throw new Error(`no ${id}`)
        this.told.set(id, state)
      },
      onEndings: async (look: () => void) => {
        this.#fail('onEndings')
        this.#looks.add(look)
        this.listeners += 1
        return {
          close: () => {
            this.#looks.delete(look)
            this.listeners -= 1
          },
        }
      },
    }
    return new VerdictTeller(asked as never, silentLogger)
  }

  /** A request ends, and whoever listens is woken. */
  end(id: string, state: RequestEnding['state'], more: Partial<Ended> = {}): void {
    const before = this.requests.findIndex((request) => request.id === id)
    const request = { id, state, agent: 'shopper', session: 's-1', decisions: [], ...more }
    this.requests.splice(before === -1 ? this.requests.length : before, 1, request)
    this.wake()
  }

  wake(): void {
    for (const look of this.#looks) look()
  }

  #fail(name: keyof VerdictBook['failures']): void {
    const error = this.failures[name].shift()
    if (error !== undefined) throw error
  }
}

/** A reviewer's words, as a decision has them. */
export function words(reason: string): readonly Decision[] {
  return [{ reviewer: 'grace', answer: 'reject', reason } as Decision]
}

/** Subscribes a handler that writes down what it hears; `answer` may throw or wait. */
export function listen(
  teller: VerdictTeller,
  answer: (heard: string) => void | Promise<void> = () => {},
): { readonly heard: string[]; stop: Unsubscribe } {
  const heard: string[] = []
  const handler: VerdictHandler = ({ requestId, verdict }) => {
    heard.push(`${requestId} ${verdict}`)
    return answer(`${requestId} ${verdict}`)
  }
  return { heard, stop: teller.add(handler) }
}
