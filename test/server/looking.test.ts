import { describe, expect, test } from 'vitest'
import { answer } from '../support/desk.ts'
import { useStore } from '../support/store.ts'
import { auditOf, type Browser, openServer, type ServerOptions, storeWith } from './kit.ts'

const context = useStore()
const MINUTE_MS = 60_000

async function setUp(options: ServerOptions = {}, change = {}) {
  const server = await openServer(context, options)
  const request = await server.ask(change)
  const [ada, grace] = [await server.signedIn('ada'), await server.signedIn('grace')]
  const path = `/requests/${request.id}`
  const page = async (browser: Browser) => textOf((await server.get(path, browser)).body)
  return { server, request, path, ada, grace, page }
}

/** What stands in the page for a reader. */
const textOf = (body: string): string => body.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')

describe('a reviewer who has the page of a request open', () => {
  test('is shown to the others, and not to themselves', async () => {
    const { server, ada, grace, page } = await setUp()
    expect(await page(ada)).not.toContain('is looking')
    server.desk.clock.advance(3 * MINUTE_MS)
    expect(await page(ada)).not.toContain('is looking')
    expect(await page(grace)).toContain(
      'Ada is looking since 11:45 UTC. You may answer all the same.',
    )
    expect(await page(ada)).toContain('Grace is looking since 11:48 UTC.')
  })

  test('is so for five minutes, and not once the request has ended', async () => {
    const { server, request, ada, grace, page } = await setUp()
    await page(ada)
    server.desk.clock.advance(5 * MINUTE_MS)
    expect(await page(grace)).not.toContain('is looking')
    await page(ada)
    expect(await page(grace)).toContain('Ada is looking')
    await answer(server.desk, request, 'grace', 'approve')
    expect(await page(grace)).not.toContain('is looking')
  })

  test('is written down once, by the name of the session', async () => {
    const { request, ada, page } = await setUp()
    await page(ada)
    await page(ada)
    const looked = (await auditOf(context, request.id)).filter(
      ({ event }) => event === 'reviewer.looked',
    )
    expect(looked).toEqual([
      { event: 'reviewer.looked', actor: 'reviewer:ada', details: { channel: 'page' } },
    ])
  })
})

describe('nobody is said to look', () => {
  test.each([
    ['who is not signed in', 401, undefined, 'GET', {}],
    ['whose browser loads the page in advance', 200, 'ada', 'GET', { 'sec-purpose': 'prefetch' }],
    ['whose browser asks for the headers only', 200, 'ada', 'HEAD', {}],
    ['whom the policy does not name', 200, 'mallory', 'GET', {}],
    ['for whom it runs', 200, 'linus', 'GET', {}],
  ] as const)('%s', async (_, status, who, method, headers) => {
    const policy = { reviewers: ['ada', 'grace', 'linus'] }
    const { server, request, path } = await setUp({ policy }, { onBehalfOf: 'linus' })
    const browser = who && (await server.signedIn(who))
    const answered = await server.app.inject({
      method,
      url: path,
      headers: { host: '127.0.0.1:4300', ...headers },
      cookies: { ...browser?.cookies },
    })
    expect(answered.statusCode).toBe(status)
    expect(await context.store.looks(request.id)).toEqual([])
  })
})

test('a page is shown although the look cannot be written', async () => {
  const { request } = await setUp()
  const store = storeWith(context.store, { transaction: () => Promise.reject(new Error('full')) })
  const server = await openServer(context, { store })
  const page = await server.get(`/requests/${request.id}`, await server.signedIn('ada'))
  expect(page.statusCode).toBe(200)
  expect(page.body).toContain('value="approve"')
})

describe('with two people needed, the page', () => {
  test('says how many have approved, and who', async () => {
    const { server, request, ada, page } = await setUp({ policy: { quorum: 2 } })
    expect(await page(ada)).toContain('Approved so far: 0 of 2.')
    await answer(server.desk, request, 'grace', 'approve')
    expect(await page(ada)).toContain('Approved so far: 1 of 2, Grace.')
    await answer(server.desk, request, 'ada', 'reject')
    const ended = await page(ada)
    expect(ended).not.toContain('so far')
    expect(ended).toContain('Rejected by Ada')
  })

  test('that needs only one says nothing of it', async () => {
    const { ada, page } = await setUp()
    expect(await page(ada)).not.toContain('so far')
  })
})
