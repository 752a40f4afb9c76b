import { nameOf } from '../core/names.ts'
import { DESK_REVIEWER } from '../core/policy.ts'
import type { ApprovalRequest } from '../core/request.ts'
import type { Desk } from '../deciding/desk.ts'

type Asking = Pick<Desk, 'policy' | 'channels' | 'names'>

/**
 * What is printed when something is held. Its page opens to the holder of the printed link only; where
 * the policy leaves that one out, the line says who is asked, and where.
 */
export function heldLine(
  request: Pick<ApprovalRequest, 'id' | 'title' | 'onBehalfOf'>,
  url: string,
  desk: Asking,
): string {
  const held = `holdpoint: HELD ${request.id} ${request.title}.`
  if (desk.policy.reviewers.includes(DESK_REVIEWER)) return `${held} Answer: ${url}`
  return `${held} Asked: ${askedOf(request, desk)}. Page: ${url}`
}

function askedOf({ onBehalfOf }: Pick<ApprovalRequest, 'onBehalfOf'>, desk: Asking): string {
  const { policy, channels, names } = desk
  const asked = policy.reviewers
    .filter((reviewer) => policy.soloReviewer || reviewer !== onBehalfOf)
    .flatMap((reviewer) => {
      const where = channels.filter(({ identities }) => identities[reviewer] !== undefined)
      if (where.length === 0) return []
      return [`${nameOf(names, reviewer)}, in ${where.map(({ name }) => name).join(' and ')}`]
    })
  return asked.length === 0 ? 'nobody, as no channel reaches a reviewer' : asked.join('; ')
}
