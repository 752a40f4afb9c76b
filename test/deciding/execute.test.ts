import { describe, expect, test } from 'vitest'
import type { Desk } from '../../src/deciding/desk.ts'
import {
  claimExecution,
  finishExecution,
  sentExecution,
  startExecution,
} from '../../src/deciding/execute.ts'
import { expire } from '../../src/deciding/expire.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()
const LEASE_MS = 60_000

async function opened() {
  const desk = await testDesk(context.store)
  return { desk, request: await openRequest(desk, draft(), [picture]) }
}

async function approved() {
  const { desk, request } = await opened()
  await answer(desk, request, 'grace', 'approve')
  return { desk, request }
}

const execution = async (requestId: string) => (await context.store.read(requestId))?.execution

describe('claim', () => {
  test.each([
    ['pending', async () => undefined, 'HP_ERR_HELD'],
    [
      'rejected',
      (desk: Desk, request: Awaited<ReturnType<typeof opened>>['request']) =>
        answer(desk, request, 'grace', 'reject', { reason: 'no' }),
      'HP_ERR_REJECTED',
    ],
    [
      'withdrawn',
      (desk: Desk, request: { readonly id: string }) => withdraw(desk, request.id, 'gone'),
      'HP_ERR_WITHDRAWN',
    ],
  ] as const)('a request that is %s cannot be claimed', async (_, prepare, code) => {
    const { desk, request } = await opened()
    await prepare(desk, request)
    await expect(claimExecution(desk, request.id, 'worker')).rejects.toMatchObject({ code })
    expect(await execution(request.id)).toEqual({ state: 'none', token: 0 })
  })

  test('an expired request cannot be claimed', async () => {
    const { desk, request } = await opened()
    desk.clock.advance(desk.policy.expiresAfterMs)
    await expire(desk, request.id)
    await expect(claimExecution(desk, request.id, 'worker')).rejects.toMatchObject({
      code: 'HP_ERR_EXPIRED',
    })
  })

  test('an approval can be claimed once, for a lease', async () => {
    const { desk, request } = await approved()
    expect(await claimExecution(desk, request.id, 'worker-1')).toEqual({
      requestId: request.id,
      token: 1,
    })
    expect(await execution(request.id)).toEqual({
      state: 'claimed',
      token: 1,
      owner: 'worker-1',
      leaseUntil: new Date(desk.clock.now().getTime() + LEASE_MS),
    })
    desk.clock.advance(LEASE_MS - 1)
    await expect(claimExecution(desk, request.id, 'worker-2')).rejects.toMatchObject({
      code: 'HP_ERR_CLAIM_TAKEN',
    })
  })

  test('after the lease another worker may, and the first one is fenced off', async () => {
    const { desk, request } = await approved()
    const first = await claimExecution(desk, request.id, 'worker-1')
    desk.clock.advance(LEASE_MS)
    const second = await claimExecution(desk, request.id, 'worker-2')
    expect(second.token).toBe(2)
    await expect(startExecution(desk, first)).rejects.toMatchObject({
      code: 'HP_ERR_CLAIM_STALE',
      details: { heldToken: 1, currentToken: 2 },
    })
    await startExecution(desk, second)
  })

  test('an approval is good until claimWithinMs have passed; later it lapses', async () => {
    const one = await approved()
    one.desk.clock.advance(one.desk.policy.claimWithinMs)
    await claimExecution(one.desk, one.request.id, 'worker')

    const { desk, request } = await approved()
    desk.clock.advance(desk.policy.claimWithinMs + 1)
    for (const _ of ['the first', 'every later one']) {
      await expect(claimExecution(desk, request.id, 'worker')).rejects.toMatchObject({
        code: 'HP_ERR_LAPSED',
      })
    }
    expect(await context.store.read(request.id)).toMatchObject({
      state: 'lapsed',
      execution: { state: 'none', token: 0 },
    })
    expect((await context.store.auditOf(request.id)).map(({ event }) => event)).toEqual([
      'request.opened',
      'decision.recorded',
      'verdict.reached',
      'request.lapsed',
    ])
  })
})

describe('from start to end', () => {
  test('a worker that slept through its lease is refused at start', async () => {
    const { desk, request } = await approved()
    const claim = await claimExecution(desk, request.id, 'worker')
    desk.clock.advance(LEASE_MS)
    await expect(startExecution(desk, claim)).rejects.toMatchObject({ code: 'HP_ERR_CLAIM_STALE' })
  })

  test('once started nobody may claim, lease or no lease', async () => {
    const { desk, request } = await approved()
    await startExecution(desk, await claimExecution(desk, request.id, 'worker'))
    desk.clock.advance(10 * LEASE_MS)
    await expect(claimExecution(desk, request.id, 'other')).rejects.toMatchObject({
      code: 'HP_ERR_CLAIM_TAKEN',
    })
  })

  test('start and sent renew the lease, and sent may come again for a further step', async () => {
    const { desk, request } = await approved()
    const claim = await claimExecution(desk, request.id, 'worker')
    for (const write of [startExecution, sentExecution, sentExecution]) {
      desk.clock.advance(50_000)
      await write(desk, claim)
      expect((await execution(request.id))?.leaseUntil).toEqual(
        new Date(desk.clock.now().getTime() + LEASE_MS),
      )
    }
  })

  test('nothing is sent that was not started', async () => {
    const { desk, request } = await approved()
    const claim = await claimExecution(desk, request.id, 'worker')
    await expect(sentExecution(desk, claim)).rejects.toMatchObject({ code: 'HP_ERR_CLAIM_TAKEN' })
  })

  test('the end is written with its facts and the picture after it', async () => {
    const { desk, request } = await approved()
    const claim = await claimExecution(desk, request.id, 'worker')
    await startExecution(desk, claim)
    await sentExecution(desk, claim)
    const after = { ...picture, role: 'after', bytes: new Uint8Array([7]) } as const
    await finishExecution(desk, claim, 'unverified', { status: 500, label: 'server error', after })
    expect(await execution(request.id)).toMatchObject({
      state: 'unverified',
      status: 500,
      label: 'server error',
    })
    const image = (await context.store.images(request.id)).find(({ role }) => role === 'after')
    expect(await context.store.imageBytes(image?.sha256 ?? '')).toBeDefined()
    expect((await context.store.auditOf(request.id)).at(-1)).toMatchObject({
      event: 'execution.settled',
      details: { ending: 'unverified', status: 500, token: 1 },
    })
  })

  test('an end that comes twice, or by a fenced worker, is refused and written down', async () => {
    const { desk, request } = await approved()
    const first = await claimExecution(desk, request.id, 'worker-1')
    desk.clock.advance(LEASE_MS)
    const second = await claimExecution(desk, request.id, 'worker-2')
    await expect(finishExecution(desk, first, 'failed')).rejects.toMatchObject({
      code: 'HP_ERR_CLAIM_STALE',
    })
    await finishExecution(desk, second, 'failed', { label: 'the page was closed' })
    await expect(finishExecution(desk, second, 'in-doubt')).rejects.toMatchObject({
      code: 'HP_ERR_CLAIM_TAKEN',
    })
    expect(await execution(request.id)).toMatchObject({ state: 'failed', token: 2 })
    const late = (await context.store.auditOf(request.id)).filter(
      ({ event }) => event === 'execution.late',
    )
    expect(late.map(({ details }) => details)).toMatchObject([
      { ending: 'failed', token: 1, found: 'claimed' },
      { ending: 'in-doubt', token: 2, found: 'failed' },
    ])
  })
})
