import { digestOf } from './canonical.ts'
import { formatMoney, type Money } from './money.ts'

/** One position of an order. Amounts in minor units of the terms' currency. */
export interface LineItem {
  readonly name: string
  readonly quantity: number
  readonly unitMinor?: number
  readonly totalMinor?: number
}

/** A field as the reviewer sees it. A secret is only `present`; card and account numbers show four digits. */
export type TermsField =
  | { readonly label: string; readonly value: string }
  | { readonly label: string; readonly present: true; readonly last4?: string }

/**
 * What the person agrees to. Stored as it is, hashed for signing, compared rule by rule before it runs.
 * `unreadable` is an amount that must exist but could not be read; it equals nothing but itself.
 */
export interface Terms {
  readonly v: 1
  readonly amount?: Money | 'unreadable'
  /** Host that gets the money or the data, as the browser says it. */
  readonly recipient?: string
  readonly quantity?: number
  readonly items?: readonly LineItem[]
  readonly fields?: readonly TermsField[]
  readonly recurrence?: 'none' | 'recurring'
}

/** SHA-256 of the terms; only `termsDigest` makes one. */
export type TermsDigest = string & { readonly __brand: 'TermsDigest' }

/** One difference between what was approved and what is there now, in words people read. */
export interface FieldChange {
  readonly field: string
  readonly approved: string
  readonly now: string
}

export function termsDigest(terms: Terms): TermsDigest {
  return digestOf('holdpoint.terms/1', terms as never) as TermsDigest
}

/**
 * What stands between the approved terms and the ones about to run; empty if they may run.
 * Amount: at most what was approved, in the same currency. Everything else: equal.
 */
export function compareTerms(approved: Terms, now: Terms): readonly FieldChange[] {
  return [
    ...compareAmounts(approved.amount, now.amount),
    ...compareText('recipient', approved.recipient, now.recipient),
    ...compareText('quantity', approved.quantity?.toString(), now.quantity?.toString()),
    ...compareItems(approved.items ?? [], now.items ?? []),
    ...compareFields(approved.fields ?? [], now.fields ?? []),
    ...compareText('recurring', approved.recurrence ?? 'none', now.recurrence ?? 'none'),
  ]
}

/** Whether two terms ask the same thing: nothing differs in either direction. */
export function equalTerms(a: Terms, b: Terms): boolean {
  return termsDigest(a) === termsDigest(b)
}

/** `total 182.40 → 199.00 EUR; Card ••4242 → ••1111` */
export function describeChanges(changes: readonly FieldChange[]): string {
  return changes
    .map(({ field, approved, now }) => {
      const [, before, unit] = /^(.*\d) ([A-Z]{3})$/.exec(approved) ?? []
      const shown = unit !== undefined && now.endsWith(` ${unit}`) ? before : approved
      return `${field} ${shown} → ${now}`
    })
    .join('; ')
}

function compareAmounts(approved: Terms['amount'], now: Terms['amount']): readonly FieldChange[] {
  if (approved === undefined && now === undefined) return []
  if (approved === 'unreadable' && now === 'unreadable') return []
  const bothRead = typeof approved === 'object' && typeof now === 'object'
  // A cheaper total is no reason to ask again; another currency is, whatever the figure.
  if (bothRead && now.currency === approved.currency && now.amountMinor <= approved.amountMinor)
    return []
  return [{ field: 'total', approved: showAmount(approved), now: showAmount(now) }]
}

function showAmount(amount: Terms['amount']): string {
  if (amount === undefined) return 'none'
  return amount === 'unreadable' ? 'unreadable' : formatMoney(amount)
}

function compareText(
  field: string,
  approved: string | undefined,
  now: string | undefined,
): readonly FieldChange[] {
  return approved === now ? [] : [{ field, approved: approved ?? 'none', now: now ?? 'none' }]
}

function compareItems(
  approved: readonly LineItem[],
  now: readonly LineItem[],
): readonly FieldChange[] {
  // Compared as whole lists: an item that moved, split or doubled is another order.
  const show = (items: readonly LineItem[]): string =>
    items.map((item) => `${item.quantity} × ${item.name}`).join(', ') || 'none'
  return compareText('items', show(approved), show(now))
}

function compareFields(
  approved: readonly TermsField[],
  now: readonly TermsField[],
): readonly FieldChange[] {
  const labels = [...new Set([...approved, ...now].map((field) => field.label))]
  return labels.flatMap((label) =>
    compareText(label, showFields(approved, label), showFields(now, label)),
  )
}

function showFields(fields: readonly TermsField[], label: string): string | undefined {
  const same = fields.filter((field) => field.label === label)
  if (same.length === 0) return undefined
  return same.map(showField).join(', ')
}

/** A field's value for people: secrets as `••4242` or `(given)`. */
export function showField(field: TermsField): string {
  if ('value' in field) return field.value === '' ? '(empty)' : field.value
  return field.last4 === undefined ? '(given)' : `••${field.last4}`
}
