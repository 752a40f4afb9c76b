import { describe, expect, test } from 'vitest'
import { sha256Hex } from '../../src/core/canonical.ts'
import { useStore } from '../support/store.ts'
import {
  AGENT_TOKEN,
  auditOf,
  browserWith,
  COOKIE,
  type Form,
  HOST,
  openServer,
  type TestServer,
} from './kit.ts'

const context = useStore()
const LIST = '/api/agent/requests'

describe('with the agents’ token', () => {
  /** Sends what would make any route act for who may; `session` stands in a reviewer's cookie. */
  async function walked() {
    const handle = async () => ({ status: 200 })
    const server = await openServer(context, { callbacks: () => [{ name: 'slack', handle }] })
    const request = await server.ask()
    const ada = await server.signedIn('ada')
    const form = await server.formOf(request, ada)
    const ask = (method: string, url: string, session = AGENT_TOKEN) =>
      server.app.inject({
        method: method as 'GET',
        url: url
          .replace(/:id\(.*?\$\)/, request.id)
          .replace(':role', 'full')
          .replace(':token', AGENT_TOKEN),
        headers: {
          host: HOST,
          authorization: `Bearer ${AGENT_TOKEN}`,
          'sec-fetch-site': 'same-origin',
        },
        cookies: { [COOKIE]: session },
        ...(method === 'POST' ? { payload: { ...form, answer: 'approve' } } : {}),
      })
    return { server, request, ada, ask }
  }

  test('no route decides, signs in or shows evidence', async () => {
    const { server, request, ada, ask } = await walked()
    const others = server.routes.filter(({ url }) => !url.endsWith('/withdraw'))
    expect(others.length).toBeGreaterThan(10)
    for (const { method, url } of others) {
      const told = await ask(method, url)
      const what = `${method} ${url}`
      expect(
        told.cookies.filter(({ value }) => value !== ''),
        what,
      ).toEqual([])
      expect(told.body, what).not.toMatch(/It pays|sha256|csrf|nonce/)
      expect(String(told.headers['content-type']), what).not.toMatch(/^image/)
    }
    expect(await context.store.read(request.id)).toEqual(request)
    const events = [...(await auditOf(context, request.id)), ...(await auditOf(context))]
    // Ada, whose page was loaded for the form, looked.
    expect(events.map(({ event }) => event)).toEqual(['request.opened', 'reviewer.looked'])
    // It was the right form: with a reviewer's session it decides.
    const decision = others.find(({ url }) => url.endsWith('/decision'))
    await ask('POST', decision?.url ?? '', ada.token)
    expect((await context.store.read(request.id))?.state).toBe('approved')
  })

  test('these are the routes there are for an agent, and the only one that changes anything takes back', async () => {
    const { server, request, ask } = await walked()
    const own = server.routes.filter(({ url }) => url.startsWith('/api/'))
    const id = ':id(^HP-\\d{1,12}$)'
    expect(own.filter(({ method }) => method !== 'HEAD')).toEqual([
      { method: 'GET', url: LIST },
      { method: 'GET', url: `${LIST}/${id}/outcome` },
      { method: 'POST', url: `${LIST}/${id}/withdraw` },
    ])
    await ask('POST', `${LIST}/${request.id}/withdraw`)
    expect((await context.store.read(request.id))?.state).toBe('withdrawn')
  })
})

const PATHS = [
  ['GET', LIST],
  ['GET', `${LIST}/HP-1/outcome`],
  ['POST', `${LIST}/HP-1/withdraw`],
] as const

