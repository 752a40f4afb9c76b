import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActionIdentity,
  type Attempt,
  identityDigest,
  identityOf,
  pathTemplate,
} from '../../src/core/action.ts'
import { draft } from '../support/desk.ts'

const identity: ActionIdentity = {
  kind: 'purchase',
  siteOrigin: 'https://shop.example',
  pathTemplate: '/checkout',
  frameOrigin: 'https://shop.example',
  formAction: 'https://shop.example/orders',
  formMethod: 'POST',
  agent: 'shopper',
  session: 'session-1',
}

const { summary } = draft().evidence
const session = { agent: 'shopper', session: 'session-1' }
const onPage: Attempt = {
  via: 'call',
  method: 'click',
  cause: 'agent',
  page: {
    ...summary,
    path: '/orders/10042/pay',
    form: {
      action: 'https://shop.example/orders',
      method: 'post',
      enctype: '',
      name: '',
      id: '',
      target: '',
      fields: [],
    },
  },
  session,
}
const atGate: Attempt = {
  via: 'request',
  method: 'request',
  cause: 'page',
  request: {
    method: 'put',
    url: 'https://api.shop.example/carts/7/orders?nonce=1#x',
    resourceType: 'fetch',
    body: 'json',
    query: [],
    fields: [],
    sameSite: true,
  },
  session,
}

describe('identity', () => {
  test.each<readonly [name: keyof ActionIdentity, change: Partial<ActionIdentity>]>([
    ['kind', { kind: 'deletion' }],
    ['siteOrigin', { siteOrigin: 'https://shop.example:8443' }],
    ['pathTemplate', { pathTemplate: '/basket' }],
    ['frameOrigin', { frameOrigin: 'https://pay.example' }],
    ['formAction', { formAction: 'https://evil.example/orders' }],
    ['formMethod', { formMethod: 'GET' }],
    ['agent', { agent: 'clerk' }],
    ['session', { session: 'session-2' }],
  ])('another %s is another identity', (_, change) => {
    expect(identityDigest({ ...identity, ...change })).not.toBe(identityDigest(identity))
  })

  test('of an attempt on a page comes from page and form', () => {
    expect(identityOf('purchase', onPage)).toEqual({
      ...identity,
      pathTemplate: '/orders/:id/pay',
    })
  })

  test('of a request whose page nobody knows comes from the request, without its query', () => {
    expect(identityOf('purchase', atGate)).toEqual({
      kind: 'purchase',
      siteOrigin: 'https://api.shop.example',
      pathTemplate: '/carts/:id/orders',
      frameOrigin: 'unknown',
      formAction: 'https://api.shop.example/carts/7/orders',
      formMethod: 'PUT',
      agent: 'shopper',
      session: 'session-1',
    })
  })

  test('of an attempt that shows nothing is still one', () => {
    const { page: _, ...blind } = onPage
    expect(identityOf('unrecognised', blind)).toEqual({
      kind: 'unrecognised',
      siteOrigin: 'unknown',
      pathTemplate: '',
      frameOrigin: 'unknown',
      agent: 'shopper',
      session: 'session-1',
    })
  })

  test('of the same thing asked again is the same', () => {
    const again = structuredClone(onPage)
    expect(identityDigest(identityOf('purchase', again))).toBe(
      identityDigest(identityOf('purchase', onPage)),
    )
  })
})

describe('pathTemplate', () => {
  test.each([
    ['/orders/10042/items', '/orders/:id/items'],
    ['/orders/123e4567-e89b-12d3-a456-426614174000', '/orders/:id'],
    ['/c/cs_test_a1B2c3D4e5F6g7', '/c/:id'],
    ['/checkout', '/checkout'],
    ['/printer-paper-recycled', '/printer-paper-recycled'],
    ['/v2/orders', '/v2/orders'],
    ['/', '/'],
    ['', ''],
  ])('%s → %s', (path, template) => {
    expect(pathTemplate(path)).toBe(template)
  })

  test('doing it twice changes nothing, and the number of segments stays', () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const template = pathTemplate(path)
        expect(pathTemplate(template)).toBe(template)
        expect(template.split('/')).toHaveLength(path.split('/').length)
      }),
    )
  })
})
