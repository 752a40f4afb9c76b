import { describe, expect, test } from 'vitest'
import type { RequestDraft } from '../../src/core/request.ts'
import { createApprovals } from '../../src/deciding/approvals.ts'
import { answerSink } from '../../src/deciding/receive-answer.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { answer } from '../support/desk.ts'
import type { StoreInUse } from '../support/store.ts'
import type { Begin, Setting, SettingOptions } from './channel-kit.ts'

/** The part of the channel's contract about what the person at the provider answers. */
export function describeChannelAnswers(inUse: StoreInUse, begin: Begin): void {
  describeDecisions(inUse, begin)
  describeRefusals(inUse, begin)
}

function describeDecisions(inUse: StoreInUse, begin: Begin): void {
  describe('an answer', () => {
    test('that approves wakes whoever waits, and is the decision of the person who gave it', async () => {
      const { at, desk, ask } = await begin()
      const { id } = await ask()
      const ended = createApprovals(desk).ended(id)
      await at.answer(id, 'approve')
      expect(await ended).toMatchObject({ state: 'approved', verdict: expect.any(String) })
      expect((await inUse.store.read(id))?.decisions).toMatchObject([
        { reviewer: 'grace', answer: 'approve', channel: at.instance.channel.name },
      ])
    })

    test('that rejects wakes whoever waits, and hands on the reason', async () => {
      const { at, desk, ask } = await begin()
      const { id } = await ask()
      const ended = createApprovals(desk).ended(id)
      await at.answer(id, 'reject', 'too expensive')
      expect(await ended).toMatchObject({ state: 'rejected', verdict: expect.any(String) })
      expect((await inUse.store.read(id))?.decisions).toMatchObject([
        { reviewer: 'grace', answer: 'reject', reason: 'too expensive' },
      ])
    })

    test('that comes before anybody waits is kept', async () => {
      const { at, desk, ask } = await begin()
      const { id } = await ask()
      await at.answer(id, 'approve')
      expect(await createApprovals(desk).ended(id)).toMatchObject({ state: 'approved' })
    })

    test('to the second of two questions is not one to the first', async () => {
      const { at, desk, ask } = await begin()
      const [one, two] = [await ask(), await ask()]
      const approvals = createApprovals(desk)
      const ended = [approvals.ended(one.id), approvals.ended(two.id)]
      await at.answer(two.id, 'approve')
      expect(await ended[1]).toMatchObject({ requestId: two.id, state: 'approved' })
      expect(await inUse.store.read(one.id)).toMatchObject({ state: 'pending', decisions: [] })
      await at.answer(one.id, 'reject')
      expect(await ended[0]).toMatchObject({ requestId: one.id, state: 'rejected' })
    })

    test('that claims to be somebody else is that of the person whom the channel knows', async () => {
      const { at, ask } = await begin({ policy: { quorum: 2 } })
      const { id } = await ask()
      await at.answer(id, 'reject', 'reviewer=ada user=ada I am Ada (@ada), for ada')
      expect((await inUse.store.read(id))?.decisions).toMatchObject([{ reviewer: 'grace' }])
    })

    test('that is delivered again changes nothing', async () => {
      const { at, ask } = await begin({ policy: { quorum: 2 } })
      const { id } = await ask()
      const click = await at.answer(id, 'approve')
      const before = await inUse.store.read(id)
      expect(before?.decisions).toHaveLength(1)
      await click.again()
      expect(await inUse.store.read(id)).toEqual(before)
    })

    test('that could not be recorded says so, and the same click counts once it can be', async () => {
      const { at, ask, breaking } = await begin()
      const request = await ask()
      breaking.isBroken = true
      const click = await at.answer(request.id, 'approve')
      expect(await click.told()).toMatch(/could not be recorded. Nothing changed/)
      expect(await inUse.store.read(request.id)).toEqual(request)
      breaking.isBroken = false
      await click.again()
      expect(await inUse.store.read(request.id)).toMatchObject({ state: 'approved' })
    })
  })
}

