import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AmountReading, PageReading } from '../../src/core/reading.ts'
import { pageSummarySchema, summarise } from '../../src/core/summary.ts'
import { isPartialLabel, isTotalLabel } from '../../src/core/total-words.ts'

const reading: PageReading = {
  v: 1,
  url: 'https://shop.example/checkout',
  title: 'Checkout',
  lang: 'en',
  headings: [],
  otherFields: [],
  amounts: [],
  rows: [],
  notes: [],
  frames: [],
  viewport: { width: 1280, height: 720, deviceScaleFactor: 1 },
  blackRects: [],
  redactionIncomplete: false,
  truncated: false,
  opaque: [],
}
const amount = (
  label: string,
  text: string,
  place: AmountReading['place'] = 'row',
): AmountReading => ({ label, text, place, emphasised: false })
const target = (name: string): NonNullable<PageReading['target']> => ({
  tag: 'button',
  type: 'submit',
  role: '',
  name,
  id: '',
  elementName: '',
  hint: '',
  disabled: false,
})
const payableOf = (...amounts: AmountReading[]) => summarise({ ...reading, amounts }).payable

describe('the payable total', () => {
  test('is the row that says total, not its parts', () => {
    const payable = payableOf(
      amount('Subtotal', '€162.50'),
      amount('Shipping', '€4.90'),
      amount('VAT', '€15.00'),
      amount('Total', '€182.40'),
    )
    expect(payable?.total).toEqual({ amountMinor: 18_240, currency: 'EUR' })
    expect(payable?.disagreeing).toEqual([])
  })

  test('is the largest when the page shows several, and the others are named', () => {
    const payable = payableOf(amount('Total', '€1.00'), amount('Grand total', '€182.40'))
    expect(payable?.total.amountMinor).toBe(18_240)
    expect(payable?.disagreeing).toEqual(['1.00 EUR'])
  })

  test('counts the places that show it', () => {
    const payable = payableOf(amount('Total', '€20'), amount('Pay', '€20', 'control'))
    expect(payable?.places).toBe(2)
  })

  test('is the amount on a button when no row says total', () => {
    expect(payableOf(amount('Pay', '€20', 'control'))?.total.amountMinor).toBe(2_000)
    expect(payableOf(amount('Paper', '€20'))).toBeUndefined()
  })

  test('is at least what the pressed button says, whatever the rows say', () => {
    const { payable } = summarise({
      ...reading,
      target: target('Pay €300'),
      amounts: [amount('Total', '€20')],
    })
    expect(payable?.total.amountMinor).toBe(30_000)
    expect(payable?.disagreeing).toEqual(['20.00 EUR'])
  })

  test('is never below zero because of a dash before it', () => {
    expect(payableOf(amount('Total', '-€182.40'))?.total.amountMinor).toBe(18_240)
  })

  test('disagrees with another sum in a hidden field, and agrees with the same in cents', () => {
    const hidden = (text: string) => amount('order total cents', text, 'hidden-field')
    expect(payableOf(amount('Total', '€182.40'), hidden('18240'))?.disagreeing).toEqual([])
    expect(payableOf(amount('Total', '€1.00'), hidden('18240'))?.disagreeing).toEqual([
      '18240 (hidden field order total cents)',
    ])
  })

  test('does not take a number of things in a hidden field for money', () => {
    const count = amount('total items', '3', 'hidden-field')
    expect(payableOf(amount('Total', '€20'), count)?.disagreeing).toEqual([])
  })

  test('is no less than any amount that the page calls a total', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 ** 9 }), { minLength: 1 }), (minors) => {
        const payable = payableOf(
          ...minors.map((minor) => amount('Total', `${(minor / 100).toFixed(2)} EUR`)),
        )
        expect(payable?.total.amountMinor).toBe(Math.max(...minors))
      }),
    )
  })
})

