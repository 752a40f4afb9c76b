import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../server/listen.ts'
import { openSignIn } from '../../src/adapters/postgres/sign-in.ts'
import { createApprovals } from '../../src/deciding/approvals.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answer, draft, picture, testDesk } from '../support/desk.ts'
import { useStore } from '../support/store.ts'

const context = useStore()

async function started(port = 0) {
  const desk = await testDesk(context.store)
  const signIn = openSignIn(context.sql, desk.clock)
  const server = await startServer({ desk, signIn, callbacks: [], host: '127.0.0.1', port })
  onTestFinished(() => server.close())
  return { desk, server }
}

test('it stands on this machine only, and the desk learns its address', async () => {
  const { desk, server } = await started()
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(desk.publicUrl).toBe(server.url)
})

test('its link signs in through a page with a button, and then shows the request', async () => {
  const { server } = await started()
  const link = await server.signInLink('ada', '/requests/HP-7')
  const page = await (await fetch(link)).text()
  const [, action = ''] = /action="(\/sign-in\/[\w-]{43})"/.exec(page) ?? []
  const [, next = ''] = /name="next" value="([^"]*)"/.exec(page) ?? []
  const answer = await fetch(server.url + action, {
    method: 'POST',
    body: new URLSearchParams({ next }),
    redirect: 'manual',
  })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/requests/HP-7'])
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect((await fetch(`${server.url}/requests`, { headers: { cookie } })).status).toBe(200)
})

test('it closes when the person who has just approved has seen how it ended', async () => {
  const { desk, server } = await started()
  const request = await openRequest(desk, draft(), [picture])
  await answer(desk, request, 'ada', 'approve')
  const link = await server.signInLink('ada')
  const page = await (await fetch(link)).text()
  const [, action = ''] = /action="(\/sign-in\/[\w-]{43})"/.exec(page) ?? []
  const signedIn = await fetch(server.url + action, { method: 'POST', redirect: 'manual' })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const look = async () =>
    (await fetch(`${server.url}/requests/${request.id}`, { headers: { cookie } })).text()
  expect(await look()).toContain('http-equiv="refresh"')
  const closed = server.close()
  const approvals = createApprovals(desk)
  await approvals.finish(await approvals.claim(request.id, 'agent-1'), 'failed', {})
  expect(await look()).not.toContain('http-equiv="refresh"')
  await closed
  await expect(look()).rejects.toThrow()
})

/** What `fetch` would not send as it stands: any path, under any name. */
function ask(url: string, path: string, host: string): Promise<readonly [number, string]> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { path, headers: { host } }, (answer) =>
      text(answer).then((body) => resolve([answer.statusCode ?? 0, body]), reject),
    )
      .on('error', reject)
      .end()
  })
}

test('over a socket too, a foreign name is refused', async () => {
  const { server } = await started()
  expect(await ask(server.url, '/healthz', 'evil.example')).toEqual([
    421,
    'This host name is not served here.',
  ])
  expect(await ask(server.url, '/healthz', 'localhost')).toEqual([200, '{"status":"ok"}'])
})

test.each([
  ['an open escape', '/requests/HP-1%'],
  ['a wrong escape', '/requests/%zz'],
  ['half a letter', '/requests/HP-1%c3%28'],
  ['a part of 4,000 letters', `/requests/${'x'.repeat(4_000)}`],
])('an address with %s is refused, and not repeated', async (_what, path) => {
  const { server } = await started()
  for (const host of ['localhost', 'evil.example']) {
    expect(await ask(server.url, path, host)).toEqual([400, 'That address was not understood.'])
  }
})

test('a port in use is named, and nothing is left open', async () => {
  const { server } = await started()
  const port = Number(new URL(server.url).port)
  await expect(started(port)).rejects.toMatchObject({
    code: 'HP_ERR_OPTION_INVALID',
    message: expect.stringContaining(`port: ${port} is in use`),
  })
})

test('once closed it answers nobody', async () => {
  const { server } = await started()
  await server.close()
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
})
