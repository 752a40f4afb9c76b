import type { Attempt, Finding } from 'holdpoint/guard'
import { orderEvidence } from './order-evidence.ts'
import { orderTerms } from './order-terms.ts'

/**
 * Whether an act on the page cannot be judged at all: the page could not be read, or the target is a
 * canvas and the page either speaks of an order or says nothing readable. Requests are judged by what they
 * carry instead.
 */
export function isUnreadable(attempt: Attempt): boolean {
  if (attempt.via === 'request') return false
  const page = attempt.page
  if (page === undefined) return attempt.method !== 'navigate'
  if (page.target?.tag.toLowerCase() !== 'canvas') return false
  const evidence = orderEvidence(page)
  const silent =
    page.headings.length === 0 && page.otherFields.length === 0 && page.form === undefined
  return silent || evidence.payable || evidence.checkoutPage || evidence.paymentFields
}

/** Nobody can say what it is, so a person is asked: high risk, amount unreadable. */
export function unreadableFinding(attempt: Attempt): Finding {
  return {
    kind: 'unrecognised',
    risk: 'high',
    confidence: 0.3,
    terms: orderTerms(attempt),
    why: 'The page could not be read, so nobody can say what this does.',
  }
}
