import { type ApprovalRequest, isAsking, reviewersLeft } from './request.ts'

/** How long a look is shown after it was last noticed. */
export const LOOK_MS = 5 * 60_000

/** A reviewer who has the question open. Advisory: others may answer all the same. */
export interface Looking {
  readonly reviewer: string
  readonly since: Date
}

/** The same as it is stored. */
export interface Look extends Looking {
  /** When it was last noticed. */
  readonly lastAt: Date
}

/** Whether it was noticed lately. */
export function isFresh(look: Look, now: Date): boolean {
  return now.getTime() - look.lastAt.getTime() < LOOK_MS
}

/** Who looks right now and may still answer, the first one first; nobody once the request has ended. */
export function lookersOf(
  request: ApprovalRequest,
  looks: readonly Look[],
  now: Date,
): readonly Looking[] {
  if (!isAsking(request, now)) return []
  const left = reviewersLeft(request)
  return looks
    .filter((look) => left.includes(look.reviewer) && isFresh(look, now))
    .toSorted((a, b) => a.since.getTime() - b.since.getTime())
    .map(({ reviewer, since }) => ({ reviewer, since }))
}
