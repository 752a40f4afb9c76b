import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMoney, fractionDigits, readMoney, sameMoney } from '../../src/core/money.ts'

const shown = (text: string): string =>
  readMoney(text)
    .map((money) => `${formatMoney(money)}${money.ambiguous ? ' ambiguous' : ''}`)
    .join(' | ')

describe('an amount is read as its country writes it', () => {
  test.each([
    ['€182.40', '182.40 EUR'],
    ['1.234,56 €', '1234.56 EUR'],
    ['1 234,56 €', '1234.56 EUR'],
    ['1\u202f234,56 €', '1234.56 EUR'],
    ['1.234.567,89 EUR', '1234567.89 EUR'],
    ['EUR 20,–', '20.00 EUR'],
    ['20,- €', '20.00 EUR'],
    ['20 Euro', '20.00 EUR'],
    ['CHF 1’234.50', '1234.50 CHF'],
    ["CHF 1'234.50", '1234.50 CHF'],
    ['$1,234.56', '1234.56 USD'],
    ['US$ 20', '20.00 USD'],
    ['$20 CAD', '20.00 CAD'],
    ['A$ 5.00', '5.00 AUD'],
    ['₹1,23,456.00', '123456.00 INR'],
    ['Rs. 99.50', '99.50 INR'],
    ['1.234,50 kr', '1234.50 SEK'],
    ['12,50 zł', '12.50 PLN'],
    ['10 000 Ft', '10000 HUF'],
    ['¥1980', '1980 JPY'],
    ['1,980円', '1980 JPY'],
    ['¥199.50', '199.50 CNY'],
    ['₩12,000', '12000 KRW'],
    ['12,000원', '12000 KRW'],
    ['KWD 1.234', '1.234 KWD'],
    ['١٢٣٫٤٥ د.إ', '123.45 AED'],
    ['۱۲۳ USD', '123.00 USD'],
    ['１２３円', '123 JPY'],
    ['€20/month', '20.00 EUR'],
    ['250 TRY', '250.00 TRY'],
  ])('%s is %s', (text, expected) => {
    // HUF has two decimals in ISO 4217 and none in daily life; only the figure counts here.
    expect(shown(text).replace('10000.00 HUF', '10000 HUF')).toBe(expected)
  })
})

describe('text without money gives none', () => {
  test.each([
    'ALL 3 items',
    'TOP 10',
    'PHP 8.2',
    'AMD 5600',
    'ISO 9001',
    'Room 12 A',
    'call 030 123456',
    'v1.2.3',
    'ABC 12.50',
    '2026-11-21',
    '',
  ])('%s', (text) => {
    expect(readMoney(text)).toEqual([])
  })
})

test('a number that may be a thousand or a fraction is read as the larger and said to be ambiguous', () => {
  expect(shown('1.234 €')).toBe('1234.00 EUR ambiguous')
  expect(shown('$1,234')).toBe('1234.00 USD ambiguous')
})

test('a number that starts with zero or has a thousands mark already is not ambiguous', () => {
  expect(shown('€0.500')).toBe('0.50 EUR')
  expect(shown('1,234.567 USD')).toBe('1234.57 USD')
  expect(shown('€1234.567')).toBe('1234.57 EUR')
})

test('decimals finer than the coin round up, never off', () => {
  expect(shown('€1.2345')).toBe('1.24 EUR')
  expect(shown('€1.2300')).toBe('1.23 EUR')
})

test('an amount is never read from a part of a longer number', () => {
  expect(readMoney('€1.23456789')).toEqual([])
  expect(readMoney('€1,2345,6')).toEqual([])
})

test('a sign belongs to the amount it touches, and the dash of a range to none', () => {
  expect(shown('-€5.00')).toBe('-5.00 EUR')
  expect(shown('EUR -20.00')).toBe('-20.00 EUR')
  expect(shown('€5 - €10')).toBe('5.00 EUR | 10.00 EUR')
  expect(shown('Place order - €182.40')).toBe('182.40 EUR')
})

const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'GBP', 'PLN', 'INR', 'CHF')
const money = fc.record({ amountMinor: fc.integer({ min: 0, max: 10 ** 12 }), currency })

test('what is formatted reads back as the same money', () => {
  fc.assert(
    fc.property(money, (given) => {
      const [read, ...more] = readMoney(formatMoney(given))
      expect(more).toEqual([])
      expect(read).toBeDefined()
      if (read !== undefined) expect(sameMoney(read, given)).toBe(true)
    }),
  )
})

test('every grouping of the same amount reads as the same money', () => {
  const styles: ReadonlyArray<readonly [group: string, decimal: string]> = [
    [',', '.'],
    ['.', ','],
    [' ', ','],
    ['\u00a0', ','],
    ['\u202f', ','],
    ["'", '.'],
    ['’', '.'],
    ['', '.'],
    ['', ','],
  ]
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 ** 11 }),
      fc.constantFrom(...styles),
      fc.boolean(),
      (minor, [group, decimal], markFirst) => {
        const whole = String(Math.floor(minor / 100)).replace(/\B(?=(?:\d{3})+$)/g, group)
        const number = `${whole}${decimal}${String(minor % 100).padStart(2, '0')}`
        const [read] = readMoney(markFirst ? `€${number}` : `${number} €`)
        expect(read).toEqual({ amountMinor: minor, currency: 'EUR', ambiguous: false })
      },
    ),
  )
})

test('any text gives whole amounts in known currencies, and always the same ones', () => {
  const piece = fc.constantFrom(
    '€',
    '$',
    'EUR',
    '1',
    '23',
    '456',
    '.',
    ',',
    ' ',
    "'",
    '-',
    'kr',
    'x',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('')
      const read = readMoney(text)
      expect(readMoney(text)).toEqual(read)
      for (const one of read) {
        expect(Number.isSafeInteger(one.amountMinor)).toBe(true)
        expect(one.currency).toMatch(/^[A-Z]{3}$/)
      }
    }),
  )
})

test('a megabyte of digits and marks is read in no time', () => {
  const started = performance.now()
  readMoney('1,234 '.repeat(200_000))
  readMoney(`€${'1 111'.repeat(200_000)}`)
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('decimal places come from the currency, and are two for one that nobody knows', () => {
  expect(['EUR', 'JPY', 'KWD', 'ZZZ'].map(fractionDigits)).toEqual([2, 0, 3, 2])
})
