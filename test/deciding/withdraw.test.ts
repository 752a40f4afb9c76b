import { expect, test } from 'vitest'
import { claimExecution, finishExecution, startExecution } from '../../src/deciding/execute.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

async function setUp() {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft(), [picture])
  return { desk, request }
}

test('a pending request can be taken back, with the reason, and is not decided any more', async () => {
  const { desk, request } = await setUp()
  expect(await withdraw(desk, request.id, 'the page was closed')).toBe(true)
  expect(await context.store.read(request.id)).toMatchObject({
    state: 'withdrawn',
    closedReason: 'the page was closed',
  })
  expect((await context.store.auditOf(request.id)).at(-1)).toMatchObject({
    event: 'request.withdrawn',
    actor: 'agent:shopper',
  })
  await expect(answer(desk, request, 'grace', 'approve')).rejects.toMatchObject({
    code: 'HP_ERR_REQUEST_CLOSED',
  })
  expect(await withdraw(desk, request.id, 'again')).toBe(false)
})

test('an approval can be taken back until it is started, also from under a claim', async () => {
  const { desk, request } = await setUp()
  await answer(desk, request, 'grace', 'approve')
  const claim = await claimExecution(desk, request.id, 'worker')
  expect(await withdraw(desk, request.id, 'changed my mind', 'reviewer:grace')).toBe(true)
  await expect(startExecution(desk, claim)).rejects.toMatchObject({ code: 'HP_ERR_WITHDRAWN' })
  await finishExecution(desk, claim, 'failed', { label: 'withdrawn' })
  expect(await context.store.read(request.id)).toMatchObject({
    state: 'withdrawn',
    execution: { state: 'failed' },
  })
})

test('what has started cannot be taken back', async () => {
  const { desk, request } = await setUp()
  await answer(desk, request, 'grace', 'approve')
  await startExecution(desk, await claimExecution(desk, request.id, 'worker'))
  expect(await withdraw(desk, request.id, 'too late')).toBe(false)
  expect(await context.store.read(request.id)).toMatchObject({ state: 'approved' })
})

test('past the deadline it has expired, and was not withdrawn', async () => {
  const { desk, request } = await setUp()
  desk.clock.advance(desk.policy.expiresAfterMs)
  expect(await withdraw(desk, request.id, 'too late')).toBe(false)
  expect(await context.store.read(request.id)).toMatchObject({ state: 'expired' })
})
