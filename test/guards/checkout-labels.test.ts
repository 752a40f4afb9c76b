import { checkoutGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import { button, call, cartPage, field, form, lastPage, page, payable } from './attempts.ts'

const guard = checkoutGuard()
const holds = (attempt: Parameters<typeof guard.inspect>[0]): boolean => {
  const finding = guard.inspect(attempt)
  if (finding !== undefined) expect(finding).toMatchObject({ kind: 'purchase', risk: 'high' })
  return finding !== undefined
}

describe('a button that says that it orders holds, in every language of the lists', () => {
  test.each([
    'Place order',
    'Pay now',
    'Pay $20.00',
    'Complete purchase',
    'Confirm booking',
    'Place bid',
    'Donate now',
    'Zahlungspflichtig bestellen',
    'Jetzt kostenpflichtig bestellen',
    'Valider la commande',
    'Payer 12,00 €',
    'Confirmar pedido',
    'Pagar ahora',
    "Completa l'ordine",
    'Paga ora',
    'Bestelling plaatsen',
    'Betalen',
    'Confirmar e pagar',
    'Kupuję i płacę',
    'Slutför köp',
    '注文を確定する',
    '今すぐ支払う',
    '提交订单',
    '確認付款',
    '결제하기',
  ])('%s', (label) => {
    expect(holds(call(lastPage(label)))).toBe(true)
    // The label alone is enough for a final one: the page may not be readable beyond it.
    expect(holds(call(page({ target: button(label) })))).toBe(true)
  })
})

describe('a word that orders here and leads there holds only with other evidence', () => {
  test.each([
    'Buy',
    'Order',
    'Book',
    'Kaufen',
    'Commander',
    'Finalizar compra',
    'Bestellen',
    '購入する',
  ])('%s', (label) => {
    expect(holds(call(lastPage(label)))).toBe(true)
    expect(holds(call(page({ path: '/p/paper', target: button(label) })))).toBe(false)
    expect(holds(call(cartPage(button(label))))).toBe(false)
  })

  test('the sum on the button is such evidence', () => {
    expect(holds(call(page({ target: button('Buy for €19.99') })))).toBe(true)
    expect(holds(call(page({ target: button('Order for 19 USD') })))).toBe(true)
  })
})

describe('a label that says nothing holds where a total stands beside a way to pay or a last look', () => {
  test.each([
    'Confirm',
    'Continue',
    'Submit',
    'Weiter',
    'Valider',
    'Yes',
    'Siguiente',
    'Dalej',
    '確定',
    '提交',
  ])('%s', (label) => {
    expect(holds(call(lastPage(label)))).toBe(true)
    const review = page({
      path: '/order/review',
      headings: ['Review your order'],
      payable: payable(900),
      target: button(label),
    })
    expect(holds(call(review))).toBe(true)
    expect(holds(call(page({ target: button(label) })))).toBe(false)
  })

  test('an icon without a name holds by what its form holds', () => {
    expect(holds(call(lastPage('')))).toBe(true)
    expect(holds(call(page({ target: button('') })))).toBe(false)
  })

  test('a label in a language of no list holds by what its form holds', () => {
    expect(holds(call(lastPage('Шалтгаангүй үргэлжлүүлэх')))).toBe(true)
  })

  test('an address step with the sum beside it passes', () => {
    const step = page({
      path: '/checkout/information',
      title: 'Checkout',
      headings: ['Contact', 'Delivery', 'Payment'],
      payable: payable(18_240),
      target: button('Continue', { heading: 'Delivery' }),
      form: form('/checkout/information', [
        field({ name: 'address1', label: 'Address', value: '1 Main St' }),
        field({ name: 'zip', label: 'ZIP', value: '10115' }),
      ]),
    })
    expect(holds(call(step))).toBe(false)
    expect(holds(call({ ...step, target: button('Continue') }))).toBe(false)
  })

  test('on a page of one form its card fields decide, whatever section the button stands under', () => {
    const target = button('Continue', { heading: 'Delivery address' })
    expect(holds(call(lastPage('', { target })))).toBe(true)
  })

  test('a delivery step passes', () => {
    const step = page({
      path: '/checkout/shipping',
      headings: ['Delivery method'],
      payable: payable(18_240),
      target: button('Continue'),
      form: form('/checkout/shipping', [
        field({
          name: 'shipping_method',
          type: 'radio',
          label: 'Express',
          value: 'x',
          checked: true,
        }),
      ]),
    })
    expect(holds(call(step))).toBe(false)
  })

  test('small print that says nothing is charged yet passes a generic label, never a final one', () => {
    const notes = ['You will not be charged yet. You can review your order on the next page.']
    expect(holds(call(lastPage('Continue', { notes })))).toBe(false)
    expect(holds(call(lastPage('Place order', { notes })))).toBe(true)
  })

  test('"Yes" in a dialog about something else passes on the payment page', () => {
    const target = button('Yes', { type: 'button', dialog: 'Remove this address?' })
    expect(holds(call(lastPage('', { target })))).toBe(false)
    const confirm = button('Yes', { type: 'button', dialog: 'Confirm your order' })
    expect(holds(call(lastPage('', { target: confirm })))).toBe(true)
  })
})

describe('what only belongs to shopping passes, on the last page too', () => {
  test.each([
    'Add to cart',
    'In den Warenkorb',
    'Ajouter au panier',
    'カートに入れる',
    'Apply coupon',
    'Gutschein einlösen',
    'Appliquer',
    'Update quantity',
    'Cancel',
    'Zurück',
    'Annuler',
    'Edit address',
    'Remove',
    'Search',
    'Sign in',
    'Estimate shipping',
    'Add to wishlist',
    'Continue shopping',
    'Print',
    'Order history',
    'Payment methods',
    'How to pay with a voucher',
    'Track order',
    'Accept all',
    'Close',
  ])('%s', (label) => {
    // As the submit button of the form with the card: only its label can let it pass.
    expect(holds(call(lastPage(label)))).toBe(false)
    expect(holds(call(cartPage(button(label))))).toBe(false)
  })

  test.each(['Deutsch', 'EUR', 'Show details'])(
    '%s, which no list knows, outside any form',
    (label) => {
      expect(holds(call(lastPage('', { target: button(label, { type: 'button' }) })))).toBe(false)
    },
  )

  test('a coupon form passes whatever its button says', () => {
    const coupon = form('/checkout/x', [field({ name: 'coupon_code', value: 'SAVE' })])
    expect(holds(call(lastPage('OK', { form: coupon })))).toBe(false)
  })

  test('filling a field, ticking a box and choosing a way to pay pass', () => {
    for (const target of [
      button('Card number', { tag: 'input', type: 'text', role: 'textbox' }),
      button('I agree to the terms', { tag: 'input', type: 'checkbox', role: 'checkbox' }),
      button('Pay with PayPal', { tag: 'input', type: 'radio', role: 'radio' }),
    ]) {
      expect(holds(call(lastPage('', { target })))).toBe(false)
    }
  })
})
