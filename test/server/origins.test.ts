import { describe, expect, test } from 'vitest'
import { signV0 } from '../../src/testing/slack-workspace/index.ts'
import { useStore } from '../support/store.ts'
import { HOST, openServer, type TestServer } from './kit.ts'

const context = useStore()

/** Names that an attacker can point at this address, and ways to write ours so that it is not. */
const FOREIGN = [
  'evil.example',
  'evil.example:4300',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io:4300',
  'localhost.evil.example:4300',
  'localhost.',
  'a.localhost',
  '0.0.0.0:4300',
  '127.1:4300',
  '2130706433',
  '127.0.0.1@evil.example',
  'evil.example:127.0.0.1',
  '127.0.0.1:4300, evil.example',
  '127.0.0.1:4300/',
  '[::1].evil.example',
  '[::ffff:127.0.0.1]:4300',
]

async function asked(server: TestServer) {
  const request = await server.ask()
  const browser = await server.signedIn('ada')
  const form = await server.formOf(request, browser)
  const decide = (headers: Readonly<Record<string, string>>) =>
    server.post(
      `/requests/${request.id}/decision`,
      { ...form, answer: 'approve' },
      browser,
      headers,
    )
  return { request, browser, decide }
}

describe('a page under a name that is not ours', () => {
  test.each(FOREIGN)('gets nothing and decides nothing as %s', async (host) => {
    const server = await openServer(context)
    const { request, browser, decide } = await asked(server)
    const link = await server.signIn.createLink('ada', 60_000)
    const paths = [
      '/',
      '/requests',
      `/requests/${request.id}`,
      `/requests/${request.id}/images/full`,
      `/sign-in/${link}`,
      '/healthz',
      '/style.css',
      '/nowhere',
    ]
    for (const path of paths) {
      const answer = await server.get(path, browser, { host })
      expect([answer.statusCode, answer.body]).toEqual([421, 'This host name is not served here.'])
    }
    const origin = `http://${host}`
    expect((await decide({ host, origin, 'sec-fetch-site': 'same-origin' })).statusCode).toBe(421)
    expect(await context.store.read(request.id)).toEqual(request)
    const signIn = await server.post(`/sign-in/${link}`, {}, undefined, { host })
    expect([signIn.statusCode, signIn.cookies]).toEqual([421, []])
    expect((await server.post(`/sign-in/${link}`, {})).statusCode).toBe(303)
  })

  test('is not helped by what a proxy would say', async () => {
    const server = await openServer(context)
    const headers = { host: 'evil.example', 'x-forwarded-host': HOST, forwarded: `host=${HOST}` }
    expect((await server.get('/healthz', undefined, headers)).statusCode).toBe(421)
  })
})

test.each(['127.0.0.1', '127.0.0.1:9', 'localhost:4300', '[::1]:4300'])(
  'this machine is served as %s',
  async (host) => {
    const server = await openServer(context)
    expect((await server.get('/healthz', undefined, { host })).statusCode).toBe(200)
  },
)

test('a public address is served under its own name, and under no other', async () => {
  const server = await openServer(context, { publicUrl: 'https://holdpoint.example' })
  const status = async (host: string) =>
    (await server.get('/healthz', undefined, { host })).statusCode
  expect(await status('holdpoint.example')).toBe(200)
  expect(await status('holdpoint.example:8443')).toBe(421)
  expect(await status('other.holdpoint.example')).toBe(421)
})

describe('a form that another site sends decides nothing', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['by its origin', { origin: 'https://evil.example' }],
    ['by its port', { origin: 'http://127.0.0.1:9999' }],
    ['by another name of this machine', { origin: 'http://localhost:4300' }],
    ['by an origin that is no address', { origin: 'evil' }],
    ['by several origins', { origin: `http://${HOST} https://evil.example` }],
    ['from another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['from another port, as the browser says', { 'sec-fetch-site': 'same-site' }],
    ['out of a sandbox', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ])('%s', async (_how, headers) => {
    const server = await openServer(context)
    const { request, browser, decide } = await asked(server)
    const answer = await decide({ origin: `http://${HOST}`, ...headers })
    expect([answer.statusCode, answer.body]).toEqual([
      403,
      'This form was sent by another site. Nothing changed.',
    ])
    expect(await context.store.read(request.id)).toEqual(request)
    expect((await server.post('/sign-out', {}, browser, headers)).statusCode).toBe(403)
    expect((await server.get('/requests', browser)).statusCode).toBe(200)
    const link = await server.signIn.createLink('ada', 60_000)
    const signIn = await server.post(`/sign-in/${link}`, {}, undefined, headers)
    expect([signIn.statusCode, signIn.cookies]).toEqual([403, []])
  })

  test.each<[string, Readonly<Record<string, string>>]>([
    ['our own origin', { origin: `http://${HOST}` }],
    // What Chromium sends from a page whose referrer policy is `no-referrer`.
    ['an origin that our own policy hides', { origin: 'null' }],
  ])('but with %s it does', async (_what, headers) => {
    const server = await openServer(context)
    const { request, decide } = await asked(server)
    expect((await decide(headers)).statusCode).toBe(303)
    expect((await context.store.read(request.id))?.state).toBe('approved')
  })
})

describe('a tunnel that keeps its public name', () => {
  const host = 'abc.ngrok.app'
  const called: string[] = []

  async function behindTunnel() {
    called.length = 0
    return openServer(context, {
      callbacks: () => [
        {
          name: 'slack',
          async handle({ rawBody }) {
            called.push(Buffer.from(rawBody).toString())
            return { status: 200 }
          },
        },
      ],
    })
  }

  test('brings callbacks to their channel, which looks at the signature', async () => {
    const server = await behindTunnel()
    const headers = {
      host,
      origin: 'https://slack.example',
      'x-forwarded-host': host,
      'x-slack-signature': signV0('secret', 1, 'payload=1'),
    }
    const answer = await server.post('/callbacks/slack', 'payload=1', undefined, headers)
    expect([answer.statusCode, called]).toEqual([200, ['payload=1']])
  })

  test.each([
    ['POST', '/callbacks'],
    ['POST', '/callbacks/'],
    ['POST', '/callbacks/other'],
    ['GET', '/callbacks/slack'],
    ['POST', '//callbacks/slack'],
    ['POST', '/callbacks/slack/../../requests/HP-1/decision'],
    ['POST', '/callbacks/..%2frequests%2fHP-1%2fdecision'],
    ['POST', '/requests/HP-1/decision?/callbacks/slack'],
    ['POST', '/requests/HP-1/decision'],
    ['GET', '/requests'],
    ['GET', '/healthz'],
  ] as const)('brings nothing else: %s %s', async (method, url) => {
    const server = await behindTunnel()
    const { request, browser } = await asked(server)
    const answer = await server.app.inject({
      method,
      url,
      headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
      cookies: { ...browser.cookies },
    })
    expect([answer.statusCode, called]).toEqual([421, []])
    expect(await context.store.read(request.id)).toEqual(request)
  })
})
