import { expect, test } from 'vitest'
import { answerSink } from '../../src/deciding/receive-answer.ts'
import { testDesk } from '../support/desk.ts'
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
