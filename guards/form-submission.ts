import { type Attempt, defineGuard, type Guard, type Terms } from 'holdpoint/guard'
import { editableFields } from './shared/editable-fields.ts'
import { type FormJudgement, formFields, judgeFormAct } from './shared/form-act.ts'
import { judgeFormRequest } from './shared/form-request.ts'
import { isHarmlessRequest } from './shared/harmless.ts'
import { recipientOf } from './shared/order-terms.ts'
import { readOutcome } from './shared/outcome.ts'
import { bodyFields, termsFields } from './shared/terms-fields.ts'
import { matcher } from './shared/words.ts'
import { SENT_WORDS } from './words/outcome-words.ts'

/** A site's own additions. They can only make the guard hold more. */
export interface FormSubmissionGuardOptions {
  /** Paths of pages whose forms are always held, without query: `['/intake']`. */
  readonly formPaths?: readonly string[]
}

const isThanks = matcher(SENT_WORDS)

/**
 * Holds forms that reach other people or bind the sender: contact, application, registration, booking
 * request, support. Orders are the checkout guard's: a form of a cart or checkout is never held here.
 */
export function formSubmissionGuard(options: FormSubmissionGuardOptions = {}): Guard {
  const paths = new Set(options.formPaths ?? [])
  const judge = (attempt: Attempt): FormJudgement | undefined => {
    if (attempt.via === 'request') {
      return attempt.request && judgeFormRequest(attempt, attempt.request)
    }
    return attempt.page && judgeFormAct(attempt, attempt.page, paths.has(attempt.page.path))
  }
  return defineGuard({
    name: 'form-submission',
    inspect(attempt) {
      const judgement = judge(attempt)
      if (judgement === undefined) return undefined
      const terms = formTerms(attempt)
      const editable = editableFields(attempt, terms)
      return {
        kind: 'form-submission',
        risk: 'high',
        confidence: judgement.confidence,
        terms,
        ...(editable.length === 0 ? {} : { editable }),
        why: `This sends a form to somebody: ${judgement.facts.join('; ')}.`,
      }
    },
    harmless: isHarmlessRequest,
    outcome: (after) => readOutcome(after, isThanks, true),
  })
}

function formTerms(attempt: Attempt): Terms {
  const page = attempt.page
  const fields =
    page === undefined ? bodyFields(attempt.request?.fields ?? []) : termsFields(formFields(page))
  const recipient = recipientOf(attempt)
  return {
    v: 1,
    ...(recipient === undefined ? {} : { recipient }),
    ...(fields.length === 0 ? {} : { fields }),
  }
}
