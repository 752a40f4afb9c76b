import { expect, test } from 'vitest'
import { LOOK_MS, type Look, lookersOf } from '../../src/core/looking.ts'
import { definePolicy } from '../../src/core/policy.ts'
import { REQUEST_STATES } from '../../src/core/request.ts'
import { asked, atMinute } from './asked.ts'

const request = asked(60, { reviewers: ['ada', 'grace', 'linus'] })
const look = (reviewer: string, since: number, lastAt = since): Look => ({
  reviewer,
  since: atMinute(since),
  lastAt: atMinute(lastAt),
})
const whoLooks = (given: typeof request, looks: readonly Look[], minute: number) =>
  lookersOf(given, looks, atMinute(minute)).map(({ reviewer }) => reviewer)

test('a look is shown for five minutes after it was last noticed, not a millisecond longer', () => {
  const looks = [look('grace', 1, 4)]
  expect(lookersOf(request, looks, atMinute(8))).toEqual([
    { reviewer: 'grace', since: atMinute(1) },
  ])
  const lastMs = atMinute(4).getTime() + LOOK_MS
  expect(lookersOf(request, looks, new Date(lastMs - 1))).toHaveLength(1)
  expect(lookersOf(request, looks, new Date(lastMs))).toEqual([])
})

test('of several the one who came first is named first', () => {
  expect(whoLooks(request, [look('grace', 2), look('ada', 1, 3)], 4)).toEqual(['ada', 'grace'])
})

test('nobody looks at a request that has ended or is overdue', () => {
  for (const state of REQUEST_STATES) {
    const shown = whoLooks({ ...request, state }, [look('grace', 1)], 2)
    expect(shown).toEqual(state === 'pending' ? ['grace'] : [])
  }
  expect(whoLooks(request, [look('grace', 59)], 60)).toEqual([])
})

test('only who may still answer looks: not the one it runs for, nor who has answered, nor strangers', () => {
  const decided = asked(60, request.policy, { onBehalfOf: 'ada', decided: { linus: 1 } })
  const looks = ['ada', 'grace', 'linus', 'mallory'].map((reviewer) => look(reviewer, 1))
  expect(whoLooks(decided, looks, 2)).toEqual(['grace'])
  const solo = { ...decided, policy: definePolicy({ ...decided.policy, soloReviewer: true }) }
  expect(whoLooks(solo, looks, 2)).toEqual(['ada', 'grace'])
})