interface Refusal {
  readonly options?: SettingOptions
  readonly draft?: Partial<RequestDraft>
  /** What happens between the question and the answer, while the screen stays as it is. */
  before?(setting: Setting, requestId: string): Promise<unknown>
  /** The person is told at least this. */
  readonly told: RegExp
  readonly why: string
}

const otherDigest = (column: string) => (inUse: StoreInUse) =>
  inUse.sql.query(`update holdpoint.requests set ${column} = $1`, ['f'.repeat(64)])

function describeRefusals(inUse: StoreInUse, begin: Begin): void {
  const answeredByAda =
    (answered: 'approve' | 'reject'): NonNullable<Refusal['before']> =>
    async ({ desk }, id) => {
      const request = await inUse.store.read(id)
      if (request !== undefined) await answer(desk, request, 'ada', answered)
    }
  const refusals: Readonly<Record<string, Refusal>> = {
    'by somebody whom the desk does not know': {
      options: { reviewer: null },
      told: /Only Ada or Grace may answer/,
      why: 'not a reviewer',
    },
    'by a reviewer of other things': {
      options: { reviewer: 'linus' },
      told: /Only Ada or Grace may answer/,
      why: 'not-allowed',
    },
    'by the one it runs for': {
      draft: { onBehalfOf: 'grace' },
      told: /Only Ada may answer/,
      why: 'own-behalf',
    },
    'to a question that was rejected meanwhile': {
      before: answeredByAda('reject'),
      told: /already rejected by Ada/,
      why: 'closed',
    },
    'to a question that was approved meanwhile': {
      before: answeredByAda('approve'),
      told: /already approved by Ada/,
      why: 'closed',
    },
    'to a question that was withdrawn meanwhile': {
      before: ({ desk }, id) => withdraw(desk, id, 'the page was closed'),
      told: /already withdrawn/,
      why: 'closed',
    },
    'whose time is up': {
      before: async ({ desk }) => desk.clock.advance(24 * 3_600_000),
      told: /already expired/,
      why: 'too-late',
    },
    'to other terms than are asked about now': {
      before: () => otherDigest('terms_digest')(inUse),
      told: /other terms or evidence/,
      why: 'changed',
    },
    'to other evidence than is asked about now': {
      before: () => otherDigest('evidence_digest')(inUse),
      told: /other terms or evidence/,
      why: 'changed',
    },
  }

  describe('an approval is refused, told to the person and written down', () => {
    test.each(Object.entries(refusals))('%s', async (_, refusal) => {
      const setting = await begin(refusal.options)
      const { at, ask } = setting
      const { id } = await ask(refusal.draft)
      await refusal.before?.(setting, id)
      const before = await inUse.store.read(id)
      const click = await at.answer(id, 'approve')
      const told = await click.told()
      expect(told).toMatch(refusal.told)
      expect(told).toContain('Nothing changed.')
      expect((await inUse.store.read(id))?.decisions).toEqual(before?.decisions)
      const audit = await inUse.store.auditOf(id)
      expect(audit.at(-1)).toMatchObject({
        event: 'decision.refused',
        details: { why: refusal.why, answer: 'approve' },
      })
    })
  })

  test('a callback that the provider did not sign is refused, and changes nothing', async () => {
    const { at, desk, ask } = await begin()
    const request = await ask()
    const { callback, channel } = at.instance
    if (callback === undefined || at.unsigned === undefined) {
      // Then there is no address to which anybody could send one.
      expect([callback, at.unsigned]).toEqual([undefined, undefined])
      return
    }
    const sent = await at.unsigned(request.id)
    const answered = await callback(sent, answerSink(desk, channel))
    expect(answered).toMatchObject({ status: 401, refused: expect.any(String) })
    expect(await inUse.store.read(request.id)).toEqual(request)
  })
}
