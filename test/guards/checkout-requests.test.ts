import { checkoutGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import { body, button, cartPage, form, lastPage, page, payable, request, sent } from './attempts.ts'

const guard = checkoutGuard()

describe('a request that names an order is held, page or no page', () => {
  test.each([
    'POST /checkout/complete',
    'POST /order/place',
    'POST /api/v2/orders/10042/pay',
    'PUT /checkout/confirm',
    'POST /store/carts/cart_01HX/complete',
    'POST /rest/V1/guest-carts/Ab3dEf6hIj9kLm2n/payment-information',
    'POST /v1/payment_intents/pi_3Nx/confirm',
    'POST /auction/7/bid',
    'POST /donate',
    'GET /buy/42',
    'GET /order/place?cart=7',
    'GET /shop?action=place_order',
    'GET /buy?sku=4711',
  ])('%s', (line) => {
    expect(guard.inspect(sent(request(line)))?.kind).toBe('purchase')
    expect(guard.inspect(sent(request(line), cartPage(button('x'))))?.kind).toBe('purchase')
  })

  test.each([
    ['GraphQL', { operation: { name: 'checkoutComplete', readOnly: false } }],
    ['GraphQL', { operation: { name: 'placeOrder', readOnly: false } }],
    ['GraphQL', { operation: { name: 'setPaymentMethodAndPlaceOrder', readOnly: false } }],
    ['JSON-RPC', { operation: { name: 'payment.create', readOnly: false } }],
    ['an action key', body({ action: 'place_order' })],
    ['the name of the pressed button', body({ woocommerce_checkout_place_order: 'Place order' })],
  ])('by %s', (_, over) => {
    expect(guard.inspect(sent(request('POST /api', over)))?.kind).toBe('purchase')
  })

  test.each([
    'GET /checkout/complete',
    'GET /orders/10042',
    'GET /order/confirmation',
    'GET /buy/houses',
    'DELETE /orders/7',
  ])('%s is no order', (line) => {
    expect(guard.inspect(sent(request(line)))).toBeUndefined()
  })
})

describe('a request that only mentions orders needs more', () => {
  test('POST /orders is held beside a total, items or a way to pay', () => {
    const line = 'POST /api/orders'
    expect(guard.inspect(sent(request(line)))).toBeUndefined()
    expect(guard.inspect(sent(request(line), page({ payable: payable(100) })))).toBeDefined()
    expect(guard.inspect(sent(request(line, body({ 'items.0.sku': 'p1' }))))).toBeDefined()
    expect(guard.inspect(sent(request(line, body({ 'payment_method.id': 'pm_1' }))))).toBeDefined()
  })

  test('POST /checkout leads from the cart and orders from the page with the card', () => {
    const leads = sent(request('POST /checkout'), cartPage(button('Checkout')))
    expect(guard.inspect(leads)).toBeUndefined()
    expect(guard.harmless?.(leads)).toBe(true)
    const orders = sent(
      request('POST /checkout', body({ payment_method: 'card' })),
      lastPage('Continue'),
    )
    expect(guard.inspect(orders)).toBeDefined()
    expect(guard.harmless?.(orders)).toBe(false)
  })
})

describe('an unknown address takes its meaning from the act behind it', () => {
  const unknown = request('POST /x7', body({ a: 'b' }))

  test('of the agent', () => {
    expect(guard.inspect(sent(unknown, lastPage('Place order')))).toBeDefined()
    expect(guard.inspect(sent(unknown, lastPage('Cancel')))).toBeUndefined()
    expect(guard.inspect(sent(unknown, page({ target: button('Filter') })))).toBeUndefined()
  })

  test('and of nobody else: what the page sends by itself is judged by what it names', () => {
    expect(guard.inspect(sent(unknown, lastPage('Place order'), 'page'))).toBeUndefined()
    expect(
      guard.inspect(sent(request('POST /order/place'), lastPage('Place order'), 'page')),
    ).toBeDefined()
  })

  test('a form without a target is judged by its submitting button', () => {
    const { target: _, ...summary } = lastPage('x')
    const submitted = {
      ...summary,
      form: { ...form('/x7', summary.form?.fields ?? []), submitter: 'Pay now' },
    }
    expect(guard.inspect(sent(unknown, submitted))).toBeDefined()
  })

  test('a way to pay that leaves a page with a total is held', () => {
    const { target: _, form: __, ...summary } = lastPage('x')
    const paying = request('POST /x7', body({ 'card.number': '4242424242424242' }))
    expect(guard.inspect(sent(paying, summary))).toBeDefined()
    expect(
      guard.inspect(
        sent(request('POST /vault/tokenize', body({ 'card.number': '4242424242424242' })), summary),
      ),
    ).toBeUndefined()
  })
})

const HARMLESS = [
  'POST /checkout/validate',
  'POST /api/checkout/shipping-rates',
  'POST /cart/add',
  'POST /cart/update',
  'POST /basket/vouchers/add/',
  'POST /coupon',
  'POST /checkout/giftcard',
  'POST /quote',
  'POST /rest/V1/carts/mine/estimate-shipping-methods',
  'POST /rest/V1/carts/mine/totals-information',
  'POST /rest/V1/carts/mine/set-payment-information',
  'POST /search',
  'POST /login',
  'POST /api/session',
  'POST /documents/7/autosave',
  'POST /draft',
  'POST /wishlist/add',
  'POST /newsletter/subscribe',
  'POST /g/collect',
  'POST /analytics/purchase',
  'POST /api/telemetry/order-complete',
  'POST /log',
  'POST /cookie-consent',
  'POST /create-checkout-session',
  'PUT /checkout/select-shipping',
  'PUT /checkout/address',
  'POST /?wc-ajax=update_order_review',
  'POST /payment/methods',
  'POST /orders/search',
  'GET /anything',
]

describe('the harmless list', () => {
  test.each(HARMLESS)('%s', (line) => {
    const { target: _, ...checkout } = lastPage('x')
    const attempt = sent(request(line), checkout)
    expect(guard.inspect(attempt)).toBeUndefined()
    expect(guard.harmless?.(attempt)).toBe(true)
  })

  test('reading operations are harmless, whatever they are called', () => {
    const operation = { name: 'placeOrderPreview', readOnly: true }
    expect(guard.harmless?.(sent(request('POST /graphql', { operation })))).toBe(true)
  })

  test.each([
    ['addToCart', true],
    ['applyCouponToCart', true],
    ['setPaymentMethodOnCart', true],
    ['customerLogin', true],
    ['placeOrder', false],
    ['createOrder', false],
    ['cancelOrder', false],
    ['removeMemberEmail', false],
    ['deleteDraft', false],
    ['setPaymentMethodAndPlaceOrder', false],
    ['doSomething', false],
  ])('operation %s: %s', (name, harmless) => {
    const operation = { name, readOnly: false }
    expect(guard.harmless?.(sent(request('POST /graphql', { operation })))).toBe(harmless)
  })

  test.each([
    'POST /x7',
    'POST /orders',
    'POST /order/place',
    'DELETE /account',
    'POST /orders/7/cancel',
    'POST /order/confirmation',
    'POST /payment_intents',
    'POST /account/email',
  ])('%s is not on it', (line) => {
    expect(guard.harmless?.(sent(request(line)))).toBe(false)
  })

  test('nothing that carries a way to pay is on it', () => {
    const paying = body({ 'card[number]': '4242424242424242' })
    expect(guard.harmless?.(sent(request('POST /cart/add', paying)))).toBe(false)
  })

  test('a log-in is known by its body where its address says nothing', () => {
    const login = body({ user: 'ada', password: 'x', _token: 'y' })
    expect(guard.harmless?.(sent(request('POST /enter', login)))).toBe(true)
  })

  test('an address step is not harmless when the button that sends it places the order', () => {
    const attempt = sent(request('POST /checkout/information'), lastPage('Place order'))
    expect(guard.inspect(attempt)).toBeDefined()
    expect(guard.harmless?.(attempt)).toBe(false)
  })

  test('a call has no request and is never harmless', () => {
    expect(guard.harmless?.({ ...sent(request('GET /')), via: 'call' })).toBe(true)
    const { request: _, ...nothing } = sent(request('GET /'))
    expect(guard.harmless?.(nothing)).toBe(false)
  })
})

test('words in a body of analytics do not make it an order', () => {
  const event = body({ event: 'purchase', 'order.total': '182.40', place_order: '1' })
  expect(guard.inspect(sent(request('POST /g/collect', event), lastPage('x')))).toBeUndefined()
})

test('an address that cannot be parsed, and bodies that cannot be read, are no reason to throw', () => {
  const opaque = request('POST /order/place', { body: 'opaque' })
  expect(guard.inspect(sent(opaque))?.terms.amount).toBe('unreadable')
  expect(guard.inspect(sent({ ...opaque, url: 'not an address' }))).toBeUndefined()
  expect(guard.inspect(sent(request('POST /%E0%A4%A/order/place')))).toBeDefined()
})

test('the owner can name a path that places an order', () => {
  const own = checkoutGuard({ commitPaths: ['/x7'] })
  expect(own.inspect(sent(request('POST /x7')))?.kind).toBe('purchase')
  expect(own.inspect(sent(request('POST /x8')))).toBeUndefined()
})