/** What somebody who is no agent could send along. */
const STRANGERS: Readonly<Record<string, (server: TestServer) => Promise<Form> | Form>> = {
  nothing: () => ({}),
  'an empty token': () => ({ authorization: 'Bearer ' }),
  'a token that was never given': () => ({ authorization: `Bearer ${'A'.repeat(43)}` }),
  'the token cut short': () => ({ authorization: `Bearer ${AGENT_TOKEN.slice(0, 42)}` }),
  'the token and more': () => ({ authorization: `Bearer ${AGENT_TOKEN}0` }),
  'the token as a password': () => ({
    authorization: `Basic ${Buffer.from(`agent:${AGENT_TOKEN}`).toString('base64')}`,
  }),
  'the token as a cookie': () => ({ cookie: `holdpoint_session=${AGENT_TOKEN}` }),
  'what the server keeps of the token': () => ({
    authorization: `Bearer ${sha256Hex(AGENT_TOKEN)}`,
  }),
  'a reviewer’s cookie': async (server) => ({
    cookie: `holdpoint_session=${(await server.signedIn('ada')).token}`,
  }),
  'a reviewer’s session as a token': async (server) => ({
    authorization: `Bearer ${(await server.signedIn('ada')).token}`,
  }),
  'the token of a sign-in link': async ({ signIn }) => ({
    authorization: `Bearer ${await signIn.createLink('ada', 60_000)}`,
  }),
}

describe.each(Object.entries(STRANGERS))('with %s', (_who, stranger) => {
  test.each(PATHS)('%s %s is refused, and says nothing of what is asked', async (method, url) => {
    const server = await openServer(context)
    const request = await server.ask()
    const headers = { host: HOST, ...(await stranger(server)) }
    const body = method === 'POST' ? { payload: '{"reason":"x"}' } : {}
    const refused = await server.app.inject({ method, url, headers, ...body })
    expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    expect(refused.body).not.toMatch(/HP-\d|182\.40|shop/)
    expect(await context.store.read(request.id)).toEqual(request)
  })
})

test('the agents’ token as a cookie opens no page', async () => {
  const server = await openServer(context)
  const { id } = await server.ask()
  for (const path of ['/requests', `/requests/${id}`, `/requests/${id}/images/full`]) {
    const headers = { authorization: `Bearer ${AGENT_TOKEN}` }
    expect((await server.get(path, browserWith(AGENT_TOKEN), headers)).statusCode).toBe(401)
  }
})

describe('a browser that another site sends gets nothing, even with the token:', () => {
  test.each<[string, Form]>([
    ['by its origin', { origin: 'https://evil.example' }],
    ['by its port', { origin: 'http://127.0.0.1:9999' }],
    ['as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['from another port, as the browser says', { 'sec-fetch-site': 'same-site' }],
  ])('%s', async (_how, headers) => {
    const server = await openServer(context)
    const { id } = await server.ask()
    for (const body of [undefined, {}]) {
      const path = body === undefined ? LIST : `${LIST}/${id}/withdraw`
      const refused = await server.agent(path, body, headers)
      expect(refused.statusCode).toBe(403)
      expect(refused.body).not.toContain('HP-')
      expect(refused.headers['access-control-allow-origin']).toBeUndefined()
    }
    expect((await context.store.read(id))?.state).toBe('pending')
  })

  test('under a name that is not ours', async () => {
    const server = await openServer(context)
    await server.ask()
    const refused = await server.agent(LIST, undefined, { host: 'evil.example' })
    expect([refused.statusCode, refused.body]).toEqual([421, 'This host name is not served here.'])
  })
})

test.each(PATHS)('guesses at the token are counted: %s %s', async (method, url) => {
  const server = await openServer(context, { requestsPerMinute: 3 })
  const { id } = await server.ask()
  const body = method === 'POST' ? {} : undefined
  const guess = { authorization: `Bearer ${'A'.repeat(43)}` }
  for (let count = 0; count < 3; count += 1) {
    expect((await server.agent(url, body, guess)).statusCode).toBe(401)
  }
  const late = await server.agent(url, body)
  expect([late.statusCode, late.json()]).toEqual([
    429,
    { error: { message: 'Too many tries', hint: 'Wait a minute, then try again.' } },
  ])
  expect((await context.store.read(id))?.state).toBe('pending')
})
