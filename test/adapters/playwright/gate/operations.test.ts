import { describe, expect, test } from 'vitest'
import { requestFacts } from '../../../../src/adapters/playwright/gate/request-facts.ts'
import { paused } from './paused.ts'

function operationOf(json: unknown, url = 'https://shop.example/graphql', method = 'POST') {
  const given = json === undefined ? {} : { body: JSON.stringify(json), type: 'application/json' }
  return requestFacts(paused({ url, method, ...given }), 'https://shop.example').operation
}

describe('a GraphQL operation', () => {
  test.each<[string, object, { name: string; readOnly: boolean }]>([
    [
      'a query',
      { query: 'query Cart($id: ID!) { cart(id: $id) { total } }' },
      { name: 'Cart', readOnly: true },
    ],
    [
      'a query without the word',
      { query: '{ cart { total } }' },
      { name: 'anonymous', readOnly: true },
    ],
    [
      'a mutation',
      { query: 'mutation PlaceOrder { placeOrder { id } }' },
      { name: 'PlaceOrder', readOnly: false },
    ],
    [
      'a mutation without a name',
      { query: 'mutation { placeOrder { id } }' },
      { name: 'anonymous', readOnly: false },
    ],
    [
      'a mutation under another name',
      { query: 'mutation Q { search: placeOrder { id } }' },
      { name: 'Q', readOnly: false },
    ],
    [
      'a subscription',
      { query: 'subscription S { orders { id } }' },
      { name: 'S', readOnly: false },
    ],
    [
      'one of several, chosen by name',
      { query: 'query A { a } mutation B { b }', operationName: 'A' },
      { name: 'A', readOnly: false },
    ],
    [
      'a harmless name on a mutation',
      { query: 'mutation PlaceOrder { b }', operationName: 'GetCart' },
      { name: 'GetCart', readOnly: false },
    ],
    [
      'no name at all',
      { query: 'mutation Buy { b }', operationName: null },
      { name: 'Buy', readOnly: false },
    ],
    [
      'a stored operation',
      { operationName: 'GetCart', extensions: { persistedQuery: {} } },
      { name: 'GetCart', readOnly: false },
    ],
    [
      'a word in a text',
      { query: 'query F { find(text: "a mutation of genes") { id } }' },
      { name: 'F', readOnly: true },
    ],
    [
      'a word in a block text',
      { query: 'query F { find(text: """\n mutation\n"""\n) { id } }' },
      { name: 'F', readOnly: true },
    ],
    ['a word in a comment', { query: '# mutation\nquery F { f }' }, { name: 'F', readOnly: true }],
    [
      'a quotation mark in a comment',
      { query: 'query A { a } # "\nmutation B { b } # "' },
      { name: 'A', readOnly: false },
    ],
    [
      'a text that is not closed',
      { query: 'query A { a(x: "\nmutation B { b }' },
      { name: 'A', readOnly: false },
    ],
  ])('%s', (_, json, expected) => {
    expect(operationOf(json)).toEqual(expected)
  })

  test('names are shortened', () => {
    expect(operationOf({ query: '{ a }', operationName: 'N'.repeat(500) })?.name).toHaveLength(100)
  })

  test('asked for by GET is read from the address, at a GraphQL address only', () => {
    const query = encodeURIComponent('query Cart { cart { total } }')
    const get = (path: string) =>
      operationOf(undefined, `https://shop.example${path}?query=${query}`, 'GET')
    expect(get('/graphql')).toEqual({ name: 'Cart', readOnly: true })
    expect(get('/search')).toBeUndefined()
  })

  test('that is longer than what is looked at is never called a read', () => {
    const query = `query A { a }${' '.repeat(20_000)}mutation B { b }`
    expect(operationOf({ query, operationName: 'B' })?.readOnly).toBe(false)
  })

  test('cannot hide behind a block text with an escaped end', () => {
    const query = 'query A { f(s: """x\\""" """) } mutation B { b } query C { g(s: """y""") }'
    expect(operationOf({ query, operationName: 'B' })?.readOnly).toBe(false)
  })

  test('is not any body with a member called query', () => {
    const body = { query: 'paper', order: { total: 182.4 }, placeOrder: true }
    expect(operationOf(body, 'https://shop.example/api/order')?.readOnly).not.toBe(true)
  })
})

describe('several operations in one body', () => {
  test('are named together, and read only if each of them does', () => {
    const cart = { query: 'query Cart { cart }' }
    const order = { operationName: 'PlaceOrder', query: 'mutation P { order }' }
    expect(operationOf([cart, cart])).toEqual({ name: 'Cart+Cart', readOnly: true })
    expect(operationOf([cart, order])).toEqual({ name: 'Cart+PlaceOrder', readOnly: false })
  })

  test.each<[string, unknown[]]>([
    ['one that is stored', [{ query: '{ a }' }, { operationName: 'PlaceOrder' }]],
    ['nothing', [{ query: '{ a }' }, null]],
    ['a text', ['{ a }']],
    ['no operation at all', []],
  ])('with %s among them are no known operation', (_, json) => {
    expect(operationOf(json)).toBeUndefined()
  })
})

describe('a remote call', () => {
  test('is named by its method, and never called a read', () => {
    const call = { jsonrpc: '2.0', method: 'cart.get', params: [] }
    expect(operationOf(call, 'https://shop.example/rpc')).toEqual({
      name: 'cart.get',
      readOnly: false,
    })
  })

  test('is not any body with a member called method', () => {
    expect(operationOf({ method: 'express', total: 1 })).toBeUndefined()
  })
})
