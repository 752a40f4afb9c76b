import { expect, test } from 'vitest'
import {
  claimExecution,
  finishExecution,
  sentExecution,
  startExecution,
} from '../../src/deciding/execute.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { reapExecutions } from '../../src/deciding/reap.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()
const LEASE_MS = 60_000
const GIVE_UP_AFTER_MS = 5 * 60_000

async function claimed() {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft(), [picture])
  await answer(desk, request, 'grace', 'approve')
  return { desk, id: request.id, claim: await claimExecution(desk, request.id, 'worker') }
}

const read = (id: string) => context.store.read(id)

test('a claim whose lease lapsed is free again, and the next one has a higher token', async () => {
  const { desk, id } = await claimed()
  desk.clock.advance(LEASE_MS - 1)
  expect(await reapExecutions(desk)).toEqual([])
  desk.clock.advance(1)
  expect(await reapExecutions(desk)).toEqual([id])
  expect(await read(id)).toMatchObject({
    state: 'approved',
    execution: { state: 'none', token: 1 },
  })
  expect(await claimExecution(desk, id, 'other')).toMatchObject({ token: 2 })
})

test('an approval that nobody used in time lapses', async () => {
  const { desk, id } = await claimed()
  desk.clock.advance(desk.policy.claimWithinMs + 1)
  expect(await reapExecutions(desk)).toEqual([id])
  expect(await read(id)).toMatchObject({ state: 'lapsed' })
  expect(await reapExecutions(desk)).toEqual([])
})

test.each([
  ['started', false],
  ['sent', true],
] as const)(
  'what was %s ends in doubt some minutes after its lease, not before, and is never claimable',
  async (_, isSent) => {
    const { desk, id, claim } = await claimed()
    await startExecution(desk, claim)
    if (isSent) await sentExecution(desk, claim)
    desk.clock.advance(LEASE_MS + GIVE_UP_AFTER_MS - 1)
    expect(await reapExecutions(desk)).toEqual([])
    desk.clock.advance(1)
    expect(await reapExecutions(desk)).toEqual([id])
    expect(await read(id)).toMatchObject({ state: 'approved', execution: { state: 'in-doubt' } })
    expect((await context.store.auditOf(id)).at(-1)).toMatchObject({
      event: 'execution.settled',
      actor: 'system',
      details: { ending: 'in-doubt', owner: 'worker' },
    })
    expect(await reapExecutions(desk)).toEqual([])
    await expect(claimExecution(desk, id, 'other')).rejects.toMatchObject({
      code: 'HP_ERR_CLAIM_TAKEN',
    })
  },
)

test('what a worker that was given up reports is refused, but written down with its picture', async () => {
  const { desk, id, claim } = await claimed()
  await startExecution(desk, claim)
  await sentExecution(desk, claim)
  desk.clock.advance(LEASE_MS + GIVE_UP_AFTER_MS)
  await reapExecutions(desk)
  const after = { ...picture, role: 'after' } as const
  await expect(
    finishExecution(desk, claim, 'succeeded', { label: 'order 10042', after }),
  ).rejects.toMatchObject({ code: 'HP_ERR_CLAIM_TAKEN' })
  expect(await read(id)).toMatchObject({ execution: { state: 'in-doubt' } })
  expect((await context.store.auditOf(id)).at(-1)).toMatchObject({
    event: 'execution.late',
    details: { ending: 'succeeded', label: 'order 10042', found: 'in-doubt' },
  })
  expect((await context.store.images(id)).map(({ role }) => role)).toContain('after')
})

test('an owner that is known to be dead is not waited for', async () => {
  const { desk, id, claim } = await claimed()
  await startExecution(desk, claim)
  expect(await reapExecutions(desk, { ownerIsDead: (owner) => owner === 'other' })).toEqual([])
  expect(await reapExecutions(desk, { ownerIsDead: (owner) => owner === 'worker' })).toEqual([id])
  expect(await read(id)).toMatchObject({ execution: { state: 'in-doubt' } })
})

test('what has ended is left alone', async () => {
  const { desk, id, claim } = await claimed()
  await startExecution(desk, claim)
  await sentExecution(desk, claim)
  await finishExecution(desk, claim, 'succeeded')
  desk.clock.advance(24 * 3_600_000)
  expect(await reapExecutions(desk, { ownerIsDead: () => true })).toEqual([])
  expect(await read(id)).toMatchObject({ execution: { state: 'succeeded' } })
})

test('several desks that reap at once settle it once', async () => {
  const { desk, id, claim } = await claimed()
  await startExecution(desk, claim)
  desk.clock.advance(LEASE_MS + GIVE_UP_AFTER_MS)
  const reaped = await Promise.all([1, 2, 3, 4].map(() => reapExecutions(desk)))
  expect(reaped.flat()).toEqual([id])
})
