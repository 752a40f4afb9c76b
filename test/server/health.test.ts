import { expect, test } from 'vitest'
import { useStore } from '../support/store.ts'
import { openServer, storeWith } from './kit.ts'

const context = useStore()

test('the server is healthy while its store answers, for anybody, and says nothing else', async () => {
  const server = await openServer(context)
  await server.ask()
  const answer = await server.get('/healthz')
  expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }])
})

test('it is not when the store fails, and does not say why', async () => {
  const list = () => Promise.reject(new Error('postgres://desk:hunter2@10.1.2.3/db refused'))
  const server = await openServer(context, { store: storeWith(context.store, { list }) })
  const answer = await server.get('/healthz')
  expect([answer.statusCode, answer.json()]).toEqual([503, { status: 'store unavailable' }])
})
