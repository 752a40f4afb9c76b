import { checkoutGuard, formSubmissionGuard } from 'holdpoint/guards'
import { describe, expect, test } from 'vitest'
import { field, form, page, payable } from './attempts.ts'

const order = checkoutGuard().outcome
const formOutcome = formSubmissionGuard().outcome

describe('an order has succeeded when the page gives its number', () => {
  test.each([
    ['Thank you, order 10042', 'order 10042'],
    ['Thank you for your purchase! Your order number is 100-4711.', 'order 100-4711'],
    ['Order #A-2041 confirmed', 'order A-2041'],
    ['Confirmation #ABC123', 'confirmation ABC123'],
    ['Your booking reference: QX7P2', 'booking QX7P2'],
    ['Bestellnummer: 2024-123', 'order 2024-123'],
    ['Vielen Dank! Ihre Bestellung 778812 ist eingegangen', 'order 778812'],
    ['Merci ! Commande n° 55120', 'order 55120'],
    ['Numéro de commande : 55120', 'order 55120'],
    ['¡Gracias! Pedido nº 9001', 'order 9001'],
    ["Grazie! Numero d'ordine: IT-889", 'order IT-889'],
    ['Bedankt! Bestelnummer: 20240017', 'order 20240017'],
    ['Obrigado! Número do pedido: 31337', 'order 31337'],
    ['Dziękujemy! Numer zamówienia: 4410/2026', 'order 4410/2026'],
    ['Tack! Ordernummer: 66123', 'order 66123'],
    ['ご注文ありがとうございます。注文番号：12345', 'order 12345'],
    ['下单成功，订单号：20260042', 'order 20260042'],
    ['주문이 완료되었습니다. 주문번호: 8812', 'order 8812'],
  ])('%s', (heading, label) => {
    expect(order?.({ page: page({ headings: [heading] }) })).toEqual({ result: 'succeeded', label })
    expect(order?.({ page: page({ title: heading }), status: 200 })).toEqual({
      result: 'succeeded',
      label,
    })
    expect(order?.({ page: page({ notes: [heading] }) })).toEqual({ result: 'succeeded', label })
  })

  test('thanks in the heading and the number in the small print belong together', () => {
    const after = page({ headings: ['Thank you!'], notes: ['We have received order 10042.'] })
    expect(order?.({ page: after })).toEqual({ result: 'succeeded', label: 'order 10042' })
  })
})

describe('an order has failed when the page says so', () => {
  test.each([
    'Payment declined',
    'Your card was declined. Try again.',
    'Zahlung fehlgeschlagen',
    'Paiement refusé',
    'El pago no se ha podido procesar',
    'Pagamento non riuscito',
    'Betaling mislukt',
    'Não foi possível concluir',
    'Płatność odrzucona',
    'Betalningen misslyckades',
    '決済に失敗しました',
    '支付失败',
    'Order 10042 has been cancelled',
  ])('%s', (text) => {
    expect(order?.({ page: page({ headings: [text] }) }).result).toBe('failed')
    expect(order?.({ page: page({ notes: [text] }) }).result).toBe('failed')
  })
})

describe('nobody knows', () => {
  test.each([
    ['nothing is said', page({ headings: ['Home'] })],
    ['thanks come without a number', page({ headings: ['Thank you!'] })],
    ['an order is only mentioned', page({ headings: ['Order 10042'] })],
    ['the number is a date', page({ headings: ['Thank you for your order 2026-11-21'] })],
    ['the number is a sum', page({ headings: ['Thank you! Order 182.40 EUR'] })],
    [
      'the card is still asked for',
      page({
        headings: ['Payment'],
        notes: ['Order number: 10042'],
        payable: payable(100),
        otherFields: [field({ name: 'cardnumber', visible: true })],
      }),
    ],
  ])('when %s', (_, after) => {
    expect(order?.({ page: after })).toEqual({ result: 'unknown' })
  })

  test('after a server error, whatever the page says: it may have happened', () => {
    for (const heading of ['Thank you, order 10042', 'Internal error']) {
      expect(order?.({ page: page({ headings: [heading] }), status: 500 })).toEqual({
        result: 'unknown',
      })
    }
  })

  test('a refusal of the server is no success', () => {
    const after = page({ headings: ['Thank you, order 10042'] })
    expect(order?.({ page: after, status: 422 })).toEqual({ result: 'unknown' })
  })

  test('"try again" in small print does not undo thanks in the heading', () => {
    const after = page({
      headings: ['Thank you, order 10042'],
      notes: ['If the e-mail failed to arrive, try again.'],
    })
    expect(order?.({ page: after })).toEqual({ result: 'succeeded', label: 'order 10042' })
  })
})

describe('a form has succeeded when the site thanks, with or without a number', () => {
  test.each([
    ['Your message has been sent', undefined],
    ['Vielen Dank für Ihre Nachricht', undefined],
    ['お問い合わせを受け付けました', undefined],
    ['Thank you. Ticket number: 4711', 'reference 4711'],
  ])('%s', (heading, label) => {
    expect(formOutcome?.({ page: page({ headings: [heading] }) })).toEqual({
      result: 'succeeded',
      ...(label === undefined ? {} : { label }),
    })
  })

  test('and has failed when the page says so', () => {
    const after = page({
      headings: ['Contact'],
      notes: ['Error: the e-mail address is missing'],
      form: form('/contact', []),
    })
    expect(formOutcome?.({ page: after })).toEqual({ result: 'failed' })
  })
})
