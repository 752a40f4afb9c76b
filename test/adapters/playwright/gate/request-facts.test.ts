import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { requestFacts } from '../../../../src/adapters/playwright/gate/request-facts.ts'
import { siteOf } from '../../../../src/core/site.ts'
import { paused } from './paused.ts'

const SHOP = 'https://shop.example'
const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'

function factsOf(given: Parameters<typeof paused>[0], pageOrigin: string | undefined = SHOP) {
  return requestFacts(paused(given), pageOrigin)
}

/** Fields as `name=value`. */
function fieldsOf(given: Parameters<typeof paused>[0]): readonly string[] {
  return factsOf(given).fields.map(({ name, value }) => `${name}=${value}`)
}

describe('an address', () => {
  test('is given whole, with its query as fields in order', () => {
    const url = 'https://shop.example/buy?sku=1&sku=2&note=a%20b+c&empty='
    const facts = factsOf({ url, method: 'get' })
    expect(facts).toMatchObject({ method: 'GET', url, body: 'none', fields: [] })
    expect(facts.query.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'sku=1',
      'sku=2',
      'note=a b c',
      'empty=',
    ])
  })

  test.each([
    ['Document', 'document'],
    ['XHR', 'fetch'],
    ['Fetch', 'fetch'],
    ['EventSource', 'fetch'],
    ['Ping', 'beacon'],
    ['Image', 'subresource'],
    ['Manifest', 'subresource'],
    ['WebSocket', 'websocket'],
    ['Prefetch', 'other'],
    ['SomethingNew', 'other'],
  ])('of type %s is of kind %s', (resourceType, kind) => {
    expect(factsOf({ resourceType }).resourceType).toBe(kind)
  })
})

describe('a form body', () => {
  test('is its fields in order, decoded, repeated ones and empty ones too', () => {
    const body = 'total=182.40&item=a&item=b&note=caf%C3%A9+%26+tea&empty=&bare'
    expect(fieldsOf({ body, type: `${FORM}; charset=UTF-8` })).toEqual([
      'total=182.40',
      'item=a',
      'item=b',
      'note=café & tea',
      'empty=',
      'bare=',
    ])
  })

  test('is read across the entries that the browser splits it into, even within a character', () => {
    const body = 'note=caf\u00e9\u20ac&total=182.40'
    const whole = ['note=café€', 'total=182.40']
    expect(fieldsOf({ body, type: FORM, parts: 1 })).toEqual(whole)
    expect(fieldsOf({ body, type: FORM, parts: 11 })).toEqual(whole)
  })

  test('sent as text/plain, or without a type, is known by its shape', () => {
    for (const type of ['text/plain;charset=UTF-8', undefined]) {
      const facts = factsOf({ body: 'total=182.40&currency=EUR', ...(type && { type }) })
      expect(facts).toMatchObject({ body: 'urlencoded', fields: [{ name: 'total' }, {}] })
    }
  })

  test('shortens long names and values', () => {
    const [field] = factsOf({ body: `${'n'.repeat(500)}=${'v'.repeat(5_000)}`, type: FORM }).fields
    expect([field?.name.length, field?.value.length]).toEqual([200, 2_000])
  })

  test('with more fields than are read is opaque, not a shorter form', () => {
    const padding = Array.from({ length: 300 }, (_, index) => `p${index}=x`).join('&')
    expect(factsOf({ body: `${padding}&place_order=1`, type: FORM }).body).toBe('opaque')
  })
})

