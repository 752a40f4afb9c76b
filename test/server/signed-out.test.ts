import { describe, expect, test } from 'vitest'
import { sha256Hex } from '../../src/core/canonical.ts'
import { useStore } from '../support/store.ts'
import { type Browser, browserWith, openServer, type TestServer } from './kit.ts'

const context = useStore()

/** What only reviewers may read, as `draft` has it. */
const EVIDENCE = ['182.40', 'shop.example', 'shopper', 'It pays.', 'checkout', 'Approve', 'csrf']

const STRANGERS: Readonly<
  Record<string, (server: TestServer) => Promise<Browser | undefined> | undefined>
> = {
  'no cookie': () => undefined,
  'an empty cookie': async () => browserWith(''),
  'a cookie that was never given': async () => browserWith('A'.repeat(43)),
  'a cookie of another shape': async () => browserWith("' or true --"),
  'a cookie of a megabyte': async () => browserWith('A'.repeat(10_000)),
  'the token of a link that was not used': async ({ signIn }) =>
    browserWith(await signIn.createLink('ada', 60_000)),
  'what the database holds of a session': async (server) =>
    browserWith(sha256Hex((await server.signedIn('ada')).token)),
  'a session that was signed out': async (server) => {
    const browser = await server.signedIn('ada')
    await server.post('/sign-out', {}, browser)
    return browser
  },
  'a session of more than twelve hours ago': async (server) => {
    const browser = await server.signedIn('ada')
    server.desk.clock.advance(12 * 60 * 60_000)
    return browser
  },
}

describe.each(Object.entries(STRANGERS))('with %s', (_who, stranger) => {
  test.each(['/requests', '/requests/HP-1', '/requests/HP-1/images/full'])(
    '%s is refused, and says nothing of what is asked',
    async (path) => {
      const server = await openServer(context)
      await server.ask()
      const answer = await server.get(path, await stranger(server))
      expect(answer.statusCode).toBe(401)
      for (const secret of EVIDENCE) expect(answer.body).not.toContain(secret)
      expect(answer.body).not.toMatch(/<form|<img|HP-\d/)
      expect(answer.headers['set-cookie']).toBeUndefined()
    },
  )

  test('a complete decision form is refused, and changes nothing', async () => {
    const server = await openServer(context)
    const request = await server.ask()
    const form = await server.formOf(request, await server.signedIn('ada'))
    const answer = await server.post(
      `/requests/${request.id}/decision`,
      { ...form, answer: 'approve' },
      await stranger(server),
    )
    expect(answer.statusCode).toBe(401)
    for (const secret of EVIDENCE) expect(answer.body).not.toContain(secret)
    expect(await context.store.read(request.id)).toEqual(request)
  })
})

test('whether a request exists is not told', async () => {
  const server = await openServer(context)
  const { id } = await server.ask()
  for (const rest of ['', '/images/full']) {
    const there = await server.get(`/requests/${id}${rest}`)
    const missing = await server.get(`/requests/HP-999${rest}`)
    expect([missing.statusCode, missing.body]).toEqual([there.statusCode, there.body])
  }
  const form = {
    csrf: 'x',
    nonce: 'x'.repeat(22),
    termsDigest: 'a'.repeat(64),
    evidenceDigest: 'a'.repeat(64),
    answer: 'approve',
  }
  const there = await server.post(`/requests/${id}/decision`, form)
  const missing = await server.post('/requests/HP-999/decision', form)
  expect([missing.statusCode, there.statusCode]).toEqual([401, 401])
  expect(missing.body.replaceAll('HP-999', id)).toBe(there.body)
})

test('a reviewer sees evidence, picture and form', async () => {
  const server = await openServer(context)
  const request = await server.ask()
  const ada = await server.signedIn('ada')
  const page = await server.get(`/requests/${request.id}`, ada)
  expect(page.statusCode).toBe(200)
  for (const shown of EVIDENCE) expect(page.body).toContain(shown)
  const image = await server.get(`/requests/${request.id}/images/full`, ada)
  expect([image.statusCode, image.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect((await server.get('/requests', ada)).body).toContain(request.id)
})
