import type { ActionKind } from './action.ts'
import { formatMoney } from './money.ts'
import type { Terms } from './terms.ts'
import { plainLine } from './text.ts'

/** `Pay 182.40 EUR to shop.example`: the action for a person, from terms alone, never from a page's label. */
export function describeAction(kind: ActionKind, terms: Terms): string {
  const recipient = plainLine(terms.recipient ?? 'an unknown site', 60)
  if (kind === 'purchase' || kind === 'money-transfer' || kind === 'subscription') {
    if (terms.amount === 'unreadable' || terms.amount === undefined) {
      return `Pay an amount that could not be read to ${recipient}`
    }
    return `Pay ${formatMoney(terms.amount)} to ${recipient}`
  }
  if (kind === 'form-submission') return `Send form to ${recipient}`
  if (kind === 'deletion') return `Delete in ${recipient}`
  if (kind === 'publishing') return `Publish on ${recipient}`
  return `Do a risky action on ${recipient}`
}
