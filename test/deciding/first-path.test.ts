import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/adapters/postgres/store.ts'
import { createChecker } from '../../src/adapters/signing/index.ts'
import { createApprovals } from '../../src/deciding/approvals.ts'
import { silentLogger } from '../../src/ports/log.ts'
import type { Sql } from '../../src/ports/sql.ts'
import type { Store } from '../../src/ports/store.ts'
import { databases } from '../support/databases.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'

describe.each(databases())('from question to end on $name', (database) => {
  let sql: Sql
  let store: Store
  beforeAll(async () => {
    sql = await database.open()
    store = await openStore(sql, { logger: silentLogger })
  })
  afterAll(async () => {
    await store?.close()
    await sql?.close()
  })

  test('open, decide, ended, claim, start, sent, finish leave a whole record', async () => {
    const desk = await testDesk(store)
    const approvals = createApprovals(desk)
    const request = await approvals.open(draft(), [picture])
    expect(request).toMatchObject({ id: 'HP-1', state: 'pending' })

    const waiting = approvals.ended(request.id)
    await answer(desk, request, 'grace', 'approve')
    const ending = await waiting
    const checker = await createChecker([desk.signer.publicJwk])
    expect(await checker.check(ending.verdict ?? '')).toMatchObject({
      requestId: request.id,
      verdict: 'approved',
      reviewer: 'grace',
    })

    const claim = await approvals.claim(request.id, 'worker-1')
    await approvals.start(claim)
    await approvals.sent(claim)
    await approvals.finish(claim, 'succeeded', { label: 'order 10042', status: 200 })
    expect(await store.read(request.id)).toMatchObject({
      state: 'approved',
      execution: { state: 'succeeded', token: 1, label: 'order 10042', status: 200 },
    })
    expect((await store.auditOf(request.id)).map(({ event }) => event)).toEqual([
      'request.opened',
      'decision.recorded',
      'verdict.reached',
      'execution.claimed',
      'execution.started',
      'execution.sent',
      'execution.settled',
    ])
  })
})
