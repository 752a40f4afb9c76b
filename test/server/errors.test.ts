import { describe, expect, test } from 'vitest'
import { HoldpointError } from '../../src/core/errors.ts'
import type { Logger } from '../../src/ports/log.ts'
import { useStore } from '../support/store.ts'
import { openServer, type ServerOptions, storeWith } from './kit.ts'

const context = useStore()

const SECRETS = [
  'hunter2',
  '10.1.2.3',
  'holdpoint.requests',
  '/srv/desk',
  'xoxb-1234567890',
  'at run (',
]
/** As a driver or an SDK might throw it. */
function broken(change: object = {}): Error {
  const error = new Error(
    'select * from holdpoint.requests failed at postgres://desk:hunter2@10.1.2.3:5432/db token=xoxb-1234567890',
  )
  error.stack = `${error.message}\n    at run (/srv/desk/server/plugin.ts:1:1)`
  return Object.assign(error, change)
}
const down = (): HoldpointError =>
  new HoldpointError(
    'HP_ERR_STORE_UNAVAILABLE',
    'the database does not answer: connect ECONNREFUSED 10.1.2.3:5432 at /srv/desk',
  )

function logged() {
  const lines: string[] = []
  const write = (message: string, facts: unknown): void => {
    lines.push(`${message} ${JSON.stringify(facts)}`)
  }
  const logger: Logger = { info: write, warn: write, error: write }
  return { lines, logger }
}

const failing = (error: Error): ServerOptions => {
  const fails = () => Promise.reject(error)
  const store = storeWith(context.store, {
    read: fails,
    list: fails,
    images: fails,
    transaction: fails,
  })
  return { store }
}

describe('what goes wrong on this side', () => {
  test.each([
    ['an error of a driver', 500, () => broken()],
    ['a store that does not answer', 503, down],
    ['an error with a success in it', 500, () => broken({ statusCode: 200 })],
    ['an error with a redirect in it', 500, () => broken({ statusCode: 302 })],
    ['an error with a status that is none', 500, () => broken({ statusCode: 1_000 })],
    ['an error with a status of text', 500, () => broken({ statusCode: '200' })],
  ] as const)(
    '%s gets %i on every page, and is told to the log alone',
    async (_what, status, make) => {
      const { lines, logger } = logged()
      const server = await openServer(context, { ...failing(make()), logger })
      const request = await server.ask()
      const ada = await server.signedIn('ada')
      const link = await server.signIn.createLink('ada', 60_000)
      const form = {
        answer: 'approve',
        csrf: (await server.signIn.readSession(ada.token))?.csrf ?? '',
        nonce: 'A'.repeat(22),
        termsDigest: request.termsDigest,
        evidenceDigest: request.evidenceDigest,
      }
      const answers = [
        await server.get('/requests', ada),
        await server.get(`/requests/${request.id}`, ada),
        await server.get(`/requests/${request.id}/images/full`, ada),
        await server.post(`/requests/${request.id}/decision`, form, ada),
        await server.post(`/sign-in/${link}`, {}),
      ]
      for (const answer of answers) {
        expect(answer.statusCode).toBe(status)
        expect(answer.body).toContain('That did not work')
        expect(answer.cookies).toEqual([])
        const all = `${answer.body}${JSON.stringify(answer.headers)}`
        for (const secret of SECRETS) expect(all).not.toContain(secret)
      }
      expect(lines).toHaveLength(answers.length)
      expect(lines.join('\n')).not.toMatch(/hunter2|xoxb-1/)
      expect(await context.store.read(request.id)).toEqual(request)
    },
  )

  test('is not told to somebody without a session either', async () => {
    const server = await openServer(context, {
      signIn: (real) => ({
        ...real,
        readSession: () => Promise.reject(down()),
        useLink: () => Promise.reject(broken()),
      }),
    })
    const guess = { cookie: `holdpoint_session=${'A'.repeat(43)}` }
    const answers = [
      await server.get('/requests', undefined, guess),
      await server.post(`/sign-in/${'A'.repeat(43)}`, {}),
    ]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([503, 500])
    for (const { body } of answers) for (const secret of SECRETS) expect(body).not.toContain(secret)
  })

  test('a channel that throws has taken nothing', async () => {
    const handle = () => Promise.reject(broken({ statusCode: 200 }))
    const server = await openServer(context, { callbacks: () => [{ name: 'slack', handle }] })
    const answer = await server.post('/callbacks/slack', 'payload=1')
    expect(answer.statusCode).toBe(500)
    for (const secret of SECRETS) expect(answer.body).not.toContain(secret)
  })
})

describe('a reviewer who asks for what is not there', () => {
  test.each([
    '/requests/HP-999',
    '/requests/HP-999/images/full',
    '/requests/HP-1/images/crop',
    '/requests/HP-1/images/constructor',
    '/requests/HP-1/images/..%2f..%2fetc%2fpasswd',
    '/requests/HP-01',
    '/requests/hp-1',
    '/requests/HP-1%00',
    '/requests/%00',
    "/requests/HP-1'%20or%20true--",
    `/requests/HP-${'9'.repeat(40)}`,
    `/requests/${'x'.repeat(199)}`,
    '/requests/HP-1/decision',
    '/.env',
    '/../package.json',
  ])('gets 404 at %s, which tells nothing', async (path) => {
    const { lines, logger } = logged()
    const server = await openServer(context, { logger })
    await server.ask()
    const answer = await server.get(path, await server.signedIn('ada'))
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toMatch(/shop\.example|182\.40|holdpoint\.|\bat .*\.ts|node_modules/)
    expect(lines).toEqual([])
  })

  test('cannot decide on it', async () => {
    const server = await openServer(context)
    const request = await server.ask()
    const ada = await server.signedIn('ada')
    const form = { ...(await server.formOf(request, ada)), answer: 'approve' }
    for (const id of ['HP-999', 'HP-01', 'HP-1%00', '%00']) {
      expect((await server.post(`/requests/${id}/decision`, form, ada)).statusCode).toBe(404)
    }
    expect(await context.store.read(request.id)).toEqual(request)
  })
})

test('what the address says comes back as text', async () => {
  const server = await openServer(context)
  const ada = await server.signedIn('ada')
  for (const path of ['/requests/<script>alert(1)</script>', '/<img src=x onerror=alert(1)>']) {
    const { body } = await server.get(encodeURI(path), ada)
    expect(body).not.toMatch(/<script|<img/)
  }
})
