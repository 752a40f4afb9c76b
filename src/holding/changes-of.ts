import { type Attempt, identityOf } from '../core/action.ts'
import { compareEdited, type EditedValues } from '../core/edit.ts'
import type { Finding } from '../core/guard.ts'
import { compareTerms, type FieldChange } from '../core/terms.ts'
import type { LiveHold } from './hold.ts'

/**
 * What differs between what was asked, with the reviewer's changes to it, and what would run now; nothing:
 * it is the same.
 */
export function changesOf(
  hold: LiveHold,
  now: {
    readonly attempt: Attempt
    readonly finding: Finding | undefined
    readonly changed?: readonly FieldChange[]
  },
  values: EditedValues = {},
): readonly FieldChange[] {
  if (now.finding === undefined) {
    return [{ field: 'action', approved: hold.request.title, now: 'something else' }]
  }
  const { terms, editable = [] } = hold.action.finding
  const changed =
    Object.keys(values).length === 0
      ? compareTerms(terms, now.finding.terms)
      : compareEdited(terms, { editable, values }, now.finding.terms)
  if (changed.length > 0) return changed
  const before = identityOf(hold.action.finding.kind, hold.action.attempt)
  const after = identityOf(now.finding.kind, now.attempt)
  const moved = (Object.keys({ ...before, ...after }) as (keyof typeof before)[])
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ field: key, approved: before[key] ?? 'none', now: after[key] ?? 'none' }))
  return moved.length > 0 ? moved : (now.changed ?? [])
}
