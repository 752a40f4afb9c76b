import { checkoutGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import { button, call, cartPage, field, form, lastPage, link, page } from './attempts.ts'

const guard = checkoutGuard()
const holds = (attempt: Parameters<typeof guard.inspect>[0]): boolean => {
  const finding = guard.inspect(attempt)
  if (finding !== undefined) expect(finding).toMatchObject({ kind: 'purchase', risk: 'high' })
  return finding !== undefined
}

describe('what only leads to the checkout passes', () => {
  test.each([
    'Checkout',
    'Proceed to checkout',
    'Zur Kasse',
    'Passer à la caisse',
    'Kassalle',
    'レジに進む',
    '去结算',
  ])('%s', (label) => {
    expect(holds(call(cartPage(link(label, '/checkout'))))).toBe(false)
    expect(holds(call(cartPage(button(label))))).toBe(false)
  })

  test.each([
    'Continue to payment',
    'Weiter zur Zahlung',
    'Continue to delivery',
    'Étape suivante',
  ])('the next step, "%s"', (label) => {
    expect(holds(call(lastPage(label, { path: '/checkout/shipping' })))).toBe(false)
  })

  test('"Checkout" on the page where the card is typed holds', () => {
    expect(holds(call(lastPage('Checkout')))).toBe(true)
  })

  test('a way to pay that the cart lets people choose does not make its checkout button an order', () => {
    const otherFields = [
      field({ name: 'payment_method', type: 'radio', value: 'card', checked: true }),
    ]
    expect(holds(call(cartPage(button('Checkout'), { otherFields })))).toBe(false)
  })

  test('a wallet frame on the cart does not make its checkout button an order', () => {
    const frames = [{ origin: 'https://www.paypal.com', crossOrigin: true }]
    expect(holds(call(cartPage(button('Checkout'), { frames })))).toBe(false)
  })
})

describe('links', () => {
  test.each([
    ['Buy it now', '/buy/42'],
    ['Buy', '/buy/paper-a4'],
    ['Get it', '/order/place'],
    ['Order with one click', '/one-click/42'],
    ['Place order', '/order/place'],
  ])('"%s" to %s orders by its address', (label, href) => {
    expect(holds(call(page({ target: link(label, href) })))).toBe(true)
  })

  test.each([
    ['Buy', '/buy/houses/london'],
    ['Buy now', '/products/paper'],
    ['Pay now', '/invoices'],
    ['My orders', '/orders'],
    ['Order 10042', '/orders/10042'],
    ['Checkout', '/checkout'],
    ['Cancel', '/order/place'],
  ])('"%s" to %s is a page to look at', (label, href) => {
    expect(holds(call(page({ target: link(label, href) })))).toBe(false)
  })

  test('a link to its own page is a button in disguise', () => {
    const target = link('Continue', '/checkout/payment')
    expect(holds(call(lastPage('', { target })))).toBe(true)
    expect(holds(call(lastPage('', { target: link('Continue', '/checkout/other') })))).toBe(false)
  })
})

describe('ways of acting', () => {
  test('Enter in a field of the form counts as its submitting button', () => {
    const target = button('Name on card', { tag: 'input', type: 'text', role: 'textbox' })
    const summary = lastPage('', { target })
    const submitted = {
      ...summary,
      form: { ...form('/x', summary.form?.fields ?? []), submitter: 'Pay' },
    }
    expect(holds(call(submitted, 'press'))).toBe(true)
    expect(holds(call(submitted, 'click'))).toBe(false)
  })

  test('a div that acts as a button counts, a long card of text does not', () => {
    const div = button('Place order', { tag: 'div', type: '', role: '' })
    expect(holds(call(page({ target: div })))).toBe(true)
    const card = button(`Buy now and pay later. ${'Great paper. '.repeat(12)}`, {
      tag: 'div',
      type: '',
      role: '',
    })
    expect(holds(call(page({ target: card })))).toBe(false)
  })

  test('a form whose address places an order holds under a generic label, without any total', () => {
    const summary = page({
      target: button('Submit'),
      form: form('/order/place', [field({ name: 'note' })]),
    })
    expect(holds(call(summary))).toBe(true)
  })

  test('a form that a script submits is judged by what it holds, not by all its text', () => {
    const target = button('Cart Card number Place order', { tag: 'form', type: '', role: '' })
    expect(holds(call(lastPage('', { target }), 'submit'))).toBe(true)
    const search = form('/s', [field({ name: 'q', value: 'x' })])
    expect(holds(call(page({ target, form: search }), 'submit'))).toBe(false)
  })

  test('invisible characters in a label do not hide it', () => {
    expect(holds(call(page({ target: button('P\u200bay\u00a0now') })))).toBe(true)
    expect(holds(call(page({ target: button('Ｐａｙ　ｎｏｗ') })))).toBe(true)
  })

  test('a page that could not be read is held as unrecognised and high', () => {
    expect(guard.inspect(call(undefined))).toMatchObject({
      kind: 'unrecognised',
      risk: 'high',
      terms: { v: 1, amount: 'unreadable' },
    })
    const canvas = page({
      target: button('', { tag: 'canvas', type: '', role: '' }),
      opaque: ['canvas'],
    })
    expect(guard.inspect(call(canvas))).toMatchObject({ kind: 'unrecognised' })
  })

  test('the owner can add labels and paths', () => {
    const own = checkoutGuard({ finalLabels: ['Los geht’s'], commitPaths: ['/x7'] })
    expect(own.inspect(call(page({ target: button("Los geht's!") })))?.kind).toBe('purchase')
    expect(guard.inspect(call(page({ target: button("Los geht's!") })))).toBeUndefined()
  })

  test('the reason names the facts in one line', () => {
    const why = guard.inspect(call(lastPage('Place\n order')))?.why ?? ''
    expect(why).toContain('"Place order"')
    expect(why).toContain('a total to pay')
    expect(why).not.toContain('\n')
  })
})
