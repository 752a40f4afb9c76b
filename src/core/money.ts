/** An amount in the currency's smallest unit (cents, yen, fils) and its ISO 4217 code. */
export interface Money {
  readonly amountMinor: number
  readonly currency: string
}

/** Money as read in a text; `ambiguous` when the text allows a second reading (`1.234`), which is then the larger one. */
export interface MoneyReading extends Money {
  readonly ambiguous: boolean
}

const SYMBOLS: ReadonlyArray<readonly [symbol: string, currency: string]> = [
  ['US$', 'USD'],
  ['CA$', 'CAD'],
  ['C$', 'CAD'],
  ['AU$', 'AUD'],
  ['A$', 'AUD'],
  ['NZ$', 'NZD'],
  ['HK$', 'HKD'],
  ['NT$', 'TWD'],
  ['S$', 'SGD'],
  ['R$', 'BRL'],
  ['MX$', 'MXN'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['₨', 'INR'],
  ['Rs.', 'INR'],
  ['Rs', 'INR'],
  ['₩', 'KRW'],
  ['￦', 'KRW'],
  ['원', 'KRW'],
  ['₽', 'RUB'],
  ['руб.', 'RUB'],
  ['руб', 'RUB'],
  ['₺', 'TRY'],
  ['TL', 'TRY'],
  ['₴', 'UAH'],
  ['грн', 'UAH'],
  ['₪', 'ILS'],
  ['₫', 'VND'],
  ['฿', 'THB'],
  ['₱', 'PHP'],
  ['₦', 'NGN'],
  ['₿', 'XBT'],
  ['zł', 'PLN'],
  ['Kč', 'CZK'],
  ['Ft', 'HUF'],
  ['lei', 'RON'],
  ['лв', 'BGN'],
  ['円', 'JPY'],
  ['元', 'CNY'],
  ['¥', 'JPY'],
  ['￥', 'JPY'],
  ['Fr.', 'CHF'],
  ['SFr.', 'CHF'],
  ['kr', 'SEK'],
  ['د.إ', 'AED'],
  ['ر.س', 'SAR'],
  ['Euros', 'EUR'],
  ['euros', 'EUR'],
  ['Euro', 'EUR'],
  ['euro', 'EUR'],
  ['EURO', 'EUR'],
  ['$', 'USD'],
]

const ISO_CODES = new Set(Intl.supportedValuesOf('currency'))
/** Codes that are words or names as well: "ALL 3 ITEMS", "TOP 10", "PHP 8", "AMD 5600" are no money. */
const WORDS = new Set(
  'ALL TOP TRY CUP PEN MOP BAM SOS MAD COP BAN BAD SIT PHP AMD BOB ESP DEM LAK GEL MUR RON'.split(
    ' ',
  ),
)
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const CODE = [...ISO_CODES].join('|')
const MARK = `(?:${SYMBOLS.map(([symbol]) => escaped(symbol)).join('|')}|${CODE})`
const SPACE = '[ \\u00a0\\u202f\\u2009]'
const NUMBER = `\\d{1,18}(?:(?:[.,'’]\\d{2,3}|${SPACE}\\d{3})(?!\\d))*(?:[.,]\\d{1,6})?(?:[.,][-–—])?`
/** Behind the amount: no letter or digit, and no further decimals. Without the last, "€1.23456789" would read as 1. */
const END = '(?![\\p{L}\\d]|[.,]\\d)'
/** Source of the expression that finds an amount with its currency; needs the flag `u`. The page reader runs it too. */
export const MONEY_PATTERN =
  `(?<![\\p{L}\\d.,]|\\d${SPACE}(?=[-−]))(?:` +
  `([-−])?(${MARK})${SPACE}{0,2}([-−]?${NUMBER})(?:${SPACE}?(${CODE}))?${END}|` +
  `([-−]?${NUMBER})${SPACE}{0,2}(${MARK})${END})`
const MONEY = new RegExp(MONEY_PATTERN, 'gu')

/** Decimal places of a currency: EUR 2, JPY 0, KWD 3. Unknown codes have 2. */
export function fractionDigits(currency: string): number {
  if (currency === 'XBT') return 8
  if (!ISO_CODES.has(currency)) return 2
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  )
}

