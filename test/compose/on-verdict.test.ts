import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createHoldpoint } from '../../src/compose/create-holdpoint.ts'
import { type Holdpoint, ownerOf } from '../../src/compose/holdpoint.ts'
import { onVerdict } from '../../src/compose/on-verdict.ts'
import { DESK_REVIEWER } from '../../src/core/policy.ts'
import type { ApprovalRequest } from '../../src/core/request.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import type { VerdictReached } from '../../src/holding/tell-verdicts.ts'
import { silentLogger } from '../../src/ports/log.ts'
import { startChild } from '../support/child.ts'
import { answer, draft, picture } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'

// Opening a store for the first time takes seconds, so these tests share a folder, one after the other.
let folder = ''
let dataDir = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-test-'))
  dataDir = join(folder, '.holdpoint')
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

async function open(): Promise<Holdpoint> {
  const holdpoint = await createHoldpoint({
    dataDir,
    logger: silentLogger,
    onHeld: () => {},
  })
  onTestFinished(() => holdpoint.close())
  return holdpoint
}

function ask(holdpoint: Holdpoint): Promise<ApprovalRequest> {
  return openRequest(ownerOf(holdpoint).desk, draft(), [picture])
}

/** Subscribes a handler that writes down what it hears. */
function listen(holdpoint: Holdpoint): readonly VerdictReached[] {
  const heard: VerdictReached[] = []
  onVerdict(holdpoint, (reached) => void heard.push(reached))
  return heard
}

test('a verdict wakes its handler, and one that was reached before anybody listened too', async () => {
  const holdpoint = await open()
  const { desk } = ownerOf(holdpoint)
  const [early, late] = [await ask(holdpoint), await ask(holdpoint)]
  await withdraw(desk, early.id, 'the page was closed')
  const heard = listen(holdpoint)
  await eventually(() => expect(heard).toHaveLength(1))
  await answer(desk, late, DESK_REVIEWER, 'approve')
  await eventually(() => expect(heard).toHaveLength(2))
  expect(heard).toMatchObject([
    { requestId: early.id, verdict: 'withdrawn', reason: 'the page was closed', agent: 'shopper' },
    { requestId: late.id, verdict: 'approved', session: 'session-1', request: { id: late.id } },
  ])
})

test('after a restart only what was not heard is told: what failed, and what nobody listened for', async () => {
  const first = await open()
  const { desk } = ownerOf(first)
  const heard: string[] = []
  onVerdict(first, async ({ requestId }) => {
    if (requestId === failing.id) throw new Error('not now')
    heard.push(requestId)
  })
  const [good, failing, missed] = [await ask(first), await ask(first), await ask(first)]
  await answer(desk, failing, DESK_REVIEWER, 'approve')
  await answer(desk, good, DESK_REVIEWER, 'approve')
  await eventually(async () => {
    expect(heard).toEqual([good.id])
    const untold = await desk.store.untold({ except: [], limit: 10 })
    expect(untold.map(({ id }) => id)).toEqual([failing.id])
  })
  await first.close()

  const second = await open()
  await withdraw(ownerOf(second).desk, missed.id, 'the agent is gone')
  const now = listen(second)
  await eventually(() => expect(now.map(({ requestId }) => requestId)).toContain(missed.id))
  expect(now.map(({ requestId }) => requestId)).toEqual([failing.id, missed.id])
})

test('a process that dies while its handler works has not heard the verdict: the next one does', async () => {
  const child = startChild(`
    const { createHoldpoint } = await import(source('src/compose/create-holdpoint.ts'))
    const { ownerOf } = await import(source('src/compose/holdpoint.ts'))
    const { onVerdict } = await import(source('src/compose/on-verdict.ts'))
    const { openRequest } = await import(source('src/deciding/open-request.ts'))
    const { withdraw } = await import(source('src/deciding/withdraw.ts'))
    const { draft, picture } = await import(source('test/support/desk.ts'))
    const holdpoint = await createHoldpoint({
      dataDir: ${JSON.stringify(dataDir)},
      onHeld: () => {},
    })
    const { desk } = ownerOf(holdpoint)
    onVerdict(holdpoint, ({ requestId }) => {
      console.log(requestId)
      return new Promise(() => {})
    })
    const { id } = await openRequest(desk, draft({ agent: 'doomed' }), [picture])
    await withdraw(desk, id, 'the page was closed')
  `)
  const id = await child.line()
  await child.kill()

  const holdpoint = await open()
  const heard = listen(holdpoint)
  await eventually(() =>
    expect(heard).toMatchObject([{ requestId: id, verdict: 'withdrawn', agent: 'doomed' }]),
  )
})

test('a handler may close the holdpoint that it is called by', async () => {
  const holdpoint = await open()
  const closed = Promise.withResolvers<void>()
  onVerdict(holdpoint, () => holdpoint.close().then(closed.resolve, closed.reject))
  const { id } = await ask(holdpoint)
  await withdraw(ownerOf(holdpoint).desk, id, 'the page was closed')
  await closed.promise
})

test('what is no handler is refused by name', async () => {
  const holdpoint = await open()
  for (const given of [undefined, 'print', {}]) {
    expect(() => onVerdict(holdpoint, given as never)).toThrow(
      expect.objectContaining({ code: 'HP_ERR_OPTION_INVALID', details: { option: 'handler' } }),
    )
  }
})
