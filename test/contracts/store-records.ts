import { describe, expect, test } from 'vitest'
import { verifyChain } from '../../src/adapters/postgres/audit-chain.ts'
import type { AuditFact } from '../../src/core/audit.ts'
import type { StoredDelivery } from '../../src/ports/store.ts'
import { at, decision, fact, type OpenedStore } from './store-kit.ts'

/** The part of the store's contract about what stands beside a request, and the audit. */
export function describeStoreRecords(opened: OpenedStore): void {
  describe('decisions', () => {
    test('they come back in order with the request, and by their key', async () => {
      const id = await opened.insert()
      const values = { qty: '1', 'ship "day"': '2026-12-03' }
      const first = decision(id, { reason: 'fine', answer: 'approve', values })
      const second = decision(id, { reviewer: 'ada', answer: 'reject', decidedAt: at(2) })
      await opened.store.transaction(async (tx) => {
        expect(await tx.insertDecision(first, 'click-1')).toBe(true)
        expect(await tx.insertDecision(second, 'click-2')).toBe(true)
      })
      expect((await opened.store.read(id))?.decisions).toEqual([first, second])
      expect(await opened.store.decisionOf('click-1')).toEqual(first)
      expect(await opened.store.decisionOf('click-2')).toEqual(second)
      expect(await opened.store.decisionOf('click-3')).toBeUndefined()
    })

    test('a key that was seen before changes nothing, on whatever request', async () => {
      const [one, two] = [await opened.insert(), await opened.insert()]
      const insertBoth = await opened.store.transaction(async (tx) => [
        await tx.insertDecision(decision(one), 'click'),
        await tx.insertDecision(decision(two), 'click'),
      ])
      expect(insertBoth).toEqual([true, false])
      expect((await opened.store.read(two))?.decisions).toEqual([])
    })

    test('a reviewer has one decision on a request', async () => {
      const id = await opened.insert()
      await opened.store.transaction((tx) => tx.insertDecision(decision(id), 'click-1'))
      await expect(
        opened.store.transaction((tx) => tx.insertDecision(decision(id), 'click-2')),
      ).rejects.toMatchObject({ code: '23505' })
    })

    test('a decision cannot be changed or taken away', async () => {
      const id = await opened.insert()
      await opened.store.transaction((tx) => tx.insertDecision(decision(id), 'click-1'))
      for (const statement of [
        `update holdpoint.decisions set answer = 'reject'`,
        'delete from holdpoint.decisions',
      ]) {
        await expect(opened.sql.query(statement)).rejects.toMatchObject({ code: '42501' })
      }
    })
  })

  describe('deliveries and pictures', () => {
    test('a delivery is saved over the one before', async () => {
      const requestId = await opened.insert()
      const first: StoredDelivery = {
        requestId,
        channel: 'slack',
        attempts: 1,
        attemptedAt: at(1),
        lastError: 'no answer',
        updatedAt: at(1),
      }
      const second: StoredDelivery = {
        requestId,
        channel: 'slack',
        attempts: 2,
        ref: { ts: '17.5', posted: true, part: 2 },
        shown: 'mark',
        deliveredAt: at(2),
        updatedAt: at(2),
      }
      await opened.store.transaction((tx) => tx.saveDelivery(first))
      expect(await opened.store.deliveries(requestId)).toEqual([first])
      await opened.store.transaction((tx) => tx.saveDelivery(second))
      expect(await opened.store.deliveries(requestId)).toEqual([second])
    })

    test('a picture is stored once under its hash and comes back as it was', async () => {
      const requestId = await opened.insert()
      const bytes = new Uint8Array([0, 255, 1, 254])
      const sha256 = await opened.store.putImage(bytes, 'image/png')
      expect(await opened.store.putImage(bytes, 'image/png')).toBe(sha256)
      const image = { role: 'crop', sha256, mediaType: 'image/png' } as const
      await opened.store.transaction((tx) => tx.attachImage(requestId, image))
      expect(await opened.store.images(requestId)).toEqual([image])
      expect(Uint8Array.from((await opened.store.imageBytes(sha256)) ?? [])).toEqual(bytes)
      expect(await opened.store.imageBytes('d'.repeat(64))).toBeUndefined()
    })

    test('a picture that stands beside a request is never replaced', async () => {
      const requestId = await opened.insert()
      const one = await opened.store.putImage(new Uint8Array([1]), 'image/png')
      const two = await opened.store.putImage(new Uint8Array([2]), 'image/png')
      for (const sha256 of [one, two]) {
        await opened.store.transaction((tx) =>
          tx.attachImage(requestId, { role: 'full', sha256, mediaType: 'image/png' }),
        )
      }
      expect((await opened.store.images(requestId)).map(({ sha256 }) => sha256)).toEqual([one])
    })
  })

  describe('looks', () => {
    const look = (reviewer: string, since: number, lastAt = since) => ({
      reviewer,
      since: at(since),
      lastAt: at(lastAt),
    })

    test('a reviewer has one look at a request, saved over the one before', async () => {
      const [id, other] = [await opened.insert(), await opened.insert()]
      await opened.store.transaction(async (tx) => {
        await tx.saveLook(id, look('grace', 2))
        await tx.saveLook(id, look('ada', 1))
        await tx.saveLook(other, look('ada', 5))
        expect(await tx.looks(id)).toEqual([look('ada', 1), look('grace', 2)])
        await tx.saveLook(id, look('ada', 1, 3))
      })
      expect(await opened.store.looks(id)).toEqual([look('ada', 1, 3), look('grace', 2)])
      await opened.store.transaction((tx) => tx.saveLook(id, look('ada', 9)))
      expect(await opened.store.looks(id)).toEqual([look('grace', 2), look('ada', 9)])
      expect(await opened.store.looks('HP-9')).toEqual([])
    })
  })

  describe("a session's first message", () => {
    const deliver = (requestId: string, minute: number, channel = 'slack'): Promise<void> =>
      opened.store.transaction((tx) =>
        tx.saveDelivery({
          requestId,
          channel,
          attempts: 1,
          ref: { ts: requestId },
          deliveredAt: at(minute),
          updatedAt: at(minute),
        }),
      )
    const first = (id: string, channel = 'slack') => opened.store.sessionRef(id, channel)

    test('is the one delivered first of what the same agent asked in it, and not its own', async () => {
      const [one, two, three] = [
        await opened.insert(),
        await opened.insert(),
        await opened.insert(),
      ]
      expect(await first(one)).toBeUndefined()
      await deliver(two, 1)
      await deliver(one, 2)
      expect(await first(one)).toEqual({ ts: two })
      expect(await first(two)).toBeUndefined()
      expect(await first(three)).toEqual({ ts: two })
    })

    test('is not one of another session, of another agent, in another channel, or on its way', async () => {
      const request = await opened.insert()
      await deliver(await opened.insert({ session: 'session-2' }), 1)
      await deliver(await opened.insert({ agent: 'clerk' }), 1)
      await deliver(await opened.insert(), 1, 'email')
      const underWay = await opened.insert()
      await opened.store.transaction((tx) =>
        tx.saveDelivery({
          requestId: underWay,
          channel: 'slack',
          attempts: 1,
          ref: { ts: 'half' },
          attemptedAt: at(1),
          updatedAt: at(1),
        }),
      )
      expect(await first(request)).toBeUndefined()
      expect(await first(request, 'email')).toBeDefined()
      expect(await first('HP-99')).toBeUndefined()
    })
  })

  describe('audit', () => {
    const append = (...facts: readonly AuditFact[]): Promise<void> =>
      opened.store.transaction(async (tx) => {
        for (const each of facts) await tx.appendAudit(each)
      })

    test('entries keep their order and follow each other by hash', async () => {
      const asked = fact({
        requestId: 'HP-1',
        details: { list: [1, { a: null }], left: undefined },
      })
      const closed = fact({ requestId: 'HP-1', event: 'request.expired', at: at(1) })
      await append(asked, closed)
      await append(fact({ requestId: 'HP-2' }))
      const [one, two, ...rest] = await opened.store.auditOf('HP-1')
      expect(rest).toEqual([])
      expect(one).toMatchObject({ ...asked, details: { list: [1, { a: null }] }, seq: 1 })
      expect(two).toMatchObject({ ...closed, seq: 2, previousHash: one?.hash })
      expect(await verifyChain(opened.sql)).toMatchObject({ entries: 3 })
      expect(await verifyChain(opened.sql)).not.toHaveProperty('brokenAt')
      expect(await opened.store.lastAuditAt('request.expired', 'agent:shopper')).toEqual(at(1))
      expect(await opened.store.lastAuditAt('request.expired', 'agent:clerk')).toBeUndefined()
    })

    test('the chain stays in one line when many write at once', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          append(fact({ details: { index } }), fact({ event: 'request.expired' })),
        ),
      )
      expect(await verifyChain(opened.sql)).toMatchObject({ entries: 40 })
      expect(await verifyChain(opened.sql)).not.toHaveProperty('brokenAt')
    })

    test('an entry cannot be changed or taken away', async () => {
      await append(fact())
      for (const statement of [
        `update holdpoint.audit set actor = 'system'`,
        'delete from holdpoint.audit',
      ]) {
        await expect(opened.sql.query(statement)).rejects.toMatchObject({ code: '42501' })
      }
    })

    test.each([
      ['an actor was changed', `update holdpoint.audit set actor = 'x' where seq = 2`, 2],
      ['details were changed', `update holdpoint.audit set details = '{"a":2}' where seq = 2`, 2],
      ['an entry was taken out', 'delete from holdpoint.audit where seq = 2', 3],
      ['the first was taken away', 'delete from holdpoint.audit where seq = 1', 2],
      ['the end was cut off', 'delete from holdpoint.audit where seq = 3', 3],
      ['the head was taken away', 'delete from holdpoint.audit_head', 4],
      ['all was taken away', 'delete from holdpoint.audit', 1],
    ])(
      'whoever can switch the trigger off is found out when %s',
      async (_, statement, brokenAt) => {
        await append(fact(), fact({ details: { a: 1 } }), fact())
        await opened.sql.query('alter table holdpoint.audit disable trigger user')
        await opened.sql.query(statement)
        await opened.sql.query('alter table holdpoint.audit enable trigger user')
        expect(await verifyChain(opened.sql)).toMatchObject({ brokenAt })
      },
    )
  })
}
