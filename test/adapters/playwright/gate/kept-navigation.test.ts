import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  insteadOf,
  keep,
  keptDigest,
} from '../../../../src/adapters/playwright/gate/kept-navigation.ts'
import { paused } from './paused.ts'

const FORM = 'application/x-www-form-urlencoded'
const ORDER = { url: 'https://shop.example/order?step=3', type: FORM, body: 'total=182.40&n=2' }

function digestOf(change: Parameters<typeof paused>[0] = {}): string {
  return keptDigest(keep(paused({ ...ORDER, ...change })))
}

describe('the digest of a kept navigation', () => {
  test('is the same for the same bytes, however the browser hands them over', () => {
    const digest = digestOf()
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(digestOf({ parts: 5 })).toBe(digest)
    expect(digestOf({ request: { postData: 'total=182.40&n=2' } })).toBe(digest)
    const named = { request: { headers: { 'content-type': FORM, cookie: 'session=2' } } }
    expect(digestOf(named)).toBe(digest)
  })

  test('changes with every single byte of the body', () => {
    const digest = digestOf()
    const bytes = Buffer.from(ORDER.body)
    const all = [...bytes.keys()].map((at) => {
      const changed = Buffer.from(bytes)
      changed[at] = (bytes[at] ?? 0) ^ 1
      return digestOf({ body: changed })
    })
    expect(new Set([digest, ...all]).size).toBe(bytes.length + 1)
  })

  test('tells bytes apart that are no text', () => {
    const bodies = [[0xff], [0xfe], [0xef, 0xbf, 0xbd], [0], []].map((body) => new Uint8Array(body))
    const digests = bodies.map((body) => digestOf({ body }))
    expect(new Set(digests).size).toBe(bodies.length)
  })

  test('two bodies have one digest only if they are one', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        expect(digestOf({ body: a }) === digestOf({ body: b })).toBe(Buffer.from(a).equals(b))
      }),
    )
  })

  test.each<[string, Parameters<typeof paused>[0]]>([
    ['the method', { method: 'PUT' }],
    ['the host', { url: 'https://shop2.example/order?step=3' }],
    ['the scheme', { url: 'http://shop.example/order?step=3' }],
    ['the path', { url: 'https://shop.example/orders?step=3' }],
    ['the query', { url: 'https://shop.example/order?step=4' }],
    ['a longer body', { body: `${ORDER.body}&` }],
    ['a shorter body', { body: ORDER.body.slice(0, -1) }],
    ['an empty body', { body: '' }],
    ['the content type', { type: 'multipart/form-data; boundary=x' }],
    ['a parameter of the content type', { type: `${FORM}; charset=utf-16` }],
    ['no content type', { request: { headers: {} } }],
  ])('changes with %s', (_, change) => {
    expect(digestOf(change)).not.toBe(digestOf())
  })

  test('tells no body from an empty one', () => {
    const { body: _, ...without } = ORDER
    expect(keptDigest(keep(paused(without)))).not.toBe(digestOf({ body: '' }))
  })
})

describe('a kept navigation', () => {
  test('is what was stopped, without the fragment, under an id of its own', () => {
    const kept = keep(paused({ ...ORDER, url: `${ORDER.url}#pay` }))
    expect(kept).toMatchObject({ frameId: 'FRAME', url: ORDER.url, method: 'POST' })
    expect(Buffer.from(kept.body ?? []).toString()).toBe(ORDER.body)
    expect(keep(paused(ORDER)).id).not.toBe(kept.id)
  })

  test('does not change with the event that it was kept from', () => {
    const event = paused(ORDER)
    const kept = keep(event)
    const digest = keptDigest(kept)
    Object.assign(event.request, { url: 'https://evil.example/', method: 'GET' })
    Object.assign(event.request.headers, { 'Content-Type': 'text/plain' })
    for (const entry of event.request.postDataEntries ?? []) Object.assign(entry, { bytes: '' })
    expect(keptDigest(kept)).toBe(digest)
  })

  test('leaves in place of another one with its own method, headers and bytes', () => {
    const body = new Uint8Array([0xff, 0x00, 0x41])
    const instead = insteadOf(keep(paused({ ...ORDER, method: 'PUT', body })))
    expect(instead).toEqual({
      method: 'PUT',
      headers: [{ name: 'Content-Type', value: FORM }],
      postData: Buffer.from(body).toString('base64'),
    })
  })

  test('without a body takes none along', () => {
    const instead = insteadOf(keep(paused({ url: ORDER.url, method: 'GET' })))
    expect(instead).toEqual({ method: 'GET', headers: [] })
  })
})
