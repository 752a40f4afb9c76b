import { describe, expect, test } from 'vitest'
import { createChecker } from '../../src/adapters/signing/index.ts'
import type { RequestDraft } from '../../src/core/request.ts'
import { decide } from '../../src/deciding/decide.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { proofOfCallback, proofOfSession } from '../../src/deciding/proof.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

async function setUp(
  options: Parameters<typeof testDesk>[1] = {},
  change: Partial<RequestDraft> = {},
) {
  const desk = await testDesk(context.store, options)
  const request = await openRequest(desk, draft(change), [picture])
  return { desk, request }
}

const events = async (requestId: string) =>
  (await context.store.auditOf(requestId)).map(({ event }) => event)

describe('a decision that settles the matter', () => {
  test('an approval closes the request and signs all that it is about', async () => {
    const { desk, request } = await setUp()
    desk.clock.advance(60_000)
    const result = await answer(desk, request, 'grace', 'approve', { reason: 'needed' })
    expect(result).toMatchObject({ verdict: 'approved', repeated: false })
    expect(result.request).toMatchObject({ state: 'approved', closedAt: desk.clock.now() })
    expect(await context.store.read(request.id)).toEqual(result.request)
    const checker = await createChecker([desk.signer.publicJwk])
    expect(await checker.check(result.request.verdict ?? '')).toEqual({
      iss: 'holdpoint',
      aud: 'session-1',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: desk.clock.now().getTime() / 1_000,
      requestId: request.id,
      verdict: 'approved',
      identity: request.identityDigest,
      termsDigest: request.termsDigest,
      evidenceDigest: request.evidenceDigest,
      policyDigest: request.policyDigest,
      reviewer: 'grace',
      reason: 'needed',
      claimNotAfter: desk.clock.now().getTime() + desk.policy.claimWithinMs,
    })
    expect(await events(request.id)).toEqual([
      'request.opened',
      'decision.recorded',
      'verdict.reached',
    ])
  })

  test('a rejection carries its reason', async () => {
    const { desk, request } = await setUp()
    const result = await answer(desk, request, 'grace', 'reject', { reason: 'too expensive' })
    expect(result).toMatchObject({ verdict: 'rejected', request: { state: 'rejected' } })
    const checker = await createChecker([desk.signer.publicJwk])
    expect(await checker.check(result.request.verdict ?? '')).toMatchObject({
      verdict: 'rejected',
      reviewer: 'grace',
      reason: 'too expensive',
    })
  })

  test('a reason is one line without control characters, whichever channel it came by', async () => {
    const { desk, request } = await setUp()
    const reason = 'too\u001b[31m\nexpensive\u202e'
    const { request: decided } = await answer(desk, request, 'grace', 'reject', { reason })
    expect(decided.decisions[0]?.reason).toBe('too[31m expensive')
  })

  test('an empty reason is none, and a very long one is cut', async () => {
    const { desk, request } = await setUp()
    const other = await openRequest(desk, draft(), [picture])
    const { request: silent } = await answer(desk, request, 'grace', 'approve', { reason: ' \n' })
    expect(silent.decisions[0]).not.toHaveProperty('reason')
    const reason = 'x'.repeat(5_000)
    const { request: loud } = await answer(desk, other, 'grace', 'reject', { reason })
    expect(loud.decisions[0]?.reason).toBe(`${'x'.repeat(1_999)}…`)
  })

  test('the same person on two channels decides the same', async () => {
    for (const channel of ['slack', 'terminal']) {
      const { desk, request } = await setUp()
      const proof = proofOfCallback(channel, 'grace', 'click-of-the-provider')
      const { verdict } = await answer(desk, request, 'grace', 'approve', { proof })
      expect(verdict).toBe('approved')
    }
  })

  test('with a quorum of two, the second person settles it and the first does not', async () => {
    const { desk, request } = await setUp({ policy: { quorum: 2 } })
    const first = await answer(desk, request, 'ada', 'approve')
    expect(first).toMatchObject({ repeated: false, request: { state: 'pending' } })
    expect(first).not.toHaveProperty('verdict')
    const second = await answer(desk, request, 'grace', 'approve')
    const checker = await createChecker([desk.signer.publicJwk])
    expect(await checker.check(second.request.verdict ?? '')).toMatchObject({
      verdict: 'approved',
      reviewer: 'ada, grace',
    })
  })

  test('a rejection wins over an approval before it', async () => {
    const { desk, request } = await setUp({ policy: { quorum: 2 } })
    await answer(desk, request, 'ada', 'approve')
    const { verdict } = await answer(desk, request, 'grace', 'reject')
    expect(verdict).toBe('rejected')
  })

  test('a request that cannot be signed stays as it was', async () => {
    const { desk, request } = await setUp()
    const broken = {
      ...desk,
      signer: { ...desk.signer, sign: () => Promise.reject(new Error('no key')) },
    }
    await expect(answer(broken, request, 'grace', 'approve')).rejects.toThrow('no key')
    expect(await context.store.read(request.id)).toEqual(request)
    expect(await events(request.id)).toEqual(['request.opened'])
  })
})

