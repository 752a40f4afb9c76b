import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useStore } from '../support/store.ts'
import { openServer } from './kit.ts'

const context = useStore()
const MAX = 3
const MINUTE_MS = 60_000

// The window is a minute by the machine's clock: it stands until a test moves it.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function limited() {
  const heard: string[] = []
  const server = await openServer(context, {
    requestsPerMinute: MAX,
    callbacks: () => [
      {
        name: 'slack',
        async handle() {
          heard.push('a callback')
          return { status: 401, refused: 'wrong signature' }
        },
      },
    ],
  })
  return { server, heard }
}

async function times<T>(count: number, run: () => Promise<T>): Promise<readonly T[]> {
  const all: T[] = []
  for (let done = 0; done < count; done += 1) all.push(await run())
  return all
}

test('guesses at a sign-in link are counted, and then a good one has to wait, unused', async () => {
  const { server } = await limited()
  const good = `/sign-in/${await server.signIn.createLink('ada', 10 * MINUTE_MS)}`
  const guesses = await times(MAX, () => server.post(`/sign-in/${'A'.repeat(43)}`, {}))
  expect(guesses.map(({ statusCode }) => statusCode)).toEqual([410, 410, 410])
  const early = await server.post(good, {})
  expect([early.statusCode, early.cookies]).toEqual([429, []])
  expect(early.body).toContain('Too many tries')
  expect(Number(early.headers['retry-after'])).toBe(60)
  vi.setSystemTime(Date.now() + MINUTE_MS)
  expect((await server.post(good, {})).statusCode).toBe(303)
})

test('looking at sign-in links is counted', async () => {
  const { server } = await limited()
  const seen = await times(MAX + 1, () => server.get(`/sign-in/${'A'.repeat(43)}`))
  expect(seen.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429])
})

test('decisions are counted, also refused ones, and one too many changes nothing', async () => {
  const { server } = await limited()
  const request = await server.ask()
  const ada = await server.signedIn('ada')
  const fields = { ...(await server.formOf(request, ada)), answer: 'approve' }
  const path = `/requests/${request.id}/decision`
  const refused = await times(MAX, () => server.post(path, { ...fields, csrf: 'wrong' }, ada))
  expect(refused.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401])
  expect((await server.post(path, fields, ada)).statusCode).toBe(429)
  expect(await context.store.read(request.id)).toEqual(request)
  vi.setSystemTime(Date.now() + MINUTE_MS)
  expect((await server.post(path, fields, ada)).statusCode).toBe(303)
})

test('decisions on several requests are counted together', async () => {
  const { server } = await limited()
  const ada = await server.signedIn('ada')
  let number = 0
  const sent = await times(MAX + 1, () => {
    number += 1
    return server.post(`/requests/HP-${number}/decision`, {}, ada)
  })
  expect(sent.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 429])
})

test('a flood of callbacks shuts out no provider, and the audit does not grow with it', async () => {
  const { server, heard } = await limited()
  const sent = await times(62, () => server.post('/callbacks/slack', 'payload=1'))
  expect(new Set(sent.map(({ statusCode }) => statusCode))).toEqual(new Set([401]))
  expect(heard).toHaveLength(62)
  const audited = async () => (await context.sql.query('select 1 from holdpoint.audit')).rows
  expect(await audited()).toHaveLength(60)
  server.desk.clock.advance(MINUTE_MS)
  await server.post('/callbacks/slack', 'payload=1')
  expect(await audited()).toHaveLength(61)
})

test('a flood of callbacks does not keep people from deciding', async () => {
  const { server } = await limited()
  const request = await server.ask()
  const ada = await server.signedIn('ada')
  const fields = { ...(await server.formOf(request, ada)), answer: 'reject' }
  await times(MAX + 1, () => server.post('/callbacks/slack', 'payload=1'))
  const answer = await server.post(`/requests/${request.id}/decision`, fields, ada)
  expect(answer.statusCode).toBe(303)
})

test('an address that the caller writes does not count as another one', async () => {
  const { server } = await limited()
  let number = 0
  const sent = await times(MAX + 1, () => {
    number += 1
    const address = `192.0.2.${number}`
    const headers = {
      'x-forwarded-for': address,
      'x-real-ip': address,
      forwarded: `for=${address}`,
    }
    return server.post(`/sign-in/${'A'.repeat(43)}`, {}, undefined, headers)
  })
  expect(sent.at(-1)?.statusCode).toBe(429)
})
