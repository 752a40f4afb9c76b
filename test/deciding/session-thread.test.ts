import { expect, test } from 'vitest'
import { deliver } from '../../src/deciding/deliver.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

test("later questions of a session are given where its first message stands, each channel's own", async () => {
  const [slack, email] = [fakeChannel('slack'), fakeChannel('email')]
  const desk = await testDesk(context.store, { channels: [slack, email] })
  const ask = async (session: string) => {
    const request = await openRequest(desk, draft({ session }), [picture])
    await deliver(desk, request.id)
    return request
  }
  email.next(() => ({ ref: { mail: '1' } }))
  const first = await ask('session-1')
  await ask('session-1')
  await ask('session-2')
  await answer(desk, first, 'grace', 'approve')
  await deliver(desk, first.id)
  await ask('session-1')
  const refs = ({ shows }: typeof slack) =>
    shows.map(({ message }) => [message.request.id, message.sessionRef])
  const thread = { ts: 'posted-HP-1' }
  expect(refs(slack)).toEqual([
    ['HP-1', undefined],
    ['HP-2', thread],
    ['HP-3', undefined],
    ['HP-1', undefined],
    ['HP-4', thread],
  ])
  expect(refs(email)[1]).toEqual(['HP-2', { mail: '1' }])
})
