import { expect, test } from 'vitest'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answerSink } from '../../src/deciding/receive-answer.ts'
import { draft, picture, testDesk } from '../support/desk.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { breakable, useStore } from '../support/store.ts'

const context = useStore()

const refusals = async () =>
  (
    await context.sql.query<{ actor: string; details: unknown }>(
      `select actor, details from holdpoint.audit where event = 'callback.refused'`,
    )
  ).rows

test('what a channel turned away is written down as its own refusal', async () => {
  const sink = answerSink(await testDesk(context.store), fakeChannel())
  await sink.refused('U9 on HP-1: it is a guest')
  expect(await refusals()).toEqual([
    { actor: 'channel:fake', details: { why: 'U9 on HP-1: it is a guest' } },
  ])
})

test('a value that is not offered is refused with the name of its field, and a good one is taken', async () => {
  const desk = await testDesk(context.store, { policy: { allowEdits: true } })
  const editable = [{ type: 'text', name: 'note', label: 'Note', value: '', maxLength: 5 }] as const
  const evidence = { ...draft().evidence, editable: [...editable] }
  const request = await openRequest(desk, draft({ evidence }), [picture])
  const sink = answerSink(desk, fakeChannel())
  expect(await sink.editable(request.id)).toEqual(editable)
  expect(await sink.editable('HP-999')).toEqual([])
  const given = {
    requestId: request.id,
    answer: 'approve',
    identity: 'U2',
    expectedTermsDigest: request.termsDigest,
    expectedEvidenceDigest: request.evidenceDigest,
  } as const
  expect(await sink.answer({ ...given, dedupeKey: '1', values: { note: 'too long' } })).toEqual({
    accepted: false,
    message: 'Note may have 5 characters at most. Nothing changed.',
    field: 'note',
  })
  const taken = await sink.answer({ ...given, dedupeKey: '2', values: { note: 'fits' } })
  expect(taken.accepted).toBe(true)
  expect((await context.store.read(request.id))?.decisions[0]?.values).toEqual({ note: 'fits' })
})

test('a refusal that cannot be written down is logged, and the channel goes on', async () => {
  const errors: string[] = []
  const broken = breakable(context.store)
  const desk = await testDesk(broken.store)
  const logger = { ...desk.logger, error: (message: string) => void errors.push(message) }
  broken.isBroken = true
  await answerSink({ ...desk, logger }, fakeChannel()).refused('U9 on HP-1: it is a guest')
  expect(errors).toEqual(['a refusal could not be recorded'])
  expect(await refusals()).toEqual([])
})

test('a link to the page is made for a reviewer of the request, and for nobody else', async () => {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft(), [picture])
  const made: string[] = []
  const channel = { ...fakeChannel(), identities: { grace: 'U2', ada: 'U1', mallory: 'U9' } }
  const sink = answerSink(desk, channel, async (reviewer, next) => {
    made.push(`${reviewer} ${next}`)
    return 'http://127.0.0.1:4300/sign-in/x'
  })
  const link = (identity: string, requestId = request.id) =>
    sink.signInLink({ requestId, identity })
  expect(await link('U2')).toBe('http://127.0.0.1:4300/sign-in/x')
  for (const identity of ['U9', 'U-unknown']) expect(await link(identity)).toBeUndefined()
  expect(await link('U2', 'HP-999')).toBeUndefined()
  expect(made).toEqual([`grace /requests/${request.id}`])
})

test('a link that cannot be made is logged, and nothing comes of it', async () => {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft(), [picture])
  const lines: string[] = []
  const logger = { ...desk.logger, warn: (line: string) => void lines.push(line) }
  const sink = answerSink({ ...desk, logger }, fakeChannel(), async () => {
    throw new Error('the store does not answer')
  })
  expect(await sink.signInLink({ requestId: request.id, identity: 'U2' })).toBeUndefined()
  expect(lines).toHaveLength(1)
})
