import { identityDigest, identityOf } from '../../core/action.ts'
import { termsDigest } from '../../core/terms.ts'
import type { HeldAction } from '../../holding/hold.ts'

/** Same identity and equal terms: the same thing asked again. */
export function joinKey(action: Pick<HeldAction, 'attempt' | 'finding'>): string {
  const identity = identityDigest(identityOf(action.finding.kind, action.attempt))
  return `${identity} ${termsDigest(action.finding.terms)}`
}
