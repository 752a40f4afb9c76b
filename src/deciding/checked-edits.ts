import { checkEdits, type EditedValues, offeredEdits } from '../core/edit.ts'
import { HoldpointError } from '../core/errors.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { DecideInput } from './decide.ts'

/** The changed values, as far as the request offers to change them. */
export function checkedEdits(
  request: ApprovalRequest,
  { answer, values = {} }: Pick<DecideInput, 'answer' | 'values'>,
): EditedValues | HoldpointError<'HP_ERR_EDIT_INVALID'> {
  if (Object.keys(values).length === 0) return {}
  const offered = offeredEdits(request)
  const checked =
    answer === 'reject'
      ? { refused: 'only an approval carries changed values' }
      : offered.length === 0
        ? { refused: whyNotEdited(request) }
        : checkEdits(offered, values)
  if ('values' in checked) return checked.values
  return new HoldpointError('HP_ERR_EDIT_INVALID', checked.refused, {
    requestId: request.id,
    ...(checked.field === undefined ? {} : { field: checked.field }),
  })
}

function whyNotEdited({ id, policy }: ApprovalRequest): string {
  if (!policy.allowEdits) return `the policy of ${id} lets nobody change it`
  return policy.quorum > 1
    ? `${id} needs ${policy.quorum} people, so nobody may change it`
    : `${id} offers nothing to change`
}
