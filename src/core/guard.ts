import type { ActionKind, Attempt } from './action.ts'
import type { EditableField } from './edit.ts'
import { optionInvalid } from './errors.ts'
import type { PageSummary } from './summary.ts'
import type { Terms } from './terms.ts'

export type { ActionKind, Attempt, RequestFacts, RequestField, SessionFacts } from './action.ts'
export type { EditableField } from './edit.ts'
export { formatMoney, type Money, type MoneyReading, readMoney } from './money.ts'
export type { ElementReading, FieldReading, FormReading } from './reading.ts'
export { siteOf } from './site.ts'
export type { PageSummary } from './summary.ts'
export type { LineItem, Terms, TermsField } from './terms.ts'
export { plainLine } from './text.ts'

/** Why a guard holds an attempt, and what the person is asked to agree to. */
export interface Finding {
  readonly kind: ActionKind
  readonly risk: 'high' | 'low'
  /** How sure the guard is, 0 to 1. */
  readonly confidence: number
  readonly terms: Terms
  /** Fields of the very form that is sent which a reviewer may change, at most 8; only while the page is intact. */
  readonly editable?: readonly EditableField[]
  /** One sentence that a person understands, with the facts used. */
  readonly why: string
}

/** What a guard read from the page after its action ran. */
export interface OutcomeReading {
  readonly result: 'succeeded' | 'failed' | 'unknown'
  /** For people: `order 10042`. */
  readonly label?: string
}

/**
 * Holds or passes an attempt. Pure: same attempt, same answer; no I/O, no clock, no state. A guard that
 * throws holds the attempt.
 */
export interface Guard {
  readonly name: string
  /** A finding holds; `undefined` passes as far as this guard is concerned. */
  inspect(attempt: Attempt): Finding | undefined
  /**
   * Whether the guard knows a state-changing request to be harmless (coupon, search, validation).
   * Only consulted for requests that no guard holds; wins over "unrecognised on a page with a total".
   */
  harmless?(attempt: Attempt): boolean
  /** Reads the page after the action: did it succeed, and under which number? */
  outcome?(after: { readonly page: PageSummary; readonly status?: number }): OutcomeReading
}

/** Checks a guard's shape and freezes it. Throws `HP_ERR_OPTION_INVALID` naming what is wrong. */
export function defineGuard(guard: Guard): Guard {
  if (typeof guard.name !== 'string' || !/^[a-z][\w-]{0,40}$/i.test(guard.name)) {
    throw optionInvalid('guard.name', 'must be a short word such as "checkout"')
  }
  if (typeof guard.inspect !== 'function') {
    throw optionInvalid(`guard "${guard.name}".inspect`, 'must be a function of an attempt')
  }
  return Object.freeze({ ...guard })
}
