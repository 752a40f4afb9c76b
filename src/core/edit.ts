import { z } from 'zod'
import { digestOf } from './canonical.ts'
import { formatMoney } from './money.ts'
import type { Policy } from './policy.ts'
import { compareTerms, type FieldChange, type LineItem, type Terms } from './terms.ts'
import { plainLine } from './text.ts'

/** More would not fit into a form that people read. */
export const MAX_EDITABLE = 8

const of = {
  /** The field's name in the form, of which there is one. */
  name: z.string().min(1).max(200),
  /** As in `terms.fields`. */
  label: z.string().min(1).max(200),
  /** What it holds now: an option's own value for a choice. */
  value: z.string().max(400),
}
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

export const editableFieldSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...of,
    type: z.literal('number'),
    min: z.number().int().optional(),
    max: z.number().int().optional(),
    /** How many are ordered: it stands in `terms.quantity` and the line items. */
    isQuantity: z.literal(true).optional(),
  }),
  z.strictObject({ ...of, type: z.literal('text'), maxLength: z.number().int().positive() }),
  z.strictObject({ ...of, type: z.literal('date'), min: date.optional(), max: date.optional() }),
  z.strictObject({
    ...of,
    type: z.literal('choice'),
    options: z
      .array(z.strictObject({ value: z.string().max(200), label: z.string().min(1).max(200) }))
      .min(1)
      .max(50),
  }),
])

/**
 * A field of the held form that a reviewer may change before approving. Numbers are whole, dates are
 * `YYYY-MM-DD`. Never one that says what is done, to whom, or with which money, and never a secret.
 */
export type EditableField = z.infer<typeof editableFieldSchema>

/** New values by the fields' names, as they stand in the form. */
export type EditedValues = Readonly<Record<string, string>>

/** A value that the reviewer changed before approving. */
export interface FieldEdit {
  readonly field: string
  readonly before: string
  readonly after: string
}

/** Why values are refused, for the one who gave them; `field` is the name of the one at fault. */
export interface EditRefusal {
  readonly refused: string
  readonly field?: string
}

/**
 * The fields that a request's reviewer may change. None where several must agree: the second would
 * approve something else than the first.
 */
export function offeredEdits(request: {
  readonly policy: Policy
  readonly evidence: { readonly editable?: readonly EditableField[] | undefined }
}): readonly EditableField[] {
  const { policy, evidence } = request
  return policy.allowEdits && policy.quorum === 1 ? (evidence.editable ?? []) : []
}

/** Holds values against the fields they are for. Unchanged ones are dropped. */
export function checkEdits(
  editable: readonly EditableField[],
  values: EditedValues,
): { readonly values: EditedValues } | EditRefusal {
  const changed: [string, string][] = []
  for (const [name, value] of Object.entries(values)) {
    const field = editable.find((one) => one.name === name)
    if (field === undefined) {
      return { refused: `“${plainLine(name, 60)}” is no field that may be changed`, field: name }
    }
    if (value === field.value) continue
    const wrong = whyNot(field, value)
    if (wrong !== undefined) return { refused: `${titleOf(field)} ${wrong}`, field: name }
    changed.push([name, value])
  }
  return { values: Object.fromEntries(changed) }
}

/** What is wrong with a value, after the field's name. */
function whyNot(field: EditableField, value: string): string | undefined {
  // Also text that reads otherwise than it is: invisible and bidirectional characters.
  if (/[\p{Cc}\p{Cf}]/u.test(value) || !value.isWellFormed())
    return 'holds characters that cannot be seen'
  switch (field.type) {
    case 'number': {
      if (!/^(?:0|-?[1-9]\d{0,8})$/.test(value)) return 'must be a whole number'
      return outside(Number(value), field.min, field.max)
    }
    case 'date':
      return isDate(value)
        ? outside(value, field.min, field.max)
        : 'must be a date, such as 2026-12-24'
    case 'text':
      return value.length > field.maxLength
        ? `may have ${field.maxLength} characters at most`
        : undefined
    case 'choice':
      return field.options.some((option) => option.value === value)
        ? undefined
        : 'must be one of its options'
  }
}

function outside<T extends number | string>(value: T, min?: T, max?: T): string | undefined {
  const [more, less] = typeof value === 'string' ? ['later', 'earlier'] : ['more', 'less']
  if (min !== undefined && value < min) return `must be ${min} or ${more}`
  return max !== undefined && value > max ? `must be ${max} or ${less}` : undefined
}

