import { type Money, type RequestFacts, readMoney } from 'holdpoint/guard'
import { identifierWords, wordSet } from './words.ts'

const MAX_FIELDS = 300
const TOTAL_WORDS = wordSet(
  'total grandtotal amount payable sum due betrag gesamt gesamtbetrag summe montant importe totale totaal kwota suma charge',
)
const PRICE_WORDS = wordSet('price cost fee preis prix precio prezzo prijs')
const PARTIAL_WORDS = wordSet(
  'sub subtotal tax vat mwst shipping delivery discount item items unit line lines product products min max minimum maximum count quantity qty paid before original list compare compared saved saving savings points refund refunded breakdown balance limit fraction digits rate percent tip weight old was regular rrp msrp',
)
const MINOR_WORDS = wordSet('cents cent minor pence subunits subunit minorunits')
const MINOR_HOSTS = /(?:^|\.)(?:stripe|adyen|mollie|klarna)\.(?:com|net)$|^checkoutshopper-/i

interface BodyAmount {
  /** All ways to read it: `1999` may be 1999.00 or 19.99. */
  readonly readings: readonly Money[]
  readonly isTotal: boolean
}

/**
 * The amount that a request's own body or query carries and that is *more* than the page shows, or
 * undefined. Whole numbers may be cents: they agree with the page if one reading does, or comes near.
 */
export function higherAmount(request: RequestFacts, shown: Money): Money | undefined {
  const stated = currencyOf(request)
  const currency = stated ?? shown.currency
  const higher = amountsIn(request, currency).flatMap(({ readings, isTotal }) => {
    const same = readings.filter((money) => money.currency === shown.currency)
    if (same.some((money) => money.amountMinor === shown.amountMinor)) return []
    // A total just below the page's (before shipping, say) is a plausible reading; a tiny one is not.
    const plausible = same.some(
      (money) =>
        money.amountMinor <= shown.amountMinor && money.amountMinor * 2 >= shown.amountMinor,
    )
    if (readings.length > 1 && plausible) return []
    const reading = isTotal ? largest(readings) : smallest(readings)
    if (reading === undefined) return []
    if (reading.currency !== shown.currency) return isTotal ? [reading] : []
    return reading.amountMinor > shown.amountMinor ? [reading] : []
  })
  return largest(higher)
}

/** The amount of a request whose page could not be read: the largest total, read as the larger sum. */
export function amountOf(request: RequestFacts): Money | 'unreadable' {
  const currency = currencyOf(request)
  const amounts = amountsIn(request, currency)
  const totals = amounts.filter(({ isTotal }) => isTotal)
  const readings = (totals.length > 0 ? totals : amounts).map((amount) => largest(amount.readings))
  return largest(readings.filter((money) => money !== undefined)) ?? 'unreadable'
}

function amountsIn(request: RequestFacts, currency: string | undefined): readonly BodyAmount[] {
  const minorHost = MINOR_HOSTS.test(URL.parse(request.url)?.hostname ?? '')
  return [...request.fields, ...request.query].slice(0, MAX_FIELDS).flatMap(({ name, value }) => {
    const parts = name
      .slice(0, 300)
      .split(/[.[\]]+/)
      .filter((part) => part !== '')
    const words = parts.flatMap((part) => identifierWords(part))
    const leaf = parts
      .filter((part) => !/^\d+$/.test(part))
      .slice(-2)
      .flatMap((part) => identifierWords(part))
    if (words.some((word) => PARTIAL_WORDS.has(word))) return []
    const isTotal = leaf.some((word) => TOTAL_WORDS.has(word))
    if (!isTotal && !leaf.some((word) => PRICE_WORDS.has(word))) return []
    const minor = minorHost || words.some((word) => MINOR_WORDS.has(word))
    const readings = readingsOf(value.slice(0, 60).trim(), currency, minor)
    return readings.length === 0 ? [] : [{ readings, isTotal }]
  })
}

function readingsOf(value: string, currency: string | undefined, minor: boolean): readonly Money[] {
  const written = readMoney(value)
  if (written.length > 0)
    return written.map(({ amountMinor, currency: code }) => ({ amountMinor, currency: code }))
  if (currency === undefined || !/^\d[\d.,' ]{0,20}$/.test(value)) return []
  const whole = /^\d{1,15}$/.test(value)
  const inMinor = { amountMinor: Number(value), currency }
  if (whole && minor) return [inMinor]
  const major = readMoney(`${value} ${currency}`)[0]
  const inMajor = major && { amountMinor: major.amountMinor, currency }
  if (inMajor === undefined) return whole ? [inMinor] : []
  return whole && inMajor.amountMinor !== inMinor.amountMinor ? [inMajor, inMinor] : [inMajor]
}

function currencyOf(request: RequestFacts): string | undefined {
  for (const { name, value } of [...request.fields, ...request.query].slice(0, MAX_FIELDS)) {
    const leaf = identifierWords(name.slice(0, 200).split('.').at(-1) ?? '')
    if (leaf.includes('currency') && /^[a-z]{3}$/i.test(value)) return value.toUpperCase()
  }
  return undefined
}

function largest(amounts: readonly Money[]): Money | undefined {
  return amounts.reduce<Money | undefined>(
    (best, money) => (best === undefined || money.amountMinor > best.amountMinor ? money : best),
    undefined,
  )
}

function smallest(amounts: readonly Money[]): Money | undefined {
  return amounts.reduce<Money | undefined>(
    (best, money) => (best === undefined || money.amountMinor < best.amountMinor ? money : best),
    undefined,
  )
}
