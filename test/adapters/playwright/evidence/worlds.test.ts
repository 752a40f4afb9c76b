import type { EventEmitter } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PageEvent } from '../../../../src/adapters/playwright/evidence/index.ts'
import { type Kit, startKit } from './kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

test('a reader that lost sight of a frame finds it again, and still hears what the next document does', async () => {
  const { page, reader } = await kit.visit('<title>first</title><button id=b>Go</button>', {
    context: {},
  })
  const session = await reader.session(page)
  // What Chromium tells when a document goes, told late: the new document's world is forgotten with it.
  ;(session as unknown as EventEmitter).emit('Runtime.executionContextsCleared', {})
  expect((await reader.read(page, { target: { kind: 'none' } })).title).toBe('first')
  await page.reload()
  const heard = Promise.withResolvers<PageEvent>()
  reader.onPageEvent((event) => {
    if (event.type === 'click') heard.resolve(event)
  })
  await page.click('#b')
  expect((await heard.promise).type).toBe('click')
})
