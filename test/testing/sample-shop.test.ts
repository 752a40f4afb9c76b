import fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type SampleShop, startSampleShop } from '../../src/testing/sample-shop/index.ts'
import { keepRequestLog } from '../../src/testing/sample-shop/request-log.ts'
import { HARBOUR, OFFICE, PAPER } from './sample-shop-kit.ts'

let shop: SampleShop
beforeEach(async () => {
  shop = await startSampleShop()
})
afterEach(() => shop.close())

/** A visitor without a browser: keeps its cookie, follows nothing. */
function newVisitor() {
  let cookie = ''
  const send = async (path: string, init: RequestInit = {}) => {
    const address = new URL(path, shop.url)
    const response = await fetch(address, { ...init, headers: { cookie }, redirect: 'manual' })
    cookie = response.headers.getSetCookie().at(-1)?.split(';', 1)[0] ?? cookie
    return response
  }
  const html = async (path: string) => (await send(path)).text()
  const post = (path: string, fields: Record<string, string>) =>
    send(path, { method: 'POST', body: new URLSearchParams(fields) })
  return { send, html, post }
}

/** The fields that a browser would send from the page. */
function fieldsOf(page: string): Record<string, string> {
  const inputs = (page.match(/<input[^>]*>/g) ?? []).filter(
    (tag) => !/radio(?!.* checked)/.test(tag),
  )
  const read = (tag: string, name: string) =>
    new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  return Object.fromEntries([
    ...inputs.map((tag) => [read(tag, 'name'), read(tag, 'value')]),
    ['country', 'DE'],
  ])
}

async function readyToBuy() {
  const visitor = newVisitor()
  await visitor.send(shop.checkoutUrl)
  const page = await visitor.html('/checkout')
  const fields = fieldsOf(page)
  return { ...visitor, page, fields, order: () => visitor.post('/checkout/order', fields) }
}

