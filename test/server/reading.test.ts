import { expect, test } from 'vitest'
import { useStore } from '../support/store.ts'
import { auditOf, openServer } from './kit.ts'

const context = useStore()

test('no GET or HEAD decides: on an open request every one of them leaves it open', async () => {
  const server = await openServer(context)
  const request = await server.ask()
  const ada = await server.signedIn('ada')
  const form = await server.formOf(request, ada)
  // A link that somebody was talked into opening, with all that a form would send.
  const query = new URLSearchParams({ ...form, answer: 'approve', _method: 'POST' })
  const reading = server.routes.filter(({ method }) => method === 'GET' || method === 'HEAD')
  expect(reading.map(({ url }) => url)).toContain('/requests')
  const paths = reading.map(({ method, url }) => ({
    method: method as 'GET' | 'HEAD',
    url: url
      .replace(/:id(?:\([^)]*\))?/, request.id)
      .replace(':role', 'full')
      .replace(':token', 'A'.repeat(43)),
  }))
  const guesses = ['decision', 'approve', 'reject'].flatMap((verb) =>
    (['GET', 'HEAD'] as const).map((method) => ({
      method,
      url: `/requests/${request.id}/${verb}`,
    })),
  )
  for (const { method, url } of [...paths, ...guesses]) {
    expect(url).not.toMatch(/[:(*]/)
    await server.app.inject({
      method,
      url: `${url}?${query}`,
      cookies: { ...ada.cookies },
      headers: { 'x-http-method-override': 'POST' },
    })
    expect(await context.store.read(request.id), `${method} ${url}`).toEqual(request)
  }
  const events = (await auditOf(context, request.id)).map(({ event }) => event)
  // Ada's own page was loaded, once for the form.
  expect(events).toEqual(['request.opened', 'reviewer.looked'])
})

test("only sign-in, sign-out, decisions, callbacks and an agent's withdrawal take a POST, and nothing takes more", async () => {
  const handle = async () => ({ status: 200 })
  const server = await openServer(context, { callbacks: () => [{ name: 'slack', handle }] })
  const writing = server.routes.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
  expect(writing.map(({ method, url }) => `${method} ${url.replace(/\(.*?\)/, '')}`)).toEqual([
    'POST /sign-in/:token',
    'POST /sign-out',
    'POST /requests/:id/decision',
    'POST /callbacks/slack',
    'POST /api/agent/requests/:id/withdraw',
  ])
})
