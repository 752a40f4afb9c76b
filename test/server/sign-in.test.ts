import { describe, expect, test } from 'vitest'
import { expire } from '../../src/deciding/expire.ts'
import { useStore } from '../support/store.ts'
import { auditOf, COOKIE, openServer, type TestServer } from './kit.ts'

const context = useStore()
const MINUTE_MS = 60_000

const sessions = async (): Promise<number> =>
  (await context.sql.query('select 1 from holdpoint.web_sessions')).rows.length

describe('the link', () => {
  test.each(['GET', 'HEAD'] as const)(
    '%s of it signs nobody in and uses nothing up',
    async (method) => {
      const server = await openServer(context)
      const url = `/sign-in/${await server.signIn.createLink('ada', MINUTE_MS)}`
      for (let fetched = 0; fetched < 3; fetched += 1) {
        const answer = await server.app.inject({ method, url })
        expect(answer.statusCode).toBe(200)
        expect(answer.headers['set-cookie']).toBeUndefined()
      }
      expect(await sessions()).toBe(0)
      expect((await server.post(url, {})).statusCode).toBe(303)
    },
  )

  test('its button signs the person in whom it was made for, and is written down', async () => {
    const server = await openServer(context)
    const link = await server.signIn.createLink('ada', MINUTE_MS)
    const answer = await server.post(`/sign-in/${link}`, { next: '/requests/HP-1' })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/requests/HP-1'])
    const [cookie] = answer.cookies
    expect(cookie?.value).not.toBe(link)
    expect(await server.signIn.readSession(cookie?.value ?? '')).toMatchObject({ reviewer: 'ada' })
    expect(await auditOf(context)).toEqual([
      { event: 'reviewer.signed-in', actor: 'reviewer:ada', details: { channel: 'page' } },
    ])
  })

  test('the body cannot name who is signed in', async () => {
    const server = await openServer(context)
    const link = await server.signIn.createLink('ada', MINUTE_MS)
    const answer = await server.post(`/sign-in/${link}`, { reviewer: 'grace', user: 'grace' })
    const session = await server.signIn.readSession(answer.cookies[0]?.value ?? '')
    expect(session?.reviewer).toBe('ada')
  })

  test('the second time it is refused', async () => {
    const server = await openServer(context)
    const url = `/sign-in/${await server.signIn.createLink('ada', MINUTE_MS)}`
    await server.post(url, {})
    const again = await server.post(url, {})
    expect([again.statusCode, again.cookies]).toEqual([410, []])
    expect(await sessions()).toBe(1)
  })

  test('of two who press its button at once one gets in', async () => {
    const server = await openServer(context)
    const url = `/sign-in/${await server.signIn.createLink('ada', MINUTE_MS)}`
    const answers = await Promise.all([server.post(url, {}), server.post(url, {})])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 410])
    expect(await sessions()).toBe(1)
  })

  test('after its time it is refused', async () => {
    const server = await openServer(context)
    const url = `/sign-in/${await server.signIn.createLink('ada', MINUTE_MS)}`
    server.desk.clock.advance(MINUTE_MS)
    const answer = await server.post(url, {})
    expect([answer.statusCode, answer.cookies]).toEqual([410, []])
    expect(await sessions()).toBe(0)
  })

  test.each([
    ['a token that was never given', 'A'.repeat(43)],
    ['a token that is too short', 'A'.repeat(42)],
    ['a token that is too long', 'A'.repeat(44)],
    ['a quoted token', `'${'A'.repeat(42)}`],
    ['a zero byte', `${'A'.repeat(42)}%00`],
  ])('%s is refused, and nothing is written down', async (_what, token) => {
    const server = await openServer(context)
    await server.signIn.createLink('ada', MINUTE_MS)
    const answer = await server.post(`/sign-in/${token}`, {})
    expect([answer.statusCode, answer.cookies]).toEqual([410, []])
    expect(await auditOf(context)).toEqual([])
    expect(await sessions()).toBe(0)
  })

  test('a used link and one that never was look the same', async () => {
    const server = await openServer(context)
    const link = await server.signIn.createLink('ada', MINUTE_MS)
    await server.post(`/sign-in/${link}`, {})
    const [used, unknown] = [
      await server.post(`/sign-in/${link}`, {}),
      await server.post(`/sign-in/${'A'.repeat(43)}`, {}),
    ]
    expect([used.statusCode, used.body]).toEqual([unknown.statusCode, unknown.body])
  })
})

