import { expect, test } from 'vitest'
import { messageOf } from '../../src/deciding/message.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

test('a channel is given the picture that the evidence names, to the byte', async () => {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft(), [picture])
  const { images } = await messageOf(desk, request)
  expect(Uint8Array.from(images.full ?? [])).toEqual(picture.bytes)
})

test('a picture that was put in its place in the database is not shown to anybody', async () => {
  const desk = await testDesk(context.store)
  const request = await openRequest(desk, draft(), [picture])
  await context.sql.query('update holdpoint.images set bytes = $1', [new Uint8Array([9])])
  expect((await messageOf(desk, request)).images.full).toBeUndefined()
})
