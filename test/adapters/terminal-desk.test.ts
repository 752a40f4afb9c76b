import { expect, test } from 'vitest'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answerSink } from '../../src/deciding/receive-answer.ts'
import { draft, picture, testDesk } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { useStore } from '../support/store.ts'
import { codeOf, terminal } from './terminal-kit.ts'

const inUse = useStore()

test('an approval typed at the terminal settles the request, and a second one changes nothing', async () => {
  const desk = await testDesk(inUse.store)
  const channel = {
    name: 'terminal',
    identities: { grace: 'tty' },
    show: async () => ({ ref: {} }),
  }
  const { show, printed, type } = await terminal(answerSink(desk, channel).answer)
  const opened = await openRequest(desk, draft({ onBehalfOf: 'ada' }), [picture])
  await show(opened)
  const code = codeOf(printed(), opened.id)
  type(`approve ${code}`)
  await eventually(() => expect(printed()).toMatch(/\nApproved\.\n$/))
  type(`reject ${code} changed my mind`)
  await eventually(() => expect(printed()).toMatch(/approved[^\n]* Nothing changed\.\n$/))
  expect(printed()).not.toContain('Rejected.')
  expect(await desk.store.read(opened.id)).toMatchObject({
    state: 'approved',
    decisions: [{ reviewer: 'grace', answer: 'approve', channel: 'terminal' }],
  })
})

test('a person whom the policy does not name is told who may, and nothing is decided', async () => {
  const desk = await testDesk(inUse.store)
  const channel = { name: 'terminal', identities: {}, show: async () => ({ ref: {} }) }
  const { show, printed, type } = await terminal(answerSink(desk, channel).answer)
  const opened = await openRequest(desk, draft({ onBehalfOf: 'ada' }), [picture])
  await show(opened)
  type(`approve ${codeOf(printed(), opened.id)}`)
  await eventually(() => expect(printed()).toContain(`Only Grace may answer ${opened.id}.`))
  expect(await desk.store.read(opened.id)).toMatchObject({ state: 'pending', decisions: [] })
})
