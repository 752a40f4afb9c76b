import { beforeEach, describe, expect, test } from 'vitest'
import { isHoldpointError } from '../../src/core/errors.ts'
import { claimExecution, sentExecution, startExecution } from '../../src/deciding/execute.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { proofOfSession } from '../../src/deciding/proof.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { postgresUrl } from '../support/databases.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const rounds = Array.from({ length: 10 }, (_, index) => index + 1)

// Only there do several connections work at the same time; PGlite has one.
describe.runIf(postgresUrl() !== undefined)('at the same time, on PostgreSQL', () => {
  const context = useStore()

  // A race between connections that open one by one is no race.
  beforeEach(async () => {
    await Promise.all(rounds.map(() => context.sql.query('select pg_sleep(0.1)')))
  })

  async function opened(policy = {}) {
    const desk = await testDesk(context.store, { policy })
    return { desk, request: await openRequest(desk, draft(), [picture]) }
  }

  const codes = (settled: readonly PromiseSettledResult<unknown>[]): readonly string[] =>
    settled
      .map((result) =>
        result.status === 'fulfilled'
          ? 'done'
          : isHoldpointError(result.reason)
            ? result.reason.code
            : String(result.reason),
      )
      .toSorted()

  test.each(rounds)('an approval and a rejection give one verdict (round %i)', async () => {
    const { desk, request } = await opened()
    const settled = await Promise.allSettled([
      answer(desk, request, 'ada', 'approve'),
      answer(desk, request, 'grace', 'reject'),
    ])
    expect(codes(settled)).toEqual(['HP_ERR_REQUEST_CLOSED', 'done'])
    const events = (await context.store.auditOf(request.id)).map(({ event }) => event)
    expect(events.filter((event) => event === 'verdict.reached')).toHaveLength(1)
    const stored = await context.store.read(request.id)
    expect(stored?.decisions).toHaveLength(1)
    expect(stored?.state).toBe(stored?.decisions[0]?.answer === 'reject' ? 'rejected' : 'approved')
  })

  test.each(rounds)('two approvals fill a quorum of two (round %i)', async () => {
    const { desk, request } = await opened({ quorum: 2 })
    const results = await Promise.all(
      ['ada', 'grace'].map((reviewer) => answer(desk, request, reviewer, 'approve')),
    )
    expect(results.filter(({ verdict }) => verdict === 'approved')).toHaveLength(1)
    expect(await context.store.read(request.id)).toMatchObject({ state: 'approved' })
  })

  test('a click that is delivered twenty times is one decision', async () => {
    const { desk, request } = await opened()
    const proof = proofOfSession('grace', 'nonce')
    const results = await Promise.all(
      Array.from({ length: 20 }, () => answer(desk, request, 'grace', 'approve', { proof })),
    )
    expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect(new Set(results.map((result) => result.request.verdict)).size).toBe(1)
  })

  test('of fifty claims one is given', async () => {
    const { desk, request } = await opened()
    await answer(desk, request, 'grace', 'approve')
    const settled = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => claimExecution(desk, request.id, `worker-${index}`)),
    )
    expect(codes(settled)).toEqual([...Array(49).fill('HP_ERR_CLAIM_TAKEN'), 'done'])
    expect(await context.store.read(request.id)).toMatchObject({ execution: { token: 1 } })
  })

  test('of fifty claims after a lapsed lease one is given', async () => {
    const { desk, request } = await opened()
    await answer(desk, request, 'grace', 'approve')
    await claimExecution(desk, request.id, 'sleeper')
    desk.clock.advance(60_000)
    const settled = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => claimExecution(desk, request.id, `worker-${index}`)),
    )
    expect(codes(settled)).toEqual([...Array(49).fill('HP_ERR_CLAIM_TAKEN'), 'done'])
    expect(await context.store.read(request.id)).toMatchObject({ execution: { token: 2 } })
  })

  test.each(rounds)('a withdrawal and a start never both happen (round %i)', async () => {
    const { desk, request } = await opened()
    await answer(desk, request, 'grace', 'approve')
    const claim = await claimExecution(desk, request.id, 'worker')
    const [started, withdrawn] = await Promise.allSettled([
      startExecution(desk, claim),
      withdraw(desk, request.id, 'changed my mind'),
    ])
    const ran = started.status === 'fulfilled'
    expect(withdrawn).toEqual({ status: 'fulfilled', value: !ran })
    if (ran) await sentExecution(desk, claim)
  })
})
