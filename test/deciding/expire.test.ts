import { expect, test } from 'vitest'
import { expire } from '../../src/deciding/expire.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

test('a request expires at its deadline, not a millisecond before', async () => {
  const desk = await testDesk(context.store)
  const { id } = await openRequest(desk, draft(), [picture])
  desk.clock.advance(desk.policy.expiresAfterMs - 1)
  expect(await expire(desk, id)).toBe(false)
  expect(await context.store.read(id)).toMatchObject({ state: 'pending' })
  desk.clock.advance(1)
  expect(await expire(desk, id)).toBe(true)
  expect(await context.store.read(id)).toMatchObject({
    state: 'expired',
    closedAt: desk.clock.now(),
  })
  expect((await context.store.auditOf(id)).at(-1)).toMatchObject({
    event: 'request.expired',
    actor: 'system',
  })
})

test('expiring twice, or after a decision, changes nothing', async () => {
  const desk = await testDesk(context.store)
  const decided = await openRequest(desk, draft(), [picture])
  await answer(desk, decided, 'grace', 'approve')
  const { id } = await openRequest(desk, draft(), [picture])
  desk.clock.advance(desk.policy.expiresAfterMs)
  await expire(desk, id)
  expect(await expire(desk, id)).toBe(false)
  expect(await expire(desk, decided.id)).toBe(false)
  expect(await context.store.read(decided.id)).toMatchObject({ state: 'approved' })
})

test('a number that was never given is an error', async () => {
  const desk = await testDesk(context.store)
  await expect(expire(desk, 'HP-9')).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_NOT_FOUND' })
})