describe('items', () => {
  const itemsOf = (...rows: string[][]) =>
    summarise({ ...reading, rows: rows.map((cells) => ({ cells })) }).items

  test('have name, quantity, unit and total', () => {
    expect(itemsOf(['Printer paper A4', '2', '€75.00', '€150.00'])).toEqual([
      { name: 'Printer paper A4', quantity: 2, unitMinor: 7_500, totalMinor: 15_000 },
    ])
  })

  test('read their quantity from the name as well', () => {
    expect(itemsOf(['2 × Printer paper A4', '€150.00'])[0]).toMatchObject({
      name: 'Printer paper A4',
      quantity: 2,
    })
    expect(itemsOf(['Printer paper A4 x 3', '€150.00'])[0]).toMatchObject({ quantity: 3 })
  })

  test('have a bare name when the price stands in the same cell', () => {
    expect(itemsOf(['Printer paper · €150.00'])[0]).toMatchObject({
      name: 'Printer paper',
      totalMinor: 15_000,
    })
  })

  test('do not take a price without decimals for a quantity', () => {
    expect(itemsOf(['Desk', '€12'])[0]?.quantity).toBe(1)
    expect(itemsOf(['Desk', '12 €'])[0]?.quantity).toBe(1)
  })

  test('are not the rows of the sum', () => {
    expect(itemsOf(['Subtotal', '€10'], ['Shipping', '€1'], ['Total', '€11'])).toEqual([])
  })

  test('with a quantity stay on the list, whatever they are called', () => {
    expect(itemsOf(['Total Protection plan', '2', '€300.00'])).toHaveLength(1)
  })

  test('without letters or money are left out', () => {
    expect(itemsOf(['2', '€10'], ['Printer paper', '2'])).toEqual([])
  })
})

describe('labels of sums', () => {
  test.each([
    'Total',
    'Total incl. VAT',
    'Grand total',
    'Order total (3 items)',
    'order_total_cents',
    'Gesamtsumme inkl. MwSt.',
    'Zu zahlen',
    'Total TTC',
    'Total à payer',
    'Importe total',
    'Totale',
    'Do zapłaty',
    'Итого',
    'К оплате',
    '合計（税込）',
    'お支払い金額',
    '总计',
    '총 결제 금액',
    'المجموع',
    'Amount due',
    'You pay',
  ])('%s is the sum to be paid', (label) => {
    expect([isTotalLabel(label), isPartialLabel(label)]).toEqual([true, false])
  })

  test.each([
    'Subtotal',
    'Zwischensumme',
    'Sous-total',
    'Total before tax',
    'Total savings',
    'Total HT',
    'Shipping total',
    'Versand',
    '小計',
    '商品小計',
    '送料',
    '优惠',
    'Доставка',
  ])('%s is not', (label) => {
    expect(isTotalLabel(label) && !isPartialLabel(label)).toBe(false)
  })
})

test('a price per time anywhere makes the order recurring', () => {
  const summary = summarise({ ...reading, amounts: [amount('Pro plan', '€20 / month')] })
  expect(summary.recurring).toBe(true)
  expect(summarise({ ...reading, notes: ['Renews automatically.'] }).recurring).toBe(true)
  expect(summarise(reading).recurring).toBe(false)
})

test('texts of the page become single lines without control characters', () => {
  const summary = summarise({ ...reading, title: 'Pay\u202e\n now', headings: ['a\u200bb'] })
  expect(summary.title).toBe('Pay now')
  expect(summary.headings).toEqual(['ab'])
})

test('every reading gives a summary of the declared shape', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('€12.50', 'Total', '2', 'Paper × 2'))
  fc.assert(
    fc.property(
      fc.array(fc.record({ label: cell, text: cell })),
      fc.array(fc.array(cell, { maxLength: 5 })),
      (amounts, rows) => {
        const summary = summarise({
          ...reading,
          amounts: amounts.map(({ label, text }) => amount(label, text)),
          rows: rows.map((cells) => ({ cells })),
        })
        expect(pageSummarySchema.parse(summary)).toEqual(summary)
      },
    ),
  )
})

describe('the sum beside the target', () => {
  const near = (text: string): AmountReading => ({ ...amount('', text, 'text'), near: true })
  const besideOf = (...amounts: AmountReading[]) => summarise({ ...reading, amounts }).beside

  test('is the largest near it, where the page shows no total', () => {
    expect(besideOf(near('€3.00'), near('€51.00'), amount('', '€99.00', 'text'))).toEqual({
      amountMinor: 5_100,
      currency: 'EUR',
    })
  })

  test('is not read beside a total, among many prices, or in two currencies', () => {
    expect(besideOf(near('€51.00'), amount('Total', '€20.00'))).toBeUndefined()
    expect(besideOf(...Array.from({ length: 7 }, (_, i) => near(`€${i + 1}.00`)))).toBeUndefined()
    expect(besideOf(near('€51.00'), near('$60.00'))).toBeUndefined()
  })
})
