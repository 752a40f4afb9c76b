import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noticesOf, plannedNotices } from '../../src/core/notices.ts'
import type { PolicyInput } from '../../src/core/policy.ts'
import { type ApprovalRequest, REQUEST_STATES } from '../../src/core/request.ts'
import { asked, atMinute } from './asked.ts'

const HOUR = 60
const two: PolicyInput = { reviewers: ['ada', 'grace'] }
const tiers: PolicyInput = { reviewers: ['grace', 'cto'], escalateTo: ['cto'] }

/** `reminder 450 ada grace`: kind, minute and people. */
const said = (request: ApprovalRequest, minute?: number): readonly string[] =>
  (minute === undefined ? plannedNotices(request) : noticesOf(request, atMinute(minute))).map(
    ({ kind, dueAt, reviewers }) =>
      [kind, (dueAt.getTime() - request.openedAt.getTime()) / 60_000, ...reviewers].join(' '),
  )

describe('what is planned', () => {
  test.each<[string, number, readonly string[]]>([
    [
      'a day: half time and 10 minutes before the end',
      24 * HOUR,
      ['reminder 720', 'last-call 1430'],
    ],
    ['half an hour: both, five minutes apart', 30, ['reminder 15', 'last-call 20']],
    ['less: the last call would come on the heels of the reminder', 29, ['reminder 14.5']],
    ['a quarter of an hour: half time is enough', 15, ['reminder 7.5']],
    ['ten minutes', 10, ['reminder 5']],
    ['less: people were asked only just now', 9, []],
    ['a second', 1 / 60, []],
  ])('for %s', (_, minutes, planned) => {
    expect(said(asked(minutes, two))).toEqual(planned.map((notice) => `${notice} ada grace`))
  })

  test('without reminders there is only the escalation', () => {
    expect(said(asked(HOUR, { ...two, reminders: false }))).toEqual([])
    expect(said(asked(HOUR, { ...tiers, reminders: false }))).toEqual(['escalation 30 cto'])
  })

  test('a policy that was stored before there were reminders has them', () => {
    const { reminders: _, ...policy } = asked(HOUR, two).policy
    const request = { ...asked(HOUR, two), policy: policy as ApprovalRequest['policy'] }
    expect(said(request)).toEqual(said(asked(HOUR, two)))
  })

  test('those who are asked next are not reminded before, and are told of the end', () => {
    expect(said(asked(24 * HOUR, tiers))).toEqual([
      'reminder 720 grace',
      'escalation 720 cto',
      'last-call 1430 grace cto',
    ])
    expect(said(asked(24 * HOUR, { ...tiers, escalateAfterMs: 3_600_000 }))).toEqual([
      'escalation 60 cto',
      'reminder 720 grace cto',
      'last-call 1430 grace cto',
    ])
  })

  test('those who were asked a moment ago are not reminded', () => {
    const policy = { ...tiers, escalateAfterMs: 27 * 60_000 }
    expect(said(asked(HOUR, policy))).toEqual([
      'escalation 27 cto',
      'reminder 30 grace',
      'last-call 50 grace cto',
    ])
  })

  test('a short deadline is no reason not to ask the next ones', () => {
    expect(said(asked(2, tiers))).toEqual(['escalation 1 cto'])
  })

  test('the next ones are asked at once when nobody else is left to answer', () => {
    expect(said(asked(HOUR, tiers, { onBehalfOf: 'grace' }))).toEqual([
      'escalation 0 cto',
      'reminder 30 cto',
      'last-call 50 cto',
    ])
    const both = { ...tiers, quorum: 2 }
    expect(said(asked(HOUR, both, { decided: { grace: 7 } }))[0]).toBe('escalation 7 cto')
    expect(said(asked(HOUR, both, { decided: { grace: 40 } }))[0]).toBe('escalation 30 cto')
  })

  test('nobody is told who may not answer, or has', () => {
    const reviewers = ['ada', 'grace', 'linus', 'shopper']
    const request = asked(
      HOUR,
      { reviewers, quorum: 2 },
      { onBehalfOf: 'ada', decided: { linus: 1 } },
    )
    expect(said(request)).toEqual(['reminder 30 grace', 'last-call 50 grace'])
    expect(said(asked(HOUR, two, { decided: { ada: 1, grace: 2 } }))).toEqual([])
  })
})