/** All amounts with a currency in a text, in order. Texts over 2,000 characters are cut. */
export function readMoney(text: string): readonly MoneyReading[] {
  const found: MoneyReading[] = []
  for (const match of latinDigits(text.slice(0, 2_000)).matchAll(MONEY)) {
    const [, sign, before, numberBehind, code, numberBefore, behind] = match
    const number = numberBehind ?? numberBefore ?? ''
    // "$20 CAD": the code says which dollar.
    const mark = code ?? before ?? behind ?? ''
    if (WORDS.has(mark) && !looksLikeMoney(number, behind !== undefined)) continue
    const currency = currencyOf(mark, number)
    const amount = currency === undefined ? undefined : readNumber(number, currency)
    if (currency === undefined || amount === undefined) continue
    const negative = sign !== undefined && amount.amountMinor > 0
    found.push({
      amountMinor: negative ? -amount.amountMinor : amount.amountMinor,
      currency,
      ambiguous: amount.ambiguous,
    })
  }
  return found
}

/** Arabic, Persian and full-width digits and separators as ASCII, one character for one. */
function latinDigits(text: string): string {
  return text
    .replace(/[٠-٩۰-۹０-９]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[٫．]/g, '.')
    .replace(/[٬，]/g, ',')
}

/** `182.40 EUR`: plain digits with a point, for people and models alike; no locale, no grouping. */
export function formatMoney(money: Money): string {
  const digits = fractionDigits(money.currency)
  const sign = money.amountMinor < 0 ? '-' : ''
  const text = String(Math.abs(money.amountMinor)).padStart(digits + 1, '0')
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return `${sign}${whole} ${money.currency}`
}

/** Whether two amounts are the same money. */
export function sameMoney(a: Money, b: Money): boolean {
  return a.amountMinor === b.amountMinor && a.currency === b.currency
}

function looksLikeMoney(number: string, markBehind: boolean): boolean {
  return /[.,]\d{2}(?!\d)/.test(number) || (markBehind && /\d{2}/.test(number))
}

function currencyOf(mark: string, number: string): string | undefined {
  // Yen have no decimals; written with two, the sign means yuan.
  if ((mark === '¥' || mark === '￥') && /[.,]\d{2}$/.test(number)) return 'CNY'
  const symbol = SYMBOLS.find(([text]) => text === mark)
  if (symbol !== undefined) return symbol[1]
  return ISO_CODES.has(mark) ? mark : undefined
}

/**
 * Reads `1.234,56`, `1,234.56`, `1 234,56`, `1'234.50`, `1.234,-`. The last separator is the decimal one
 * if it stands alone of its kind and what follows cannot be a group of three.
 */
function readNumber(
  text: string,
  currency: string,
): { amountMinor: number; ambiguous: boolean } | undefined {
  const negative = /^[-−]/.test(text)
  const bare = text
    .replace(/^[-−]/, '')
    .replace(/[.,][-–—]$/, '')
    .replace(/[\s'’]/g, ' ')
  const { whole, fraction, ambiguous } = split(bare, fractionDigits(currency))
  const wholeDigits = whole.replace(/\D/g, '')
  if (wholeDigits === '') return undefined
  const digits = fractionDigits(currency)
  const kept = fraction.slice(0, digits).padEnd(digits, '0')
  // Finer than the smallest coin: upwards, so that the question never asks for less.
  const rest = /[1-9]/.test(fraction.slice(digits)) ? 1 : 0
  const amountMinor = Number(wholeDigits + kept) + rest
  if (!Number.isSafeInteger(amountMinor)) return undefined
  return { amountMinor: negative && amountMinor > 0 ? -amountMinor : amountMinor, ambiguous }
}

function split(
  bare: string,
  digits: number,
): { whole: string; fraction: string; ambiguous: boolean } {
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','))
  const group = { whole: bare, fraction: '', ambiguous: false }
  if (last < 0) return group
  const mark = bare[last] ?? ''
  const before = bare.slice(0, last)
  const after = bare.slice(last + 1)
  const decimal = { whole: before, fraction: after, ambiguous: false }
  // 1.234.567
  if (before.includes(mark)) return group
  // 1,234.567 and 1 234.567: thousands are written otherwise here.
  if (/[., ]/.test(before)) return decimal
  if (after.length !== 3 || before.length > 3 || /^0/.test(before)) return decimal
  if (digits === 0) return group
  // 1.234 dinars: with three decimals as a rule, and the point in front of them.
  if (digits === 3 && mark === '.') return decimal
  // `1.234` may be one thousand or one point two: the larger reading is the safe one, and is said.
  return { ...group, ambiguous: true }
}
