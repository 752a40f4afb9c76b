import { z } from 'zod'
import {
  formatMoney,
  MONEY_PATTERN,
  type Money,
  type MoneyReading,
  readMoney,
  sameMoney,
} from './money.ts'
import {
  type AmountReading,
  elementReadingSchema,
  fieldReadingSchema,
  formReadingSchema,
  type PageReading,
} from './reading.ts'
import { plainLine } from './text.ts'
import { isPartialLabel, isTotalLabel } from './total-words.ts'

const moneySchema = z.strictObject({
  amountMinor: z.number().int(),
  currency: z.string().length(3),
})

export const lineItemSchema = z.strictObject({
  name: z.string(),
  quantity: z.number(),
  unitMinor: z.number().int().optional(),
  totalMinor: z.number().int().optional(),
})

/**
 * The DOM summary: what will happen, to whom, for how much, with which fields, and what else is on the
 * order. Money in minor units; texts are the page's own and untrusted.
 */
export const pageSummarySchema = z.strictObject({
  v: z.literal(1),
  origin: z.string(),
  path: z.string(),
  title: z.string(),
  lang: z.string(),
  headings: z.array(z.string()),
  target: elementReadingSchema.optional(),
  form: formReadingSchema.optional(),
  otherFields: z.array(fieldReadingSchema),
  items: z.array(lineItemSchema),
  /** The payable total, and how many places of the page show it. */
  payable: z
    .strictObject({
      total: moneySchema,
      places: z.number().int(),
      /** Other amounts that the page calls a total too. */
      disagreeing: z.array(z.string()),
      ambiguous: z.boolean(),
    })
    .optional(),
  /** Where no total is shown: the largest sum in the target's own row, card or dialog. */
  beside: moneySchema.optional(),
  notes: z.array(z.string()),
  recurring: z.boolean(),
  frames: z.array(z.strictObject({ origin: z.string(), crossOrigin: z.boolean() })),
  truncated: z.boolean(),
  opaque: z.array(z.string()),
})

/**
 * What a page shows, as far as guards judge by it.
 * @interface
 */
export type PageSummary = z.infer<typeof pageSummarySchema>

/** Reads sense into a page reading. Pure: the same reading always gives the same summary. */
export function summarise(reading: PageReading): PageSummary {
  const url = new URL(reading.url)
  const payable = readPayable(reading)
  const beside = payable === undefined ? readBeside(reading.amounts) : undefined
  return {
    v: 1,
    origin: url.origin,
    path: url.pathname,
    title: plainLine(reading.title),
    lang: reading.lang,
    headings: reading.headings.map((heading) => plainLine(heading)),
    ...(reading.target === undefined ? {} : { target: reading.target }),
    ...(reading.form === undefined ? {} : { form: reading.form }),
    otherFields: reading.otherFields,
    items: readItems(reading.rows, payable?.total.currency),
    ...(payable === undefined ? {} : { payable }),
    ...(beside === undefined ? {} : { beside }),
    notes: reading.notes.map((note) => plainLine(note, 300)),
    recurring:
      reading.amounts.some((amount) => RECURRING.test(`${amount.label} ${amount.text}`)) ||
      reading.notes.some((note) => RECURRING.test(note)),
    frames: reading.frames.map(({ origin, crossOrigin }) => ({ origin, crossOrigin })),
    truncated: reading.truncated,
    opaque: reading.opaque,
  }
}

const RECURRING =
  /(?:\/\s?(?:mo|month|yr|year|monat|jahr|mois|an|mes|año)\b|per (?:month|year|week)|monthly|yearly|pro monat|monatlich|jährlich|par mois|al mes|renews? automatically|auto-?renew|verlängert sich)/iu

type LabelledAmount = { readonly source: AmountReading; readonly money: MoneyReading }

function readPayable(reading: PageReading): PageSummary['payable'] {
  const read: LabelledAmount[] = reading.amounts.flatMap((source) =>
    readMoney(source.text).map((money) => ({ source, money: unsigned(money) })),
  )
  const totals = read.filter(
    ({ source }) => isTotalLabel(source.label) && !isPartialLabel(source.label),
  )
  // Without a row that says "total", an amount on a button ("Pay 20 €") is the one that counts.
  const shown = totals.length > 0 ? totals : read.filter(({ source }) => source.place === 'control')
  // What the pressed button itself says counts in any case: "Total 20 €" above "Pay 300 €" is a trap.
  const pressed = [reading.target?.name, reading.form?.submitter]
    .filter((name, index, names) => name !== undefined && names.indexOf(name) === index)
    .flatMap((name) => readMoney(name ?? '').map(unsigned))
  const candidates = [...shown.map(({ money }) => money), ...pressed]
  if (candidates.length === 0) return undefined
  // The largest, never the first: a page that shows a small total on top must not lower the question.
  const largest = candidates.reduce((a, b) => (b.amountMinor > a.amountMinor ? b : a))
  const disagreeing = candidates.filter((money) => !sameMoney(money, largest)).map(formatMoney)
  return {
    total: { amountMinor: largest.amountMinor, currency: largest.currency },
    places: Math.max(1, read.filter(({ money }) => sameMoney(money, largest)).length),
    disagreeing: [...new Set([...disagreeing, ...hiddenTotals(reading.amounts, largest)])],
    ambiguous: largest.ambiguous,
  }
}

