import { expect, test } from 'vitest'
import { createChecker } from '../../src/adapters/signing/index.ts'
import type { Attempt } from '../../src/core/action.ts'
import type { Finding } from '../../src/core/guard.ts'
import { createApprovals } from '../../src/deciding/approvals.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { clearHold } from '../../src/holding/clear-hold.ts'
import { type HeldAction, type LiveHold, openHold } from '../../src/holding/hold.ts'
import type { Holding } from '../../src/holding/holding.ts'
import { silentLogger } from '../../src/ports/log.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

/** A hold of a desk that stands still; `change` replaces what its action does. */
async function held(change: (hold: () => LiveHold) => Partial<HeldAction> = () => ({})) {
  const desk = await testDesk(context.store)
  const holding: Holding = {
    approvals: createApprovals(desk),
    checker: await createChecker([desk.signer.publicJwk]),
    guards: [],
    policy: desk.policy,
    clock: desk.clock,
    logger: silentLogger,
    owner: 'worker-1',
    usedVerdicts: new Set(),
  }
  const { terms, evidence } = draft()
  const attempt = {
    via: 'call',
    method: 'click',
    cause: 'agent',
    session: { agent: 'shopper', session: 'session-1' },
  } as Attempt
  const finding: Finding = { kind: 'purchase', risk: 'high', confidence: 1, why: 'It pays.', terms }
  const given = new AbortController()
  const action: HeldAction = {
    attempt,
    guard: 'checkout',
    finding,
    takeEvidence: async () => ({ evidence, images: [picture] }),
    readAgain: async () => ({ attempt, finding }),
    signal: given.signal,
    ...change(() => hold),
  }
  const hold = await openHold(holding, action)
  const stateOf = async () => (await context.store.read(hold.request.id))?.state
  return { desk, holding, hold, given, stateOf }
}

test('approved, it is cleared once; the same verdict does not clear it again', async () => {
  const { desk, holding, hold } = await held()
  await answer(desk, hold.request, 'grace', 'approve')
  expect(await clearHold(holding, hold)).toMatchObject({ status: 'cleared', claim: { token: 1 } })
  expect(await clearHold(holding, hold)).toMatchObject({ status: 'lapsed' })
})

test('given up while it waits, it is withdrawn with the agent’s words', async () => {
  const { holding, hold, given, stateOf } = await held()
  const ending = clearHold(holding, hold)
  given.abort('the page was closed')
  expect(await ending).toMatchObject({ status: 'withdrawn', reason: 'the page was closed' })
  expect(await stateOf()).toBe('withdrawn')
})

test('given up without words, it is the agent that gave up', async () => {
  const { holding, hold, given } = await held()
  const ending = clearHold(holding, hold)
  given.abort()
  expect(await ending).toMatchObject({ status: 'withdrawn', reason: 'the agent gave up' })
})

test('given up while the page is read again, it does not run although it was approved', async () => {
  const { desk, holding, hold, given } = await held(() => ({
    readAgain: async () => {
      given.abort('the agent did something else in this tab')
      return { attempt: hold.action.attempt, finding: hold.action.finding }
    },
  }))
  await answer(desk, hold.request, 'grace', 'approve')
  expect(await clearHold(holding, hold)).toMatchObject({
    status: 'withdrawn',
    reason: 'the agent did something else in this tab',
  })
})

test('an approval that is taken back before the start is an ending, not a fault', async () => {
  const { desk, holding, hold } = await held((live) => ({
    readAgain: async () => {
      const { request, action } = live()
      await withdraw(desk, request.id, 'a second thought', 'reviewer:grace')
      return { attempt: action.attempt, finding: action.finding }
    },
  }))
  await answer(desk, hold.request, 'grace', 'approve')
  expect(await clearHold(holding, hold)).toMatchObject({
    status: 'withdrawn',
    reason: 'a second thought',
  })
})

test('an approval that is too old is lapsed, and nothing has run', async () => {
  const { desk, holding, hold, stateOf } = await held()
  await answer(desk, hold.request, 'grace', 'approve')
  desk.clock.advance(desk.policy.claimWithinMs + 1)
  expect(await clearHold(holding, hold)).toMatchObject({ status: 'lapsed' })
  expect(await stateOf()).toBe('approved')
})

test('after waitMs the question stands, and can be waited for again', async () => {
  const { desk, holding, hold, stateOf } = await held()
  expect(await clearHold(holding, hold, { waitMs: 0.5 })).toMatchObject({ status: 'held' })
  expect(await stateOf()).toBe('pending')
  await answer(desk, hold.request, 'grace', 'approve')
  expect(await clearHold(holding, hold, { waitMs: 60_000 })).toMatchObject({ status: 'cleared' })
})

test('a waitMs that is longer than any timer does not end at once', async () => {
  const { desk, holding, hold } = await held()
  const ending = clearHold(holding, hold, { waitMs: 2 ** 40 })
  await answer(desk, hold.request, 'grace', 'approve')
  expect(await ending).toMatchObject({ status: 'cleared' })
})

test('given up while its start is written, it does not run, and the store says that nothing was sent', async () => {
  const { desk, holding, hold, given } = await held()
  await answer(desk, hold.request, 'grace', 'approve')
  const { approvals } = holding
  const start: typeof approvals.start = async (claim) => {
    await approvals.start(claim)
    given.abort('the page moved on')
  }
  const slow = { ...holding, approvals: { ...approvals, start } }
  expect(await clearHold(slow, hold)).toMatchObject({ status: 'withdrawn' })
  expect((await context.store.read(hold.request.id))?.execution.state).toBe('failed')
})
