import type { Guard } from 'holdpoint/guard'
import { checkoutGuard } from './checkout.ts'
import { formSubmissionGuard } from './form-submission.ts'

export { type CheckoutGuardOptions, checkoutGuard } from './checkout.ts'
export { type FormSubmissionGuardOptions, formSubmissionGuard } from './form-submission.ts'

/** All stock guards with their defaults: what `guardContext` uses when nobody names others. */
export function stockGuards(): readonly Guard[] {
  return [checkoutGuard(), formSubmissionGuard()]
}
