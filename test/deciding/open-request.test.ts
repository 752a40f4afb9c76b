import { describe, expect, test } from 'vitest'
import { identityDigest } from '../../src/core/action.ts'
import { sha256Hex } from '../../src/core/canonical.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import { evidenceDigest } from '../../src/core/evidence.ts'
import { policyDigest } from '../../src/core/policy.ts'
import { termsDigest } from '../../src/core/terms.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()
const HOUR_MS = 3_600_000
const otherTerms = { v: 1, recipient: 'other.example' } as const

const crop = { ...picture, role: 'crop', bytes: new Uint8Array([1, 2]) } as const
const withCrop: Evidence = {
  ...draft().evidence,
  crop: { sha256: sha256Hex(crop.bytes), mediaType: 'image/jpeg' },
}

test('the desk computes the digests, takes its own policy, and sets the deadline', async () => {
  const desk = await testDesk(context.store)
  const forged = { ...draft(), termsDigest: 'f'.repeat(64), state: 'approved', policy: {} }
  const request = await openRequest(desk, forged, [picture])
  expect(request).toMatchObject({
    id: 'HP-1',
    state: 'pending',
    identityDigest: identityDigest(forged.identity),
    termsDigest: termsDigest(forged.terms),
    evidenceDigest: evidenceDigest(forged.evidence),
    policy: desk.policy,
    policyDigest: policyDigest(desk.policy),
    openedAt: desk.clock.now(),
    expiresAt: new Date(desk.clock.now().getTime() + desk.policy.expiresAfterMs),
    decisions: [],
    execution: { state: 'none', token: 0 },
  })
  expect(request).not.toHaveProperty('verdict')
})

test('pictures, audit entry and jobs are stored with it', async () => {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft({ evidence: withCrop }), [picture, crop])
  expect((await context.store.images(request.id)).map(({ role }) => role)).toEqual(['crop', 'full'])
  expect(await context.store.auditOf(request.id)).toMatchObject([
    {
      event: 'request.opened',
      actor: 'agent:shopper',
      details: { termsDigest: request.termsDigest, evidenceDigest: request.evidenceDigest },
    },
  ])
  // The one for later is for the reminder.
  expect(await context.jobs()).toEqual(['deliver HP-1', 'deliver HP-1 later', 'expire HP-1 later'])
})

test.each([
  ['a crop that the evidence does not name', draft().evidence, [picture, crop]],
  ['another crop', withCrop, [picture, { ...crop, bytes: new Uint8Array([3]) }]],
  ['the crop in the place of the picture', withCrop, [{ ...crop, role: 'full' as const }, crop]],
  ['no crop where one is named', withCrop, [picture]],
  ['a picture of afterwards', withCrop, [picture, crop, { ...picture, role: 'after' as const }]],
])('%s is refused', async (_, evidence, images) => {
  const desk = await testDesk(context.store)
  await expect(openRequest(desk, draft({ evidence }), images)).rejects.toMatchObject({
    code: 'HP_ERR_OPTION_INVALID',
  })
  expect(await context.store.count({})).toBe(0)
})

test('evidence that names a picture is refused without it', async () => {
  const desk = await testDesk(context.store)
  const other = { ...picture, bytes: new Uint8Array([9]) }
  await expect(openRequest(desk, draft(), [other])).rejects.toMatchObject({
    code: 'HP_ERR_OPTION_INVALID',
  })
  expect(await context.store.count({})).toBe(0)
})

test('a request that follows another has the message of that one brought up to date', async () => {
  const desk = await testDesk(context.store)
  const first = await openRequest(desk, draft(), [picture])
  await context.sql.query('delete from holdpoint_jobs.job')
  const changed = [{ field: 'total', approved: '182.40 EUR', now: '199.00 EUR' }]
  await openRequest(desk, draft({ follows: { requestId: first.id, changed } }), [picture])
  expect(await context.jobs()).toEqual([
    'deliver HP-1',
    'deliver HP-2',
    'deliver HP-2 later',
    'expire HP-2 later',
  ])
})

test("an agent cannot follow another agent's request, nor one that does not exist", async () => {
  const desk = await testDesk(context.store)
  const { id } = await openRequest(desk, draft({ agent: 'clerk' }), [picture])
  for (const requestId of [id, 'HP-9']) {
    await expect(
      openRequest(desk, draft({ follows: { requestId, changed: [] } }), [picture]),
    ).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_NOT_FOUND' })
  }
})

