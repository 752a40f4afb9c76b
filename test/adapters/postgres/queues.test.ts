import { expect, test } from 'vitest'
import { useStore } from '../../support/store.ts'

const use = useStore()

/** The longest that a policy may give people to answer. */
const LONGEST_S = 366 * 24 * 60 * 60

test('a message is tried for as long as any request may wait, at least once a minute', async () => {
  const { rows } = await use.sql.query<{ retry_limit: number; retry_delay_max: number }>(
    `select retry_limit, retry_delay_max from holdpoint_jobs.queue where name = 'deliver'`,
  )
  expect(rows[0]?.retry_delay_max).toBeLessThanOrEqual(60)
  expect((rows[0]?.retry_limit ?? 0) * 60).toBeGreaterThanOrEqual(LONGEST_S)
})
