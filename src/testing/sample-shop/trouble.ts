import type { Misbehaviour } from './types.ts'
import { requireWholeNumber } from './whole-number.ts'

type Kind = Exclude<Misbehaviour['kind'], 'well-behaved'>
type OfKind<K extends Kind> = Extract<Misbehaviour, { kind: K }>

/** What the shop does wrong at the moment. */
export interface Trouble {
  /** The misbehaviour of that kind, if it is on. */
  current<K extends Kind>(kind: K): OfKind<K> | undefined
  apply(change: Misbehaviour): void
}

export function createTrouble(): Trouble {
  let active: Partial<{ [K in Kind]: OfKind<K> }> = {}
  return {
    current: (kind) => active[kind],
    apply(change) {
      requireSense(change)
      active = change.kind === 'well-behaved' ? {} : { ...active, [change.kind]: change }
    },
  }
}

function requireSense(change: Misbehaviour): void {
  if (change.kind === 'raise-total') {
    requireWholeNumber('totalMinor', change.totalMinor, 1, 999_999_999)
  }
  if (change.kind === 'slow') requireWholeNumber('delayMs', change.delayMs, 0, 3_600_000)
  if (change.kind === 'answer') requireWholeNumber('status', change.status, 200, 599)
}