describe('an order', () => {
  test('is counted at the price shown and confirmed to its buyer only', async () => {
    const { page, order, html } = await readyToBuy()
    expect(page).toContain('182.40\u00a0EUR')
    const answer = await order()
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/orders/10042'])
    const headings = (await html('/orders/10042')).match(/<h\d.*?<\/h\d>/g)
    expect(headings).toEqual(['<h1>Thank you, order 10042</h1>'])
    expect((await newVisitor().send('/orders/10042')).status).toBe(404)

    const lines = [{ ...PAPER, quantity: 2, totalMinor: 18240 }]
    const paid = { totalMinor: 18240, currency: 'EUR', cardLast4: '4242', flow: 'form' }
    const sent = { email: 'office@example.com', address: OFFICE, delivery: 'standard' }
    const placedAt = expect.any(Date)
    expect(shop.orders).toEqual([{ number: 10042, placedAt, lines, ...paid, ...sent }])
  })

  test('sent twice is counted twice, until its confirmation was shown', async () => {
    const { order, html } = await readyToBuy()
    await Promise.all([order(), order()])
    expect(shop.orders.map((counted) => counted.number)).toEqual([10042, 10043])
    await html('/orders/10042')
    expect((await order()).status).toBe(409)
    expect(shop.orders).toHaveLength(2)
  })

  test.each([
    [403, 'csrfToken', ['', 'x'.repeat(24)]],
    [409, 'total', ['', '0.01', '182.4']],
    [409, 'currency', ['', 'JPY']],
    [422, 'email', ['', 'office']],
    [422, 'name', ['', ' ']],
    [422, 'street', ['']],
    [422, 'postalCode', ['', '??']],
    [422, 'city', ['']],
    [422, 'country', ['', 'XX']],
    [422, 'delivery', ['', 'drone']],
    [422, 'cardName', ['']],
    [422, 'cardNumber', ['', '4242', '4242 4242 4242 4241']],
    [422, 'cardExpiry', ['', '01/20', '13/34']],
    [422, 'cardCvc', ['', '12', '12345']],
  ])('is refused with %i for another %s and not counted', async (status, field, values) => {
    for (const value of values) {
      const { post, fields } = await readyToBuy()
      const answer = await post('/checkout/order', { ...fields, [field]: value })
      const page = await answer.text()
      expect(answer.status).toBe(status)
      expect(page).toContain('Your order was not placed.')
      // Card number and security code are never sent back.
      expect(page).not.toMatch(/value="(4242|123)/)
    }
    expect(shop.orders).toEqual([])
  })

  test("is refused with somebody else's token, and with an empty cart", async () => {
    const [ada, eve, nobody] = [await readyToBuy(), await readyToBuy(), newVisitor()]
    const { csrfToken = '' } = ada.fields
    expect((await eve.post('/checkout/order', { ...eve.fields, csrfToken })).status).toBe(403)
    const own = { csrfToken: fieldsOf(await nobody.html('/login')).csrfToken ?? '', total: '0.00' }
    expect((await nobody.post('/checkout/order', { ...ada.fields, ...own })).status).toBe(409)
    expect(shop.orders).toEqual([])
  })

  test.each(['link', 'redirect'])('by %s is not placed by a HEAD request', async (flow) => {
    const { send, fields } = await readyToBuy()
    const path = `/checkout/${flow}/order`
    await send(`${path}?${new URLSearchParams(fields)}`, { method: 'HEAD' })
    expect(shop.requests.at(-1)).toEqual({ method: 'HEAD', path, status: 404 })
    expect(shop.orders).toEqual([])
  })
})

describe('the shop', () => {
  test('gives every page load a fresh CSRF token, without which no cart changes', async () => {
    const { html, post } = newVisitor()
    const first = fieldsOf(await html('/login')).csrfToken
    expect(fieldsOf(await html('/login')).csrfToken).not.toBe(first)
    expect((await post('/cart/items', { sku: 'stapler', quantity: '1' })).status).toBe(403)
    expect(await html('/cart')).toContain('Your cart is empty')
  })

  test('sells nothing by search, cart, coupon or log-in', async () => {
    const { html, post } = newVisitor()
    expect(await html('/search?q=staples+paper')).toContain('0 products')
    expect(await html('/search?q=boxes+of+printer+paper')).toContain('1 product<')
    const { csrfToken = '' } = fieldsOf(await html('/login'))
    await post('/cart/items', { csrfToken, sku: PAPER.sku, quantity: '3' })
    await post(`/cart/items/${PAPER.sku}`, { csrfToken, quantity: '2' })
    await post('/cart/coupon', { csrfToken, coupon: 'welcome10' })
    expect(await html('/cart')).toContain('164.16\u00a0EUR')
    const login = { csrfToken, email: 'ada@example.com', password: 'quire' }
    expect((await post('/login', { ...login, password: 'wrong' })).status).toBe(401)
    expect((await post('/login', login)).status).toBe(303)
    expect(await html('/cart')).toMatch(/Hello, Ada\.[\s\S]*164\.16/)
    expect(shop.orders).toEqual([])
  })

  test('remembers the last 2,000 requests, without their queries', async () => {
    const app = fastify()
    const log = keepRequestLog(app)
    for (let index = 0; index <= 2_000; index++) await app.inject(`/${index}?secret=1`)
    expect(log).toHaveLength(2_000)
    expect(log[0]).toEqual({ method: 'GET', path: '/1', status: 404 })
  })

  test('tells those who wait about orders, a time-out and its end', async () => {
    const { order } = await readyToBuy()
    const waiting = shop.waitForOrder(1)
    await order()
    await waiting
    await expect(shop.waitForOrder(2, { timeoutMs: 1 })).rejects.toThrow(
      '1 of 2 orders within 1 ms',
    )
    const unanswered = expect(shop.waitForOrder(2)).rejects.toThrow('before it closed')
    await shop.close()
    await unanswered
  })

  test('does not start with options that make no sense, and names them', async () => {
    const mistakes = [{ port: Number.NaN }, { firstOrderNumber: 1.5 }, { hostname: 'a b' }]
    for (const mistake of mistakes) {
      await expect(startSampleShop(mistake)).rejects.toThrow(`"${Object.keys(mistake)[0]}" must be`)
    }
  })

  test('ends the oldest update stream of a session that opens a fourth', async () => {
    const { send } = await readyToBuy()
    const oldest = await send('/checkout/updates')
    for (let more = 0; more < 3; more++) await send('/checkout/updates')
    expect(await oldest.text()).toContain('event: superseded')
  })
})

describe('a misbehaving shop', () => {
  test('refuses the old total and counts the raised one', async () => {
    const { order, post, html } = await readyToBuy()
    shop.misbehave({ kind: 'raise-total', totalMinor: 19900 })
    expect((await order()).status).toBe(409)
    const page = await html('/checkout')
    expect(page).toMatch(/Handling.*?16\.60/)
    expect((await post('/checkout/order', fieldsOf(page))).status).toBe(303)
    expect(shop.orders).toMatchObject([{ totalMinor: 19900, lines: [{ totalMinor: 18240 }] }])
  })

  test('gives a scripted answer and counts the order only if told to', async () => {
    const { order } = await readyToBuy()
    shop.misbehave({ kind: 'answer', status: 503 })
    expect((await order()).status).toBe(503)
    expect(shop.orders).toHaveLength(0)
    shop.misbehave({ kind: 'answer', status: 500, counted: true })
    expect((await order()).status).toBe(500)
    expect(shop.orders).toHaveLength(1)
  })

  test('drops the connection after it counted the order', async () => {
    const { order } = await readyToBuy()
    shop.misbehave({ kind: 'drop-after-commit' })
    await expect(order()).rejects.toThrow()
    expect(shop.orders).toHaveLength(1)
    expect(shop.requests.at(-1)).toEqual({ method: 'POST', path: '/checkout/order', status: 0 })
  })

  test('counts nothing while it is slow, and does not wait for that when it closes', async () => {
    const { order } = await readyToBuy()
    shop.misbehave({ kind: 'slow', delayMs: 60_000 })
    const answer = order().catch(() => 'no answer')
    await vi.waitFor(() => expect(shop.requests.at(-1)?.method).toBe('POST'))
    await shop.close()
    await answer
    await vi.waitFor(() => expect(shop.requests.at(-1)?.status).toBe(500))
    expect(shop.orders).toEqual([])
  })

  test('takes everything back', async () => {
    const { order } = await readyToBuy()
    shop.misbehave({ kind: 'answer', status: 500 })
    shop.misbehave({ kind: 'raise-total', totalMinor: 1 })
    shop.misbehave({ kind: 'swap-recipient', address: HARBOUR })
    shop.misbehave({ kind: 'well-behaved' })
    expect((await order()).status).toBe(303)
    expect(shop.orders).toMatchObject([{ totalMinor: 18240, address: OFFICE }])
  })
})
