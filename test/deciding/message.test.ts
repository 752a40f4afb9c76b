import { expect, test } from 'vitest'
import type { ApprovalRequest } from '../../src/core/request.ts'
import type { Desk } from '../../src/deciding/desk.ts'
import { factsOf, messageOf } from '../../src/deciding/message.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

async function shown(desk: Desk, request: ApprovalRequest) {
  return messageOf(desk, await factsOf(context.store, request, desk.clock.now()))
}

test('a channel is given the picture that the evidence names, to the byte', async () => {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft(), [picture])
  const { images } = await shown(desk, request)
  expect(Uint8Array.from(images.full ?? [])).toEqual(picture.bytes)
})

test('a picture that was put in its place in the database is not shown to anybody', async () => {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft(), [picture])
  await context.sql.query('update holdpoint.images set bytes = $1', [new Uint8Array([9])])
  expect((await shown(desk, request)).images.full).toBeUndefined()
})
