import { describe, expect, test } from 'vitest'
import { bareLabel, fold, identifierWords, matcher } from '../../guards/shared/words.ts'

describe('a phrase', () => {
  const pays = matcher({ en: 'pay now | =pay', de: 'zahlungspflichtig*', ja: '注文する' })

  test.each([
    'Pay now',
    'PAY  NOW!',
    'Please pay now.',
    'P\u200bay\u00a0now',
    'Ｐａｙ ｎｏｗ',
    'Pay $20.00',
    'Pay · 20 EUR',
    'Zahlungspflichtiger Kauf',
    'ご注文する方',
  ])('is found in "%s"', (text) => {
    expect(pays(text)).toBe(true)
  })

  test.each([
    '',
    'Prepay nowhere',
    'pay nowadays',
    'repay now',
    'payment',
    'pay later',
    'Apple pay',
    '注文',
  ])('is not found in "%s"', (text) => {
    expect(pays(text)).toBe(false)
  })

  test('is found with or without its accents', () => {
    const validates = matcher({ fr: 'réserver' })
    expect(validates('Reserver')).toBe(true)
    expect(validates('RE\u0301SERVER')).toBe(true)
  })
})

test('folding keeps Japanese and Korean marks, which make other letters', () => {
  expect(fold('が')).toBe('が')
  expect(fold('결제')).toBe('결제')
})

test('a bare label has neither sums nor punctuation', () => {
  expect(bareLabel('Pay 1.234,56 € →')).toBe('pay')
  expect(bareLabel('¥2,000')).toBe('')
})

test.each([
  ['placeOrder', 'place order'],
  ['place-order', 'place order'],
  ['order[shipping][zipCode]', 'order shipping zip code'],
  ['HTMLParser2', 'html parser2'],
  ['check_out', 'checkout'],
  ['woocommerce_checkout_place_order', 'woocommerce checkout place order'],
])('%s splits into "%s"', (name, words) => {
  expect(identifierWords(name).join(' ')).toBe(words)
})