describe('a decision that comes again', () => {
  test('the same click gives the first result back and changes nothing, whatever it says now', async () => {
    const { desk, request } = await setUp()
    const proof = proofOfSession('grace', 'nonce')
    const first = await answer(desk, request, 'grace', 'approve', { proof })
    const before = await events(request.id)
    const again = await answer(desk, request, 'grace', 'reject', { proof })
    expect(again).toEqual({ ...first, repeated: true })
    expect(await events(request.id)).toEqual(before)
  })

  test('another click of the same person with the same answer repeats it', async () => {
    const { desk, request } = await setUp({ policy: { quorum: 2 } })
    await answer(desk, request, 'ada', 'approve')
    const again = await answer(desk, request, 'ada', 'approve')
    expect(again).toMatchObject({ repeated: true, request: { state: 'pending' } })
  })

  test('another click of the same person with another answer is refused', async () => {
    const { desk, request } = await setUp({ policy: { quorum: 2 } })
    await answer(desk, request, 'ada', 'approve')
    await expect(answer(desk, request, 'ada', 'reject')).rejects.toMatchObject({
      code: 'HP_ERR_REQUEST_CLOSED',
      details: { state: 'pending', decidedBy: 'ada' },
    })
  })

  test('a second decision on a closed request learns who decided and when', async () => {
    const { desk, request } = await setUp()
    await answer(desk, request, 'ada', 'reject')
    const decidedAt = desk.clock.now()
    desk.clock.advance(1_000)
    await expect(answer(desk, request, 'grace', 'approve')).rejects.toMatchObject({
      code: 'HP_ERR_REQUEST_CLOSED',
      message: 'HP-1 is already rejected by Ada',
      details: { requestId: 'HP-1', state: 'rejected', decidedBy: 'ada', decidedAt },
    })
    expect(await events(request.id)).toContain('decision.refused')
  })

  test("one person's click cannot be used by another, nor on another request", async () => {
    const { desk, request } = await setUp({ policy: { quorum: 2 } })
    const other = await openRequest(desk, draft(), [picture])
    await answer(desk, request, 'ada', 'approve', { proof: proofOfSession('ada', 'nonce') })
    for (const [target, reviewer] of [
      [request, 'grace'],
      [other, 'ada'],
    ] as const) {
      await expect(
        answer(desk, target, reviewer, 'approve', { proof: proofOfSession(reviewer, 'nonce') }),
      ).rejects.toMatchObject({ code: 'HP_ERR_DECISION_UNAUTHENTIC' })
    }
  })

  test('clicks of different channels with the same number are different clicks', async () => {
    const { desk, request } = await setUp({ policy: { quorum: 2 } })
    for (const [channel, reviewer] of [
      ['slack', 'ada'],
      ['email', 'grace'],
    ] as const) {
      await answer(desk, request, reviewer, 'approve', {
        proof: proofOfCallback(channel, reviewer, '17'),
      })
    }
    expect((await context.store.read(request.id))?.state).toBe('approved')
  })
})

test('the policy of the opening counts, not a later one', async () => {
  const { desk, request } = await setUp({ policy: { quorum: 2 } })
  const looser = await testDesk(context.store, { policy: { quorum: 1, reviewers: ['mallory'] } })
  await expect(answer(looser, request, 'mallory', 'approve')).rejects.toMatchObject({
    code: 'HP_ERR_REVIEWER_NOT_ALLOWED',
  })
  expect(
    await answer({ ...looser, clock: desk.clock }, request, 'ada', 'approve'),
  ).not.toHaveProperty('verdict')
})

test('every decision has its message brought up to date', async () => {
  const { desk, request } = await setUp({ policy: { quorum: 2 } })
  const waiting = () => context.sql.query(`delete from holdpoint_jobs.job`)
  await waiting()
  await answer(desk, request, 'ada', 'approve')
  expect(await context.jobs()).toEqual(['deliver HP-1'])
  await waiting()
  await answer(desk, request, 'grace', 'approve')
  expect(await context.jobs()).toEqual(['deliver HP-1'])
})

test('decide is the only way: the input has no reviewer of its own', async () => {
  const { desk, request } = await setUp()
  const body = {
    requestId: request.id,
    answer: 'approve',
    proof: proofOfSession('mallory', 'nonce'),
    expectedTermsDigest: request.termsDigest,
    expectedEvidenceDigest: request.evidenceDigest,
    reviewer: 'grace',
  } as const
  await expect(decide(desk, body)).rejects.toMatchObject({ code: 'HP_ERR_REVIEWER_NOT_ALLOWED' })
})
