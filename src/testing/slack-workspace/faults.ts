import type { Fault } from './types.ts'

export interface FaultQueue {
  add(fault: Fault): void
  clear(): void
  /** What happens to the next call of `method`. Uses the faults up. */
  take(method: string): { readonly delayMs: number; readonly fault?: Fault }
}

/** Faults in the order they were added; each is used up by `times` matching calls. */
export function createFaultQueue(): FaultQueue {
  const queue: { readonly fault: Fault; left: number }[] = []

  const takeFirst = (method: string, wanted: (fault: Fault) => boolean): Fault | undefined => {
    const index = queue.findIndex(
      ({ fault }) => (fault.method === method || fault.method === '*') && wanted(fault),
    )
    const entry = queue[index]
    if (entry === undefined) return undefined
    entry.left -= 1
    if (entry.left <= 0) queue.splice(index, 1)
    return entry.fault
  }

  return {
    add(fault) {
      const times = fault.times ?? (fault.kind === 'down' ? Number.POSITIVE_INFINITY : 1)
      if (!(times >= 1)) throw new TypeError('"times" of a fault must be at least 1')
      queue.push({ fault, left: times })
    },
    clear() {
      queue.length = 0
    },
    take(method) {
      const slow = takeFirst(method, (fault) => fault.kind === 'slow')
      const fault = takeFirst(method, ({ kind }) => kind !== 'slow')
      const delayMs = slow?.kind === 'slow' ? slow.ms : 0
      return fault ? { delayMs, fault } : { delayMs }
    },
  }
}