describe('a multipart body', () => {
  const type = 'multipart/form-data; boundary=----b1'
  const part = (head: string, value: string) =>
    `------b1\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`

  test('is its fields by name, a file by its name only', () => {
    const body = `${part('name="total"', '182.40')}${part('name="note"', 'two\r\n\r\nparagraphs café')}${part('name="cv"; filename="cv.pdf"', '%PDF secret bytes')}------b1--\r\n`
    const facts = factsOf({ body, type })
    expect(facts.body).toBe('multipart')
    expect(fieldsOf({ body, type })).toEqual([
      'total=182.40',
      'note=two\r\n\r\nparagraphs café',
      'cv=file: cv.pdf',
    ])
  })

  test('with its boundary in quotes is read as well', () => {
    const body = `${part('name="total"', '182.40')}------b1--\r\n`
    expect(fieldsOf({ body, type: 'multipart/form-data; boundary="----b1"' })).toEqual([
      'total=182.40',
    ])
  })

  test('with bytes that are no text keeps the fields around them', () => {
    const body = Buffer.concat([
      Buffer.from(part('name="file"; filename="x.bin"', '')),
      Buffer.from([0xff, 0xfe, 0x00, 0x80]),
      Buffer.from(part('name="total"', '182.40')),
    ])
    expect(fieldsOf({ body, type })).toEqual(['file=file: x.bin', 'total=182.40'])
  })

  test('without a boundary, or with another one than it says, shows no fields', () => {
    const body = part('name="total"', '182.40')
    expect(fieldsOf({ body, type: 'multipart/form-data' })).toEqual([])
    expect(fieldsOf({ body, type: 'multipart/form-data; boundary=zzz' })).toEqual([])
  })

  test('reads the name of a part whose file name comes first', () => {
    expect(fieldsOf({ body: part('filename="a"; name="total"', 'x'), type })).toEqual([
      'total=file: a',
    ])
  })
})

describe('a JSON body', () => {
  test('is its leaves, names joined by dots', () => {
    const body = JSON.stringify({
      order: { total: 182.4, items: [{ sku: 'A4', qty: 2 }, { sku: 'B5' }], gift: false },
      coupon: null,
      '': 'unnamed',
    })
    expect(factsOf({ body, type: JSON_TYPE }).body).toBe('json')
    expect(fieldsOf({ body, type: JSON_TYPE })).toEqual([
      'order.total=182.4',
      'order.items.0.sku=A4',
      'order.items.0.qty=2',
      'order.items.1.sku=B5',
      'order.gift=false',
      'coupon=null',
      '=unnamed',
    ])
  })

  test('is known by its shape, whatever the page calls it', () => {
    for (const type of [
      'text/plain',
      'application/vnd.shop+json',
      'application/octet-stream',
      '',
    ]) {
      expect(factsOf({ body: ' {"total":1}', type }).body).toBe('json')
    }
  })

  test.each([
    ['cut off', '{"total":182.4'],
    ['with a comma too many', '{"total":182.4,}'],
    ['beginning with a mark of byte order', '\ufeff{"total":1}'],
    ['in another encoding', Buffer.from('{"total":1}', 'utf16le')],
  ])('%s is opaque: nobody has read it', (_, body) => {
    expect(factsOf({ body, type: JSON_TYPE })).toMatchObject({ body: 'opaque', fields: [] })
  })

  test('nested deeper than any order is opaque, in no time', () => {
    const body = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
    expect(factsOf({ body, type: JSON_TYPE })).toMatchObject({ body: 'opaque', fields: [] })
  })

  test('with thousands of members gives a bounded number of fields', () => {
    const body = JSON.stringify(Array.from({ length: 5_000 }, (_, index) => index))
    expect(factsOf({ body, type: JSON_TYPE }).fields).toHaveLength(300)
  })

  test('of which not everything is read is opaque', () => {
    const padded = { padding: Array.from({ length: 300 }, () => 0), placeOrder: true }
    expect(factsOf({ body: JSON.stringify(padded), type: JSON_TYPE }).body).toBe('opaque')
  })
})

