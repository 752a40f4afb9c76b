import type { LightMyRequestResponse } from 'fastify'
import { expect, test } from 'vitest'
import { useStore } from '../support/store.ts'
import { openServer } from './kit.ts'

const context = useStore()

/** Every kind of answer that the server gives, by name. */
async function answers(): Promise<Readonly<Record<string, LightMyRequestResponse>>> {
  const handle = async () => ({ status: 200 })
  const server = await openServer(context, { callbacks: () => [{ name: 'slack', handle }] })
  const request = await server.ask()
  const ada = await server.signedIn('ada')
  const page = `/requests/${request.id}`
  const form = await server.formOf(request, ada)
  const link = await server.signIn.createLink('ada', 60_000)
  const host = { host: 'evil.example' }
  return {
    'the list': await server.get('/requests', ada),
    'the first page': await server.get('/', ada),
    'a request': await server.get(page, ada),
    'its picture': await server.get(`${page}/images/full`, ada),
    'a picture that is not there': await server.get(`${page}/images/after`, ada),
    'a request that is not there': await server.get('/requests/HP-999', ada),
    'no such page': await server.get('/nowhere', ada),
    'the list, signed out': await server.get('/requests'),
    'a request, signed out': await server.get(page),
    'a picture, signed out': await server.get(`${page}/images/full`),
    'a foreign name': await server.get(page, ada, host),
    'a foreign form': await server.post('/sign-out', {}, ada, { origin: 'https://evil.example' }),
    'a sign-in link': await server.get(`/sign-in/${link}`),
    'signing in': await server.post(`/sign-in/${link}`, {}),
    'a used link': await server.post(`/sign-in/${link}`, {}),
    'a refused decision': await server.post(`${page}/decision`, { ...form, csrf: 'x' }, ada),
    'a decision': await server.post(`${page}/decision`, { ...form, answer: 'reject' }, ada),
    'a closed request': await server.get(page, ada),
    'signing out': await server.post('/sign-out', {}, ada),
    'a callback': await server.post('/callbacks/slack', 'payload=1'),
    'an agent’s requests': await server.agent('/api/agent/requests'),
    'no agent’s requests': await server.get('/api/agent/requests', ada),
    health: await server.get('/healthz'),
    'the style sheet': await server.get('/style.css'),
  }
}

test('every answer forbids scripts, frames and other sites', async () => {
  for (const [what, { headers }] of Object.entries(await answers())) {
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split(';')
        .map((directive) => directive.trim().split(/ (.*)/s).slice(0, 2)),
    )
    expect(policy, what).toEqual({
      'default-src': "'none'",
      'img-src': "'self'",
      'style-src': "'self'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
    })
    expect(headers, what).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['x-powered-by'], what).toBeUndefined()
    expect(headers['access-control-allow-origin'], what).toBeUndefined()
  }
})

test('nothing but the style sheet is kept by a browser or a proxy', async () => {
  for (const [what, { headers }] of Object.entries(await answers())) {
    const cached = what === 'the style sheet' ? 'public, max-age=300' : 'no-store'
    expect(headers['cache-control'], what).toBe(cached)
  }
})

test('no page has a script, a style or a picture of its own, or asks for one elsewhere', async () => {
  const pages = Object.entries(await answers()).filter(([, { headers }]) =>
    String(headers['content-type']).startsWith('text/html'),
  )
  expect(pages.length).toBeGreaterThan(8)
  for (const [what, { body }] of pages) {
    expect(body, what).not.toMatch(/<script|<style|<iframe|<object|<base/i)
    expect(body, what).not.toMatch(/<[^>]+\s(?:on\w+|style)\s*=/i)
    const addresses = [...body.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(([, to]) => to)
    for (const address of addresses) expect(address, what).toMatch(/^\/(?!\/)/)
  }
})

test('no answer to a GET sets a cookie', async () => {
  const setting = Object.entries(await answers()).filter(([, { cookies }]) => cookies.length > 0)
  expect(setting.map(([what]) => what)).toEqual(['signing in', 'signing out'])
})
