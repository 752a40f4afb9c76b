import { describe, expect, test } from 'vitest'
import { createApprovals } from '../../src/deciding/approvals.ts'
import { claimExecution } from '../../src/deciding/execute.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

test("nothing in the agent's side can decide", async () => {
  const approvals = createApprovals(await testDesk(context.store))
  expect(Object.keys(approvals).toSorted()).toEqual([
    'audit',
    'claim',
    'ended',
    'finish',
    'markTold',
    'onEndings',
    'open',
    'read',
    'sent',
    'start',
    'untold',
    'withdraw',
  ])
})

test('an agent writes down what it refused, at the time of the desk', async () => {
  const desk = await testDesk(context.store)
  const approvals = createApprovals(desk)
  const { id } = await approvals.open(draft(), [picture])
  await approvals.audit({
    event: 'verdict.refused',
    requestId: id,
    actor: 'agent:shopper',
    details: { why: 'another key' },
  })
  expect((await context.store.auditOf(id)).at(-1)).toMatchObject({
    event: 'verdict.refused',
    at: desk.clock.now(),
  })
})

test.each([
  ['decision.recorded', 'agent:shopper'],
  ['verdict.reached', 'agent:shopper'],
  ['execution.settled', 'agent:shopper'],
  ['verdict.refused', 'reviewer:grace'],
  ['verdict.refused', 'system'],
] as const)('an agent cannot write %s by %s', async (event, actor) => {
  const approvals = createApprovals(await testDesk(context.store))
  await expect(
    approvals.audit({ event, requestId: 'HP-1', actor, details: {} }),
  ).rejects.toMatchObject({ code: 'HP_ERR_OPTION_INVALID' })
  expect(await context.store.auditOf('HP-1')).toEqual([])
})

describe('a claim of an approval that its agent has just seen', () => {
  async function seen() {
    const desk = await testDesk(context.store)
    const approvals = createApprovals(desk)
    const request = await approvals.open(draft(), [picture])
    await answer(desk, request, 'grace', 'approve')
    await approvals.ended(request.id)
    return { desk, approvals, id: request.id }
  }

  test('is written with its entry, and shows people nothing until it starts', async () => {
    const { desk, approvals, id } = await seen()
    const jobs = await context.jobs()
    await context.sql.query(`delete from holdpoint_jobs.job where name = 'deliver'`)
    const claim = await approvals.claim(id, 'worker')
    expect(claim).toEqual({ requestId: id, token: 1 })
    expect((await context.store.auditOf(id)).at(-1)).toMatchObject({
      event: 'execution.claimed',
      actor: 'agent:shopper',
      details: { token: 1, owner: 'worker' },
      at: desk.clock.now(),
    })
    expect(await context.jobs()).toEqual(jobs.filter((job) => !job.startsWith('deliver')))
    await approvals.start(claim)
    expect(await context.jobs()).toContain(`deliver ${id}`)
  })

  test('is refused as any other if somebody else was faster', async () => {
    const { desk, approvals, id } = await seen()
    await claimExecution(desk, id, 'other')
    await expect(approvals.claim(id, 'worker')).rejects.toMatchObject({
      code: 'HP_ERR_CLAIM_TAKEN',
    })
  })

  test('is refused if the request was withdrawn meanwhile', async () => {
    const { desk, approvals, id } = await seen()
    await withdraw(desk, id, 'gone')
    await expect(approvals.claim(id, 'worker')).rejects.toMatchObject({
      code: 'HP_ERR_WITHDRAWN',
    })
  })

  test('comes too late if the approval has lapsed since it was seen', async () => {
    const { desk, approvals, id } = await seen()
    desk.clock.advance(desk.policy.claimWithinMs + 1)
    await expect(approvals.claim(id, 'worker')).rejects.toMatchObject({ code: 'HP_ERR_LAPSED' })
    expect(await context.store.read(id)).toMatchObject({ state: 'lapsed' })
  })

  test('is not tried twice with what was seen once', async () => {
    const { approvals, id } = await seen()
    await approvals.claim(id, 'worker')
    await expect(approvals.claim(id, 'worker')).rejects.toMatchObject({
      code: 'HP_ERR_CLAIM_TAKEN',
    })
  })
})