describe('what is due', () => {
  test('is nothing before its time, and stays due', () => {
    const request = asked(24 * HOUR, two)
    expect(said(request, 719)).toEqual([])
    expect(said(request, 720)).toEqual(['reminder 720 ada grace'])
    expect(said(request, 1_000)).toEqual(['reminder 720 ada grace'])
    expect(said(request, 1_430)).toEqual(['last-call 1430 ada grace'])
  })

  test('after a downtime is the last call alone, or the reminder if there is time between them', () => {
    const request = asked(24 * HOUR, two)
    expect(said(request, 1_435)).toEqual(['last-call 1430 ada grace'])
    expect(said(request, 1_425)).toEqual(['reminder 720 ada grace'])
    expect(said(request, 1_426)).toEqual([])
  })

  test('asks the next ones late rather than never', () => {
    expect(said(asked(24 * HOUR, tiers), 1_000)).toEqual([
      'reminder 720 grace',
      'escalation 720 cto',
    ])
    expect(said(asked(24 * HOUR, tiers), 1_435)).toEqual(['last-call 1430 grace cto'])
  })

  test('is nothing at the deadline, nor once the request has ended', () => {
    const request = asked(HOUR, two)
    expect(said(request, 59.9)).toHaveLength(1)
    expect(said(request, 60)).toEqual([])
    for (const state of REQUEST_STATES.filter((each) => each !== 'pending')) {
      expect(said({ ...request, state }, 59.9)).toEqual([])
    }
  })
})

describe('whatever the policy, the answers and the time', () => {
  const people = ['ada', 'grace', 'linus', 'cto']
  const requests = fc
    .record({
      minutes: fc.integer({ min: 1, max: 30 * HOUR }),
      reviewers: fc.subarray(people, { minLength: 1 }),
      escalating: fc.subarray(people),
      // Often close to half time, where the reminder is.
      escalateAt: fc.oneof(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.49, max: 0.51, noNaN: true }),
      ),
      onBehalfOf: fc.option(fc.constantFrom(...people), { nil: undefined }),
      solo: fc.boolean(),
      decided: fc.subarray(people),
      decidedAt: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ minutes, reviewers, escalating, escalateAt, onBehalfOf, solo, ...rest }) => {
      const escalateTo = escalating.filter((id) => reviewers.includes(id))
      const escalates = escalateTo.length > 0 && escalateTo.length < reviewers.length
      const escalateAfterMs = Math.max(1, Math.floor(escalateAt * (minutes * 60_000 - 1)))
      const minute = rest.decidedAt * minutes
      const decided = Object.fromEntries(rest.decided.map((id) => [id, minute]))
      return asked(
        minutes,
        { reviewers, soloReviewer: solo, ...(escalates ? { escalateTo, escalateAfterMs } : {}) },
        { decided, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) },
      )
    })
  const shares = fc.double({ min: 0, max: 1, noNaN: true })
  const moment = ({ openedAt, expiresAt }: ApprovalRequest, share: number): Date =>
    new Date(openedAt.getTime() + share * (expiresAt.getTime() - openedAt.getTime()))

  test('what is due is planned, is not of the future, and is for somebody who may still answer', () => {
    fc.assert(
      fc.property(requests, shares, (request, share) => {
        const now = moment(request, share)
        const planned = plannedNotices(request)
        for (const notice of noticesOf(request, now)) {
          expect(planned).toContainEqual(notice)
          expect(notice.dueAt.getTime()).toBeLessThanOrEqual(now.getTime())
          expect(notice.dueAt.getTime()).toBeGreaterThanOrEqual(request.openedAt.getTime())
          expect(notice.reviewers.length).toBeGreaterThan(0)
          for (const id of notice.reviewers) {
            expect(request.policy.reviewers).toContain(id)
            expect(id === request.onBehalfOf && !request.policy.soloReviewer).toBe(false)
            expect(request.decisions.some(({ reviewer }) => reviewer === id)).toBe(false)
          }
        }
      }),
    )
  })

  test('nobody is mentioned twice within five minutes, however long the desk was away', () => {
    const back = fc.record({ after: fc.integer({ min: 0, max: 2 }), minutes: fc.nat(12) })
    fc.assert(
      fc.property(requests, back, (request, { after, minutes }) => {
        const said = new Set<string>()
        const mentioned = new Map<string, number>()
        const endMs = request.expiresAt.getTime()
        // The desk is back about when a notice is due, and looks every 30 seconds.
        const due = plannedNotices(request)[after]?.dueAt ?? request.openedAt
        const backMs = Math.max(request.openedAt.getTime(), due.getTime() + (minutes - 6) * 60_000)
        for (let nowMs = backMs; nowMs < endMs; nowMs += 30_000) {
          for (const { kind, reviewers } of noticesOf(request, new Date(nowMs))) {
            // A channel says each kind once.
            if (said.has(kind)) continue
            said.add(kind)
            for (const id of reviewers) {
              expect(nowMs - (mentioned.get(id) ?? 0)).toBeGreaterThanOrEqual(5 * 60_000)
              mentioned.set(id, nowMs)
            }
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('everybody who is asked next has been asked by the end, if the desk was there', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const planned = plannedNotices(request)
        const told = new Set(
          planned
            .flatMap(({ dueAt }) => noticesOf(request, dueAt))
            .flatMap(({ reviewers }) => reviewers),
        )
        const escalation = planned.find(({ kind }) => kind === 'escalation')
        for (const id of escalation?.reviewers ?? []) expect(told).toContain(id)
      }),
    )
  })
})
