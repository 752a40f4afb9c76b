import { type Attempt, defineGuard, type Guard } from 'holdpoint/guard'
import { editableQuantity } from './shared/editable-fields.ts'
import { isHarmlessRequest } from './shared/harmless.ts'
import { type Judgement, judgeOrderAct } from './shared/order-act.ts'
import { judgeOrderRequest } from './shared/order-request.ts'
import { orderTerms } from './shared/order-terms.ts'
import { readOutcome } from './shared/outcome.ts'
import { isUnreadable, unreadableFinding } from './shared/unreadable.ts'
import { bareLabel, matcher } from './shared/words.ts'
import { THANKS_WORDS } from './words/outcome-words.ts'

/** A site's own words, added to the stock ones. They can only make the guard hold more. */
export interface CheckoutGuardOptions {
  /** Whole labels that place an order here: `['Los geht’s']`. */
  readonly finalLabels?: readonly string[]
  /** Paths of requests that place an order here, without query: `['/api/x7']`. */
  readonly commitPaths?: readonly string[]
}

const isThanks = matcher(THANKS_WORDS)

/**
 * Holds what commits money: placing an order, paying, booking, bidding, giving. Several kinds of evidence
 * decide together; an amount that cannot be read is held as `unreadable`.
 */
export function checkoutGuard(options: CheckoutGuardOptions = {}): Guard {
  const labels = new Set((options.finalLabels ?? []).map(bareLabel))
  const paths = new Set(options.commitPaths ?? [])
  const own = {
    isFinal: (text: string) => labels.has(bareLabel(text)),
    isCommitPath: (path: string) => paths.has(path),
  }
  const judge = (attempt: Attempt): Judgement | undefined => {
    if (attempt.via === 'request') {
      return attempt.request && judgeOrderRequest(attempt, attempt.request, own)
    }
    return attempt.page && judgeOrderAct(attempt, attempt.page, own)
  }
  return defineGuard({
    name: 'checkout',
    inspect(attempt) {
      if (isUnreadable(attempt)) return unreadableFinding(attempt)
      const judgement = judge(attempt)
      if (judgement === undefined) return undefined
      const terms = orderTerms(attempt)
      const editable = editableQuantity(attempt, terms)
      return {
        kind: 'purchase',
        risk: 'high',
        confidence: judgement.confidence,
        terms,
        ...(editable.length === 0 ? {} : { editable }),
        why: `This orders or pays: ${judgement.facts.join('; ')}.`,
      }
    },
    harmless: isHarmlessRequest,
    outcome: (after) => readOutcome(after, isThanks, false),
  })
}