function isDate(value: string): boolean {
  const at = new Date(`${value}T00:00:00.000Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === value
}

/** The terms as they are with these (checked) values. Nothing but the named fields differs; an amount stays the most that may be paid. */
export function editedTerms(
  terms: Terms,
  editable: readonly EditableField[],
  values: EditedValues,
): Terms {
  return changedOf(editable, values).reduce(
    (before, { field, value }) => withValue(before, field, value),
    terms,
  )
}

function withValue(terms: Terms, field: EditableField, value: string): Terms {
  if (field.type === 'number' && field.isQuantity)
    return withQuantity(terms, Number(field.value), Number(value))
  const shown = plainLine(shownValue(field, value), 300)
  const others = (terms.fields ?? []).filter(({ label }) => label !== field.label)
  // A field that is left empty is none of the terms'.
  const fields = shown === '' ? others : [...others, { label: field.label, value: shown }]
  const { fields: _, ...rest } = terms
  return fields.length === 0 ? rest : { ...rest, fields }
}

function withQuantity(terms: Terms, before: number, after: number): Terms {
  const quantity = terms.quantity === undefined ? after : terms.quantity + after - before
  const counted = terms.items?.filter((item) => item.quantity === before) ?? []
  // Several could be meant: as they are, they will not be what the page then shows.
  if (terms.items === undefined || counted.length !== 1) return { ...terms, quantity }
  const items = terms.items.map((item) => (item === counted[0] ? withCount(item, after) : item))
  return { ...terms, quantity, items }
}

function withCount({ totalMinor: _, ...item }: LineItem, quantity: number): LineItem {
  const { unitMinor } = item
  return {
    ...item,
    quantity,
    ...(unitMinor === undefined ? {} : { totalMinor: unitMinor * quantity }),
  }
}

/**
 * What stands between the approved terms, changed by these values, and what the page makes of them. A
 * lower quantity must not bring a higher price for each, though the total may be lower.
 */
export function compareEdited(
  approved: Terms,
  edits: { readonly editable: readonly EditableField[]; readonly values: EditedValues },
  now: Terms,
): readonly FieldChange[] {
  const changed = compareTerms(editedTerms(approved, edits.editable, edits.values), now)
  return changed.length > 0 ? changed : risenPrices(approved, now)
}

function risenPrices(approved: Terms, now: Terms): readonly FieldChange[] {
  const currency = typeof approved.amount === 'object' ? approved.amount.currency : undefined
  const show = (minor: number | undefined): string =>
    minor === undefined || currency === undefined
      ? 'unreadable'
      : formatMoney({ amountMinor: Math.round(minor), currency })
  return (approved.items ?? []).flatMap((item, index) => {
    const before = priceOf(item)
    const after = priceOf(now.items?.[index])
    if (before === undefined || (after !== undefined && after - before < 1)) return []
    return [
      { field: `price of ${plainLine(item.name, 60)}`, approved: show(before), now: show(after) },
    ]
  })
}

function priceOf(item: LineItem | undefined): number | undefined {
  if (item?.totalMinor === undefined || item.quantity <= 0) return item?.unitMinor
  return item.unitMinor ?? item.totalMinor / item.quantity
}

/** What was changed, for people and models. */
export function editsOf(
  editable: readonly EditableField[],
  values: EditedValues,
): readonly FieldEdit[] {
  return changedOf(editable, values).map(({ field, value }) => ({
    field: titleOf(field),
    before: plainLine(shownValue(field, field.value), 60) || '(empty)',
    after: plainLine(shownValue(field, value), 60) || '(empty)',
  }))
}

/** `quantity 2 → 1, Ship date 2026-12-01 → 2026-12-03` */
export function describeEdits(edits: readonly FieldEdit[]): string {
  return edits.map(({ field, before, after }) => `${field} ${before} → ${after}`).join(', ')
}

function changedOf(editable: readonly EditableField[], values: EditedValues) {
  return editable.flatMap((field) => {
    const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined
    return value === undefined || value === field.value ? [] : [{ field, value }]
  })
}

function titleOf(field: EditableField): string {
  return field.type === 'number' && field.isQuantity ? 'quantity' : plainLine(field.label, 60)
}

function shownValue(field: EditableField, value: string): string {
  if (field.type !== 'choice') return value
  return field.options.find((option) => option.value === value)?.label ?? value
}

/** SHA-256 of the values, for the signature and the audit. */
export function valuesDigest(values: EditedValues): string {
  return digestOf('holdpoint.values/1', values)
}
