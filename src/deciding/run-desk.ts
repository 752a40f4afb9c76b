import { deliver } from './deliver.ts'
import type { Desk } from './desk.ts'
import { expire } from './expire.ts'
import { type ReapOptions, reapExecutions } from './reap.ts'

/** How often the desk looks for what no job brought up. */
const SWEEP_MS = 30_000

/** A desk at work. */
export interface RunningDesk {
  /** Stops the sweep. The job workers end with the store, which is to be closed next. */
  close(): Promise<void>
}

/**
 * Starts the desk's work: messages, deadlines, and a sweep for what slipped through: requests whose
 * deadline's job came too early or was lost, approvals that nobody used, executions whose worker is gone.
 * Resolves after the first sweep.
 */
export async function runDesk(desk: Desk, options: ReapOptions = {}): Promise<RunningDesk> {
  await sweep(desk, options)
  await desk.store.work('deliver', (requestId) => deliver(desk, requestId))
  await desk.store.work('expire', async (requestId) => {
    await expire(desk, requestId)
  })
  let current: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    // An owner that was dead at the start may have a namesake by now.
    current = current.then(() => sweep(desk, {}))
  }, SWEEP_MS)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await current
    },
  }
}

/** One round; exported for tests. */
export async function sweep(desk: Desk, options: ReapOptions = {}): Promise<void> {
  try {
    const overdue = await desk.store.list({
      states: ['pending'],
      expiresBy: desk.clock.now(),
      limit: 1_000,
    })
    for (const { id } of overdue) await expire(desk, id)
    await reapExecutions(desk, options)
  } catch (error) {
    desk.logger.warn('the sweep failed; it is repeated', { error })
  }
}
