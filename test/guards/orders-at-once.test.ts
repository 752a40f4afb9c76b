import { checkoutGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import {
  body,
  button,
  call,
  cartPage,
  field,
  form,
  lastPage,
  link,
  page,
  payable,
  request,
  sent,
} from './attempts.ts'

const guard = checkoutGuard()
const holds = (attempt: Parameters<typeof guard.inspect>[0]): boolean =>
  guard.inspect(attempt) !== undefined
const beside = { amountMinor: 5_100, currency: 'EUR' }
const SECRET = '5f1d7c2e9ab04c6d8e3f'

describe('a control beside words that say its click charges', () => {
  test.each([
    ['Confirm', 'Charge 51.00 EUR to Visa •••• 4242 and ship to 18 Alder Court?'],
    ['Get it', 'Members skip the bag: tapping charges Visa •••• 4242.'],
    ['Jetzt sichern', 'Mit dem Klick bestellen Sie verbindlich auf Rechnung.'],
    ['Express', 'Express charges your wallet balance and ships to the address stored there.'],
    ['Jetzt kaufen', '9,99 € werden Ihrer hinterlegten Kreditkarte (endet auf 1881) belastet.'],
  ])('"%s" is held: %s', (name, around) => {
    expect(holds(call(page({ beside, target: button(name, { around }) })))).toBe(true)
    expect(holds(call(page({ beside, target: { ...link(name, '/r/f81c'), around } })))).toBe(true)
  })

  test.each([
    ['Not now', 'Charge 51.00 EUR to Visa •••• 4242?'],
    ['Checkout', 'Express charges your wallet balance.'],
    ['Details', '58.25 EUR incl. tax, Visa •••• 4242'],
    ['Get it', 'Your card •••• 4242 will not be charged yet. We charge it later.'],
  ])('"%s" passes: %s', (name, around) => {
    expect(holds(call(page({ beside, target: button(name, { around }) })))).toBe(false)
  })

  test('without a sum beside it, nothing is charged', () => {
    const around = 'We charge your saved card once a month.'
    expect(holds(call(page({ target: button('Got it', { around }) })))).toBe(false)
  })

  test('the sum beside it is the amount, and a total on the page goes before it', () => {
    const around = 'Charge 51.00 EUR to Visa •••• 4242?'
    const target = button('Confirm', { around })
    const amountOf = (over: Parameters<typeof page>[0]) =>
      guard.inspect(call(page({ target, ...over })))?.terms.amount
    expect(amountOf({ beside })).toEqual(beside)
    expect(amountOf({ beside, payable: payable(9_900) })).toEqual(payable(9_900).total)
  })
})

describe('an address with a secret of its own', () => {
  const follow = (path: string, over: Parameters<typeof page>[0]) => ({
    ...sent(request(`GET ${path}`, { resourceType: 'document' }), page(over)),
    method: 'navigate' as const,
  })

  test('repeats an order by what it names, whatever page it starts from', () => {
    expect(holds(follow(`/account/orders/T-2/again?t=${SECRET}`, {}))).toBe(true)
    expect(holds(follow(`/konto/bestellungen/B-1/nachkauf?key=${SECRET}`, {}))).toBe(true)
  })

  test('is a page to look at without the secret, or with a tracker’s', () => {
    expect(holds(follow('/account/orders/T-2/again', {}))).toBe(false)
    expect(holds(follow(`/account/orders/T-2/again?utm_id=${SECRET}`, {}))).toBe(false)
    expect(holds(follow(`/account/orders/T-2?t=${SECRET}`, {}))).toBe(false)
  })

  test('"Buy again" on such a link is held, and passes without the secret or without a sum', () => {
    const target = link('Buy again', '/x/7')
    expect(holds(follow(`/x/7?t=${SECRET}`, { target, beside }))).toBe(true)
    expect(holds(follow('/x/7?t=1', { target, beside }))).toBe(false)
    expect(holds(follow(`/x/7?t=${SECRET}`, { target }))).toBe(false)
  })
})

describe('what an order form sends on the way', () => {
  test('the address it verifies and the token for the card are no orders', () => {
    const summary = lastPage('Pay €182.40')
    const check = request('POST /svc/address/verify', body({ line1: '18 Alder Ct', zip: '80302' }))
    const card = request('POST /vault/v1/tokens', body({ number: '4242', cvc: '1' }))
    for (const facts of [check, card]) {
      expect(holds(sent(facts, summary))).toBe(false)
      expect(guard.harmless?.(sent(facts, summary))).toBe(true)
    }
  })

  test('a token request that carries items or a sum is not only that', () => {
    const facts = request('POST /vault/v1/tokens', body({ number: '4242', amount: '18240' }))
    expect(guard.harmless?.(sent(facts, lastPage('Pay €182.40')))).toBe(false)
  })

  test('payment/verify may settle a payment, so it is not harmless', () => {
    const facts = request('POST /payment/verify', body({ id: 'p1' }))
    expect(guard.harmless?.(sent(facts, lastPage('Pay €182.40')))).toBe(false)
  })
})

describe('Enter in a coupon field of the order form', () => {
  const input = button('Promo code', { tag: 'input', type: 'text', role: '' })
  const summary = lastPage('Pay €182.40', {
    target: input,
    form: form('/checkout/finish-it', [field({ name: 'cardnumber', label: 'Card number' })], {
      submitter: 'Pay €182.40',
    }),
  })

  test('passes as a call', () => {
    expect(holds(call(summary, 'press'))).toBe(false)
  })

  test('and is held at the gate when it sends the form', () => {
    expect(
      holds(sent(request('POST /checkout/finish-it'), { ...summary, target: button('Pay') })),
    ).toBe(true)
  })

  test('while Enter in the card field is held as a call', () => {
    const target = { ...input, name: 'Card number' }
    expect(holds(call({ ...summary, target }, 'press'))).toBe(true)
  })
})

test.each(['Kaufen mit PayPal', 'Google Pay express', 'PayPal'])(
  '"%s" beside a total is a way to pay it',
  (label) => {
    expect(holds(call(cartPage(button(label))))).toBe(true)
  },
)

test('a text about a wallet is no button of it', () => {
  expect(holds(call(cartPage(link('Learn more about PayPal', '/help/paypal'))))).toBe(false)
})
