import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterLapse,
  claim,
  EXECUTION_STATES,
  type Execution,
  type ExecutionEnding,
  type ExecutionState,
  finish,
  NO_EXECUTION,
  sent,
  start,
} from '../../src/core/claim.ts'
import { isHoldpointError } from '../../src/core/errors.ts'

const now = new Date('2026-11-21T12:00:00.000Z')
const later = (ms: number): Date => new Date(now.getTime() + ms)
const worker = { owner: 'worker', now, leaseMs: 60_000 }
const ENDINGS: readonly ExecutionEnding[] = [
  'succeeded',
  'unverified',
  'failed',
  'refused',
  'in-doubt',
]

const in_ = (state: ExecutionState, token = 1): Execution => ({
  state,
  token,
  owner: 'worker',
  leaseUntil: later(60_000),
})

/** The error code of a refusal, or the new state. */
function result(change: () => Execution): string {
  try {
    return change().state
  } catch (error) {
    if (isHoldpointError(error)) return error.code
    throw error
  }
}

describe('claim', () => {
  test('an execution that nobody has claimed is given, with the first token and a lease', () => {
    expect(claim(NO_EXECUTION, worker)).toEqual({
      state: 'claimed',
      token: 1,
      owner: 'worker',
      leaseUntil: later(60_000),
    })
  })

  test.each(EXECUTION_STATES.filter((state) => state !== 'none'))(
    'an execution that is %s is not given',
    (state) => {
      expect(result(() => claim(in_(state), worker))).toBe('HP_ERR_CLAIM_TAKEN')
    },
  )

  test('a lapsed lease frees a claim, at its end and not a millisecond before', () => {
    const at = (ms: number) => ({ owner: 'other', now: later(ms), leaseMs: 1 })
    expect(result(() => claim(in_('claimed'), at(59_999)))).toBe('HP_ERR_CLAIM_TAKEN')
    expect(claim(in_('claimed'), at(60_000))).toMatchObject({ token: 2, owner: 'other' })
  })

  test.each(EXECUTION_STATES.filter((state) => !['none', 'claimed'].includes(state)))(
    'a lapsed lease frees nothing that is %s',
    (state) => {
      const longAfter = { ...worker, now: later(3_600_000) }
      expect(result(() => claim(in_(state), longAfter))).toBe('HP_ERR_CLAIM_TAKEN')
    },
  )
})

describe('start, sent and finish', () => {
  test('only a claim can be started, and only within its lease', () => {
    for (const state of EXECUTION_STATES) {
      expect(result(() => start(in_(state), 1, now))).toBe(
        state === 'claimed' ? 'started' : 'HP_ERR_CLAIM_TAKEN',
      )
    }
    expect(result(() => start(in_('claimed'), 1, later(59_999)))).toBe('started')
    expect(result(() => start(in_('claimed'), 1, later(60_000)))).toBe('HP_ERR_CLAIM_STALE')
    const { leaseUntil: _, ...endless } = in_('claimed')
    expect(result(() => start(endless, 1, now))).toBe('HP_ERR_CLAIM_STALE')
  })

  test('only what was started can be sent; a further step finds it sent', () => {
    for (const state of EXECUTION_STATES) {
      expect(result(() => sent(in_(state), 1))).toBe(
        state === 'started' || state === 'sent' ? 'sent' : 'HP_ERR_CLAIM_TAKEN',
      )
    }
  })

  test.each<readonly [ending: ExecutionEnding, from: readonly ExecutionState[]]>([
    ['succeeded', ['sent']],
    ['unverified', ['started', 'sent']],
    ['failed', ['claimed', 'started']],
    ['refused', ['claimed', 'started']],
    ['in-doubt', ['started', 'sent']],
  ])('%s can only follow %j', (ending, from) => {
    for (const state of EXECUTION_STATES) {
      expect(result(() => finish(in_(state), 1, ending))).toBe(
        from.includes(state) ? ending : 'HP_ERR_CLAIM_TAKEN',
      )
    }
  })

  test('the end keeps who ran it and says what happened', () => {
    expect(finish(in_('sent'), 1, 'unverified', { status: 500, label: 'error' })).toEqual({
      ...in_('sent'),
      state: 'unverified',
      status: 500,
      label: 'error',
    })
  })

  test.each([0, 2, -1, 1.5, Number.NaN])(
    'with another token (%d) nothing can be written',
    (token) => {
      const writes = [
        () => start(in_('claimed'), token, now),
        () => sent(in_('started'), token),
        ...ENDINGS.map((ending) => () => finish(in_('sent'), token, ending)),
      ]
      for (const write of writes) expect(result(write)).toBe('HP_ERR_CLAIM_STALE')
    },
  )
})

test.each<readonly [state: ExecutionState, then: ExecutionState]>([
  ['none', 'none'],
  ['claimed', 'none'],
  ['started', 'in-doubt'],
  ['sent', 'in-doubt'],
  ['succeeded', 'succeeded'],
  ['unverified', 'unverified'],
  ['failed', 'failed'],
  ['refused', 'refused'],
  ['in-doubt', 'in-doubt'],
  ['settled', 'settled'],
])('when the worker of what is %s is gone it is %s, and the token stays', (state, then) => {
  expect(afterLapse(in_(state, 7))).toMatchObject({ state: then, token: 7 })
})

test('whatever workers do in whatever order, at most one of them ever starts, and tokens only grow', () => {
  const step = fc.record({
    worker: fc.integer({ min: 0, max: 2 }),
    act: fc.constantFrom('claim', 'start', 'sent', 'finish', 'lapse'),
    waitMs: fc.constantFrom(0, 30_000, 60_000),
    ending: fc.constantFrom(...ENDINGS),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let current = NO_EXECUTION
      let time = now
      const tokens: number[] = [0, 0, 0]
      let starts = 0
      for (const { worker: id, act, waitMs, ending } of steps) {
        time = new Date(time.getTime() + waitMs)
        const before = current
        const token = tokens[id] ?? 0
        try {
          if (act === 'claim') {
            current = claim(current, { owner: `${id}`, now: time, leaseMs: 60_000 })
            tokens[id] = current.token
          }
          if (act === 'start') current = start(current, token, time)
          if (act === 'sent') current = sent(current, token)
          if (act === 'finish') current = finish(current, token, ending)
          const lapsed = (current.leaseUntil ?? now) <= time
          if (act === 'lapse' && lapsed) current = afterLapse(current)
        } catch (error) {
          if (!isHoldpointError(error)) throw error
        }
        if (before.state !== 'started' && current.state === 'started') starts += 1
        expect(current.token).toBeGreaterThanOrEqual(before.token)
      }
      expect(starts).toBeLessThanOrEqual(1)
    }),
    { numRuns: 500 },
  )
})