describe('a body that nobody can read', () => {
  test.each<[string, Parameters<typeof paused>[0]]>([
    ['announced, but not handed over', { request: { hasPostData: true } }],
    ['of bytes that are no text', { body: new Uint8Array([0xff, 0x00, 0x80, 0x1f]) }],
    [
      'of invalid UTF-8 that calls itself JSON',
      { body: new Uint8Array([0x7b, 0xff, 0x7d]), type: JSON_TYPE },
    ],
    ['compressed', { body: new Uint8Array([0x1f, 0x8b, 8, 0]), type: 'application/gzip' }],
    ['of more than 512 KiB', { body: `a=${'x'.repeat(512 * 1024)}`, type: FORM }],
  ])('%s is opaque and shows no fields', (_, given) => {
    expect(factsOf(given)).toMatchObject({ body: 'opaque', fields: [] })
  })

  test('of exactly 512 KiB is still read', () => {
    expect(factsOf({ body: `a=${'x'.repeat(512 * 1024 - 2)}`, type: FORM }).body).toBe('urlencoded')
  })

  test('is text where the page says so, and none where it is empty', () => {
    expect(factsOf({ body: 'dear shop, hello', type: 'text/plain' }).body).toBe('text')
    expect(factsOf({ body: '', type: FORM }).body).toBe('none')
    expect(factsOf({}).body).toBe('none')
  })

  test('never throws, whatever the bytes and whatever they are called', () => {
    const types = [FORM, JSON_TYPE, 'multipart/form-data; boundary=b', 'text/plain', '']
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...types), (body, type) => {
        const facts = factsOf({ body, type })
        expect(facts.fields.length).toBeLessThanOrEqual(300)
      }),
    )
  })

  test('with invalid UTF-8 in a form keeps the fields that are readable', () => {
    const body = Buffer.concat([Buffer.from('note='), Buffer.from([0xff]), Buffer.from('&total=1')])
    expect(fieldsOf({ body, type: FORM })).toEqual(['note=\ufffd', 'total=1'])
  })
})

describe('whether a request stays at the site', () => {
  test.each([
    ['the same origin', SHOP, `${SHOP}/order`, true],
    ['another sub-domain', 'https://www.shop.example', 'https://api.shop.example/order', true],
    ['another port and scheme', SHOP, 'http://shop.example:8080/order', true],
    [
      'a shop under co.uk and its interface',
      'https://www.shop.co.uk',
      'https://api.shop.co.uk/',
      true,
    ],
    ['another shop under co.uk', 'https://shop.co.uk', 'https://other.co.uk/', false],
    ['another domain', SHOP, 'https://pay.example/order', false],
    ['a look-alike that has the name in front', SHOP, 'https://shop.example.evil.example/', false],
    ['a name that only ends alike', SHOP, 'https://myshop.example/', false],
    ['the same address in numbers', 'http://127.0.0.1:4301', 'http://127.0.0.1:4302/order', true],
    ['another address in numbers', 'http://10.0.0.1', 'http://10.9.0.1/order', false],
    ['the same address of version 6', 'http://[::1]:1', 'http://[::1]:2/order', true],
    ['another address of version 6', 'http://[::1]', 'http://[::2]/order', false],
    ['the same bare name', 'http://localhost:1', 'http://localhost:2/', true],
  ])('%s: from %s to %s is %s', (_, page, url, expected) => {
    expect(factsOf({ url }, page).sameSite).toBe(expected)
  })

  test("a request of nobody knows which page counts as the site's own: that is the careful side", () => {
    expect(requestFacts(paused(), undefined).sameSite).toBe(true)
  })

  test('the site of a host does not depend on its sub-domains', () => {
    const label = fc.stringMatching(/^[a-z]{4,10}$/)
    fc.assert(
      fc.property(label, label, label, (sub, name, top) => {
        expect(siteOf(`https://${sub}.${name}.${top}`)).toBe(siteOf(`https://${name}.${top}`))
      }),
    )
  })

  test('a shop with a short name under a country code and its interface are one site', () => {
    expect(factsOf({ url: 'https://api.dm.de/order' }, 'https://www.dm.de').sameSite).toBe(true)
  })

  test("a page without an origin of its own counts as the site's own", () => {
    expect(factsOf({}, new URL('about:blank').origin).sameSite).toBe(true)
  })
})
