import { expect, test } from 'vitest'
import { createApprovals } from '../../src/deciding/approvals.ts'
import { draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

test("nothing in the agent's side can decide", async () => {
  const approvals = createApprovals(await testDesk(context.store))
  expect(Object.keys(approvals).toSorted()).toEqual([
    'audit',
    'claim',
    'ended',
    'finish',
    'open',
    'sent',
    'start',
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