/** Many sums beside each other are a list of prices, and none of them is what one click costs. */
const MAX_BESIDE = 6

function readBeside(amounts: readonly AmountReading[]): Money | undefined {
  const near = amounts
    .filter((source) => source.near === true)
    .flatMap(({ text }) => readMoney(text).map(unsigned))
  const [first, ...rest] = near
  if (first === undefined || near.length > MAX_BESIDE) return undefined
  if (rest.some((money) => money.currency !== first.currency)) return undefined
  const amountMinor = Math.max(...near.map((money) => money.amountMinor))
  return { amountMinor, currency: first.currency }
}

/** A dash before an amount is punctuation as often as a sign; nobody is asked to approve less than nothing. */
function unsigned(money: MoneyReading): MoneyReading {
  return { ...money, amountMinor: Math.abs(money.amountMinor) }
}

/** Totals in hidden fields, which carry no currency: "18240" and "182.40" agree with 182.40 EUR. */
function hiddenTotals(amounts: readonly AmountReading[], total: Money): readonly string[] {
  return amounts
    .filter(
      ({ place, label, text }) =>
        place === 'hidden-field' &&
        isTotalLabel(label) &&
        !isPartialLabel(label) &&
        // A plain number may count things; one that says cents, or has two decimals, is money.
        (/^\d+[.,]\d{2}$/.test(text) || (/^\d+$/.test(text) && /cent|minor|amount/i.test(label))),
    )
    .filter(({ text }) => {
      const [whole = '', decimals] = text.split(/[.,]/)
      const major = readMoney(`${text} ${total.currency}`)[0]?.amountMinor
      const minor = decimals === undefined ? Number(whole) : undefined
      return major !== total.amountMinor && minor !== total.amountMinor
    })
    .map(({ label, text }) => `${text} (hidden field ${plainLine(label, 40)})`)
}

const QUANTITY =
  /^(?:[x×]\s*)?(\d{1,4})(?:\s*[x×])?$|(?:^|\s)(\d{1,4})\s*[x×](?=\s|$)|(?:^|\s)[x×]\s*(\d{1,4})(?=\s|$)|(?:qty|quantity|menge|anzahl|quantité|cantidad|pcs|stück|stk)\.?:?\s*(\d{1,4})/iu

function readItems(rows: PageReading['rows'], currency: string | undefined): PageSummary['items'] {
  return rows.flatMap((row) => {
    const cells = row.cells.map((cell) => plainLine(cell))
    const money = cells
      .flatMap((cell) => readMoney(cell))
      .filter((m) => currency === undefined || m.currency === currency)
    const name =
      cells.find((cell) => LETTERS.test(cell) && readMoney(cell).length === 0) ??
      cells.find((cell) => LETTERS.test(cell))
    if (money.length === 0 || name === undefined || isSum(name, cells)) return []
    const totalMinor = money.at(-1)?.amountMinor
    const first = money[0]?.amountMinor
    return [
      {
        name: plainLine(bareName(name), 120),
        quantity: readQuantity(cells),
        ...(money.length > 1 && first !== undefined ? { unitMinor: first } : {}),
        ...(totalMinor === undefined ? {} : { totalMinor }),
      },
    ]
  })
}

const LETTERS = /\p{L}{2}|\p{Lo}/u

/** "Total", "Shipping": a row of the sum. A row with a quantity of its own is an item, whatever it is called. */
function isSum(name: string, cells: readonly string[]): boolean {
  const counted = cells.some(
    (cell) => cell !== name && /^(?:[x×]\s*)?\d{1,4}(?:\s*[x×])?$/u.test(cell),
  )
  return !counted && (isTotalLabel(name) || isPartialLabel(name))
}

/** A name without the quantity and the prices that stand in the same cell. */
function bareName(name: string): string {
  const bare = name
    .replace(MONEY, ' ')
    .replace(/(?:^|\s)\d{1,4}\s*[x×](?=\s|$)|\s[x×]\s*\d{1,4}(?=\s|$)/gu, ' ')
    .replace(/^[\s·|,;:–-]+|[\s·|,;:–-]+$/gu, '')
  return LETTERS.test(bare) ? bare : name
}

const MONEY = new RegExp(MONEY_PATTERN, 'gu')

function readQuantity(cells: readonly string[]): number {
  for (const cell of cells) {
    // "€12 × 3" and "12 €": the price is no quantity.
    const match = QUANTITY.exec(cell.replace(MONEY, ' ').trim())
    const digits = match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4]
    if (digits !== undefined) return Number(digits)
  }
  return 1
}
