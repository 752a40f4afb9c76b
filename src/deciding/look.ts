import { isFresh, LOOK_MS } from '../core/looking.ts'
import { isAsking, reviewersLeft } from '../core/request.ts'
import type { Desk } from './desk.ts'
import { deliverAfter } from './locked.ts'
import { safeError } from './safe-error.ts'

/** A look that goes on is noticed again after this time, and not with every refresh of a page. */
const AGAIN_MS = 60_000

/**
 * Takes down that a reviewer has the question open, so that the others are shown it, and brings the messages
 * up to date: now if the look is a new one, and when it is no longer shown. Nothing comes of it for people
 * who may not answer, or have. Advisory, so it never rejects: who cannot be shown as looking may decide.
 */
export async function look(
  desk: Desk,
  requestId: string,
  reviewer: string,
  channel: string,
): Promise<void> {
  try {
    await desk.store.transaction(async (tx) => {
      const request = await tx.lock(requestId)
      const now = desk.clock.now()
      if (request === undefined || !isAsking(request, now)) return
      if (!reviewersLeft(request).includes(reviewer)) return
      const before = (await tx.looks(requestId)).find((each) => each.reviewer === reviewer)
      const current = before !== undefined && isFresh(before, now) ? before : undefined
      if (current !== undefined && now.getTime() - current.lastAt.getTime() < AGAIN_MS) return
      await tx.saveLook(requestId, { reviewer, since: current?.since ?? now, lastAt: now })
      if (before === undefined) {
        await tx.appendAudit({
          event: 'reviewer.looked',
          requestId,
          actor: `reviewer:${reviewer}`,
          details: { channel },
          at: now,
        })
      }
      if (current === undefined) await tx.enqueue('deliver', requestId)
      await deliverAfter(tx, requestId, new Date(now.getTime() + LOOK_MS))
    })
  } catch (error) {
    desk.logger.warn('a look could not be taken down', { requestId, error: safeError(error) })
  }
}
