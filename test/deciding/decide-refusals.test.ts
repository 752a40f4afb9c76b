import { describe, expect, test } from 'vitest'
import type { RequestDraft } from '../../src/core/request.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

async function setUp(
  options: Parameters<typeof testDesk>[1] = {},
  change: Partial<RequestDraft> = {},
) {
  const desk = await testDesk(context.store, options)
  const asked = draft(change)
  const request = await openRequest(desk, asked, asked.evidence.picture ? [picture] : [])
  return { desk, request }
}

const events = async (requestId: string) =>
  (await context.store.auditOf(requestId)).map(({ event }) => event)

describe('a decision that does not count', () => {
  const digest = 'f'.repeat(64)
  test.each([
    ['its reviewer is not in the policy', 'linus', {}, 'HP_ERR_REVIEWER_NOT_ALLOWED'],
    ['its reviewer is the one acted for', 'ada', {}, 'HP_ERR_REVIEWER_NOT_ALLOWED'],
    ['its reviewer is the agent', 'shopper', {}, 'HP_ERR_REVIEWER_NOT_ALLOWED'],
    [
      'its screen showed other terms',
      'grace',
      { expectedTermsDigest: digest },
      'HP_ERR_REQUEST_CHANGED',
    ],
    [
      'its screen showed other evidence',
      'grace',
      { expectedEvidenceDigest: digest },
      'HP_ERR_REQUEST_CHANGED',
    ],
  ] as const)(
    'when %s: refused, written down, and nothing else changes',
    async (_, reviewer, change, code) => {
      const { desk, request } = await setUp(
        { policy: { reviewers: ['ada', 'grace', 'shopper'] } },
        { onBehalfOf: 'ada' },
      )
      for (const answered of ['approve', 'reject'] as const) {
        await expect(answer(desk, request, reviewer, answered, change)).rejects.toMatchObject({
          code,
        })
      }
      expect(await context.store.read(request.id)).toEqual(request)
      const refused = (await context.store.auditOf(request.id)).slice(1)
      expect(refused.map(({ event, actor, details }) => [event, actor, details.code])).toEqual([
        ['decision.refused', `reviewer:${reviewer}`, code],
        ['decision.refused', `reviewer:${reviewer}`, code],
      ])
    },
  )

  test('the one acted for may decide when the policy says so, and the audit says that they did', async () => {
    const { desk, request } = await setUp({ policy: { soloReviewer: true } }, { onBehalfOf: 'ada' })
    await answer(desk, request, 'ada', 'approve')
    const recorded = (await context.store.auditOf(request.id)).find(
      ({ event }) => event === 'decision.recorded',
    )
    expect(recorded?.details).toMatchObject({ soloReviewer: true })
  })

  test('at the deadline, and it ends the request; a millisecond before it counts', async () => {
    const { desk, request } = await setUp()
    const late = await openRequest(desk, draft(), [picture])
    desk.clock.advance(desk.policy.expiresAfterMs - 1)
    expect(await answer(desk, request, 'grace', 'approve')).toMatchObject({ verdict: 'approved' })
    desk.clock.advance(1)
    await expect(answer(desk, late, 'grace', 'approve')).rejects.toMatchObject({
      code: 'HP_ERR_REQUEST_CLOSED',
      details: { state: 'expired' },
    })
    expect(await context.store.read(late.id)).toMatchObject({ state: 'expired', decisions: [] })
    expect(await events(late.id)).toEqual(['request.opened', 'request.expired', 'decision.refused'])
  })

  test.each([
    ['terms', '18240', '1824'],
    ['evidence', 'Checkout', 'Newsletter'],
    ['policy', '900000', '900001'],
    ['identity', '/checkout', '/elsewhere'],
  ])('the stored %s were changed behind its back', async (column, before, after) => {
    const { desk, request } = await setUp()
    await context.sql.query(
      `update holdpoint.requests set ${column} = replace(${column}::text, '${before}', '${after}')::json`,
    )
    await expect(answer(desk, request, 'grace', 'approve')).rejects.toMatchObject({
      code: 'HP_ERR_REQUEST_CHANGED',
    })
  })

  test('the person it is done for was taken out, so as to approve it', async () => {
    const { desk, request } = await setUp({}, { onBehalfOf: 'grace' })
    await context.sql.query('update holdpoint.requests set on_behalf_of = null')
    await expect(answer(desk, request, 'grace', 'approve')).rejects.toMatchObject({
      code: 'HP_ERR_REQUEST_CHANGED',
    })
  })

  test('there is no such request', async () => {
    const { desk, request } = await setUp()
    await expect(
      answer(desk, { ...request, id: 'HP-9' }, 'grace', 'approve'),
    ).rejects.toMatchObject({ code: 'HP_ERR_REQUEST_NOT_FOUND' })
  })
})

describe('without a picture', () => {
  const { evidence } = draft()
  const { picture: shot, ...none } = evidence
  const black = { ...evidence, ...(shot && { picture: { ...shot, blackedOut: true } }) }

  test.each([
    ['missing', none],
    ['black', black],
  ])('a request whose picture is %s can be rejected but not approved', async (_, seen) => {
    const { desk, request } = await setUp({}, { evidence: seen })
    await expect(answer(desk, request, 'grace', 'approve')).rejects.toMatchObject({
      code: 'HP_ERR_EVIDENCE_MISSING',
    })
    expect(await events(request.id)).toEqual(['request.opened', 'decision.refused'])
    expect(await answer(desk, request, 'grace', 'reject')).toMatchObject({ verdict: 'rejected' })
  })

  test('a policy may allow it', async () => {
    const { desk, request } = await setUp(
      { policy: { approveWithoutImage: true } },
      { evidence: none },
    )
    expect(await answer(desk, request, 'grace', 'approve')).toMatchObject({ verdict: 'approved' })
  })
})