describe('limits of one agent', () => {
  test('beyond the open requests it is frozen; an ended one makes room', async () => {
    const desk = await testDesk(context.store, { policy: { maxOpenPerAgent: 2 } })
    const first = await openRequest(desk, draft(), [picture])
    await openRequest(desk, draft(), [picture])
    await expect(openRequest(desk, draft(), [picture])).rejects.toMatchObject({
      code: 'HP_ERR_FROZEN',
    })
    const clerk = await openRequest(desk, draft({ agent: 'clerk' }), [picture])
    expect(clerk.state).toBe('pending')
    await withdraw(desk, first.id, 'not needed')
    expect(await openRequest(desk, draft(), [picture])).toMatchObject({ state: 'pending' })
  })

  test('beyond the new ones of an hour it is frozen until the hour is over', async () => {
    const desk = await testDesk(context.store, { policy: { maxNewPerHour: 2 } })
    for (const _ of [1, 2]) {
      const { id } = await openRequest(desk, draft(), [picture])
      await withdraw(desk, id, 'not needed')
    }
    desk.clock.advance(HOUR_MS - 1)
    await expect(openRequest(desk, draft(), [picture])).rejects.toMatchObject({
      code: 'HP_ERR_FROZEN',
    })
    desk.clock.advance(1)
    expect(await openRequest(desk, draft(), [picture])).toMatchObject({ state: 'pending' })
  })

  test('the audit says so once an hour, however often it asks', async () => {
    const desk = await testDesk(context.store, { policy: { maxOpenPerAgent: 1 } })
    await openRequest(desk, draft(), [picture])
    const frozen = async (): Promise<number | undefined> => {
      await expect(openRequest(desk, draft(), [picture])).rejects.toMatchObject({
        code: 'HP_ERR_FROZEN',
      })
      const { rows } = await context.sql.query<{ n: number }>(
        `select count(*) as n from holdpoint.audit where event = 'agent.frozen'`,
      )
      return rows[0]?.n
    }
    expect(await frozen()).toBe(1)
    expect(await frozen()).toBe(1)
    desk.clock.advance(HOUR_MS + 1)
    expect(await frozen()).toBe(2)
  })

  test('many at once do not slip through', async () => {
    const desk = await testDesk(context.store, { policy: { maxOpenPerAgent: 3 } })
    const opened = await Promise.allSettled(
      Array.from({ length: 10 }, () => openRequest(desk, draft(), [picture])),
    )
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  })
})

describe('idempotency key', () => {
  test('the same key with equal terms gives the same request, whatever became of it', async () => {
    const desk = await testDesk(context.store, { policy: { maxOpenPerAgent: 1 } })
    const asked = draft({ idempotencyKey: 'order-1' })
    const first = await openRequest(desk, asked, [picture])
    expect(await openRequest(desk, asked, [picture])).toEqual(first)
    await answer(desk, first, 'grace', 'reject')
    expect(await openRequest(desk, asked, [picture])).toMatchObject({
      id: first.id,
      state: 'rejected',
    })
    expect((await context.store.auditOf(first.id)).map(({ event }) => event)).toEqual([
      'request.opened',
      'request.joined',
      'decision.recorded',
      'verdict.reached',
      'request.joined',
    ])
  })

  test('the same key with other terms, or for another kind of action, is refused', async () => {
    const desk = await testDesk(context.store)
    await openRequest(desk, draft({ idempotencyKey: 'order-1' }), [picture])
    for (const change of [{ terms: otherTerms }, { kind: 'deletion' }] as const) {
      await expect(
        openRequest(desk, draft({ idempotencyKey: 'order-1', ...change }), [picture]),
      ).rejects.toMatchObject({ code: 'HP_ERR_IDEMPOTENCY_CONFLICT' })
    }
  })

  test('two at once with one key are one request', async () => {
    const desk = await testDesk(context.store)
    const asked = draft({ idempotencyKey: 'order-1' })
    const opened = await Promise.all(
      Array.from({ length: 6 }, () => openRequest(desk, asked, [picture])),
    )
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
  })

  test('keys of different agents are different keys', async () => {
    const desk = await testDesk(context.store)
    const one = await openRequest(desk, draft({ idempotencyKey: 'k' }), [picture])
    const two = await openRequest(desk, draft({ idempotencyKey: 'k', agent: 'clerk' }), [picture])
    expect(one.id).not.toBe(two.id)
  })
})

describe('asking again after a rejection', () => {
  test('the same identity gets the same answer and nobody is asked, until the time is over', async () => {
    const desk = await testDesk(context.store)
    const request = await openRequest(desk, draft(), [picture])
    await answer(desk, request, 'grace', 'reject', { reason: 'too expensive' })
    desk.clock.advance(desk.policy.askAgainAfterMs - 1)
    await expect(openRequest(desk, draft({ terms: otherTerms }), [picture])).rejects.toMatchObject({
      code: 'HP_ERR_REJECTED',
      details: { requestId: request.id, reviewer: 'grace', reason: 'too expensive' },
    })
    expect(await context.store.count({})).toBe(1)
    desk.clock.advance(1)
    expect(await openRequest(desk, draft(), [picture])).toMatchObject({ state: 'pending' })
  })

  test('another identity is asked', async () => {
    const desk = await testDesk(context.store)
    const request = await openRequest(desk, draft(), [picture])
    await answer(desk, request, 'grace', 'reject')
    const identity = { ...draft().identity, pathTemplate: '/other' }
    expect(await openRequest(desk, draft({ identity }), [picture])).toMatchObject({
      state: 'pending',
    })
  })

  test('after an approval or a withdrawal it may be asked at once', async () => {
    const desk = await testDesk(context.store)
    const first = await openRequest(desk, draft(), [picture])
    await answer(desk, first, 'grace', 'approve')
    const second = await openRequest(desk, draft(), [picture])
    await withdraw(desk, second.id, 'not needed')
    expect(await openRequest(desk, draft(), [picture])).toMatchObject({ state: 'pending' })
  })
})
