import { expect, test } from 'vitest'
import { claimExecution, startExecution } from '../../src/deciding/execute.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { runDesk, sweep } from '../../src/deciding/run-desk.ts'
import { systemClock } from '../../src/ports/clock.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

test('the sweep ends what no job brought up: deadlines, unused approvals, workers that are gone', async () => {
  const desk = await testDesk(context.store)
  const open = () => openRequest(desk, draft(), [picture])
  const running = await open()
  await answer(desk, running, 'grace', 'approve')
  await startExecution(desk, await claimExecution(desk, running.id, 'worker'))
  const unused = await open()
  await answer(desk, unused, 'grace', 'approve')
  const unanswered = await open()
  await sweep(desk)
  expect(await context.store.count({ states: ['pending', 'approved'] })).toBe(3)
  desk.clock.advance(desk.policy.expiresAfterMs + 1)
  await sweep(desk)
  expect(await context.store.read(running.id)).toMatchObject({ execution: { state: 'in-doubt' } })
  expect(await context.store.read(unused.id)).toMatchObject({ state: 'lapsed' })
  expect(await context.store.read(unanswered.id)).toMatchObject({ state: 'expired' })
})

// One test, as the store's workers run until the store is closed.
test('a desk at work brings messages up to date, tries again after a failure, keeps deadlines, and asks the next ones', async () => {
  const channel = fakeChannel()
  const desk = {
    ...(await testDesk(context.store, { channels: [channel] })),
    clock: systemClock,
  }
  const running = await runDesk(desk)

  const request = await openRequest(desk, draft(), [picture])
  await eventually(() => expect(channel.shows).toHaveLength(1))
  channel.next(() => Promise.reject(new Error('down')))
  await answer(desk, request, 'grace', 'approve')
  await eventually(() => {
    expect(channel.shows.map(({ message }) => message.request.state)).toEqual([
      'pending',
      'approved',
      'approved',
    ])
  })

  const hasty = {
    ...desk,
    policy: (await testDesk(context.store, { policy: { expiresAfterMs: 1 } })).policy,
  }
  const { id } = await openRequest(hasty, draft(), [picture])
  await eventually(async () => {
    expect(await context.store.read(id)).toMatchObject({ state: 'expired' })
  })

  const escalates = {
    ...desk,
    policy: (
      await testDesk(context.store, { policy: { escalateTo: ['ada'], escalateAfterMs: 100 } })
    ).policy,
  }
  const { id: waiting } = await openRequest(escalates, draft(), [picture])
  await eventually(() => {
    const said = channel.shows
      .filter(({ message }) => message.request.id === waiting)
      .map(({ message }) => message.notices.map(({ kind }) => kind))
    expect(said).toEqual([[], ['escalation']])
  })
  await running.close()
})