describe('where it leads', () => {
  test.each([
    ['another site', 'https://evil.example/'],
    ['another site without its scheme', '//evil.example/'],
    ['another site by a backslash', '/\\evil.example'],
    ['another site after a tab', '/\t/evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a header', '/requests\r\nset-cookie: a=b'],
    ['no path', 'requests'],
  ])('not to %s, but to the list', async (_what, next) => {
    const server = await openServer(context)
    const url = `/sign-in/${await server.signIn.createLink('ada', MINUTE_MS)}`
    const shown = await server.get(`${url}?next=${encodeURIComponent(next)}`)
    expect(shown.body).toContain('name="next" value="/requests"')
    expect((await server.post(url, { next })).headers.location).toBe('/requests')
  })

  test.each(['next=/requests/HP-1&next=//evil.example', 'next[]=/requests/HP-1'])(
    'a link with %s still signs in',
    async (query) => {
      const server = await openServer(context)
      const url = `/sign-in/${await server.signIn.createLink('ada', MINUTE_MS)}`
      expect((await server.get(`${url}?${query}`)).statusCode).toBe(200)
      const answer = await server.post(url, query)
      expect([answer.statusCode, answer.headers.location]).toEqual([303, '/requests'])
    },
  )
})

describe('the list, after signing in', () => {
  async function leadsTo(server: TestServer, next = '/requests') {
    const url = `/sign-in/${await server.signIn.createLink('ada', MINUTE_MS)}`
    return (await server.post(url, { next })).headers.location
  }

  test('is left out when exactly one request waits', async () => {
    const server = await openServer(context)
    expect(await leadsTo(server)).toBe('/requests')
    const first = await server.ask()
    expect(await leadsTo(server)).toBe(`/requests/${first.id}`)
    const second = await server.ask({ idempotencyKey: 'another' })
    expect(second.id).not.toBe(first.id)
    expect(await leadsTo(server)).toBe('/requests')
  })

  test('is left out for the one that waits, not for one that has ended', async () => {
    const server = await openServer(context)
    const old = await server.ask()
    server.desk.clock.advance(server.desk.policy.expiresAfterMs)
    expect(await expire(server.desk, old.id)).toBe(true)
    const { id } = await server.ask({ idempotencyKey: 'another' })
    expect(await leadsTo(server)).toBe(`/requests/${id}`)
  })

  test('does not stand in for the page that was asked for', async () => {
    const server = await openServer(context)
    const { id } = await server.ask()
    await server.ask({ idempotencyKey: 'another' })
    expect(await leadsTo(server, `/requests/${id}`)).toBe(`/requests/${id}`)
  })
})

describe('the cookie', () => {
  async function cookieAt(publicUrl: string) {
    const server = await openServer(context, { publicUrl })
    const link = await server.signIn.createLink('ada', MINUTE_MS)
    return (await server.post(`/sign-in/${link}`, {})).cookies[0]
  }

  test('is kept from scripts and from other sites, and ends after twelve hours', async () => {
    expect(await cookieAt('http://127.0.0.1:4300')).toEqual({
      name: COOKIE,
      value: expect.stringMatching(/^[\w-]{43}$/),
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      maxAge: 12 * 60 * 60,
    })
  })

  test('is sent over TLS only where the pages are', async () => {
    expect(await cookieAt('https://holdpoint.example')).toMatchObject({
      secure: true,
      httpOnly: true,
      sameSite: 'Strict',
    })
  })

  test('is taken back by signing out, and the session with it', async () => {
    const server = await openServer(context)
    const ada = await server.signedIn('ada')
    const other = await server.signedIn('ada')
    const answer = await server.post('/sign-out', {}, ada)
    expect(answer.cookies).toMatchObject([{ name: COOKIE, value: '', path: '/' }])
    expect((await server.get('/requests', ada)).statusCode).toBe(401)
    expect((await server.get('/requests', other)).statusCode).toBe(200)
  })

  test('no GET signs out', async () => {
    const server = await openServer(context)
    const ada = await server.signedIn('ada')
    expect((await server.get('/sign-out', ada)).statusCode).toBe(404)
    expect((await server.get('/requests', ada)).statusCode).toBe(200)
  })
})
