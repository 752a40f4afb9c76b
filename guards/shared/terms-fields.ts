import { type FieldReading, plainLine, type RequestField, type TermsField } from 'holdpoint/guard'
import { type FieldKind, isShown, kindOf } from './fields.ts'
import { identifierWords } from './words.ts'

const MAX_FIELDS = 40
const MAX_LABEL_CHARS = 80
const MAX_VALUE_CHARS = 300

// Never shown in any form; and what is no part of what is agreed to: searches, tokens, countdowns.
const LEFT_OUT: ReadonlySet<FieldKind> = new Set([
  'cardSecret',
  'password',
  'oneTimeCode',
  'token',
  'search',
  'locale',
  'button',
  'coupon',
  'quantity',
])
const ORDER_OF_KINDS: readonly FieldKind[] = [
  'name',
  'email',
  'phone',
  'birth',
  'address',
  'postcode',
  'place',
  'delivery',
  'amount',
  'message',
  'file',
  'cardHolder',
  'cardNumber',
  'bankAccount',
  'paymentChoice',
  'terms',
]

/**
 * The visible, filled fields that a person would want to see, in one fixed order, so that it does not
 * matter which of them stand inside the form. Card and account numbers show four digits at most.
 */
export function termsFields(fields: readonly FieldReading[]): readonly TermsField[] {
  const rows = fields.filter(isShown).flatMap((field) => {
    const kind = kindOf(field)
    const shown = termsField(field, kind)
    return shown === undefined ? [] : [{ rank: rankOf(kind), shown }]
  })
  return inOrder(rows)
}

/** The same from a request's body, for a page that could not be read: known kinds only. */
export function bodyFields(fields: readonly RequestField[]): readonly TermsField[] {
  const rows = fields.slice(0, 200).flatMap(({ name, value }) => {
    const leaf = name.split('.').at(-1) ?? name
    const field = { ...NO_FIELD, name: leaf, label: identifierWords(leaf).join(' '), value }
    const kind = kindOf(field)
    if (!ORDER_OF_KINDS.includes(kind) || kind === 'terms') return []
    const shown = termsField({ ...field, filled: value !== '' }, kind)
    return shown === undefined ? [] : [{ rank: rankOf(kind), shown }]
  })
  return inOrder(rows)
}

function termsField(field: FieldReading, kind: FieldKind): TermsField | undefined {
  const label = labelFor(field)
  const type = field.type.toLowerCase()
  if (LEFT_OUT.has(kind) || label === '') return undefined
  if (kind === 'cardNumber' || kind === 'bankAccount') {
    return field.filled || field.value !== ''
      ? present(label, field.last4 ?? lastFour(field.value))
      : undefined
  }
  // A secret of a kind that is not known here is not shown, unless it is a number with its last four.
  if (field.secret) return field.last4 === undefined ? undefined : present(label, field.last4)
  if (type === 'checkbox' || type === 'switch')
    return field.checked === true ? { label, value: 'yes' } : undefined
  if (type === 'radio') return field.checked === true ? choice(field, label) : undefined
  if (kind === 'file') {
    const names = (field.files ?? []).map((file) => plainLine(file, 80)).join(', ')
    return names === '' ? undefined : { label, value: names }
  }
  const value = plainLine(field.value, MAX_VALUE_CHARS)
  if (value === '' || !field.filled || isRotating(value)) return undefined
  // The extractor may miss a card number in a field that is not called one: it is masked here too.
  return looksLikeCard(value) || looksLikeIban(value)
    ? present(label, lastFour(value))
    : { label, value }
}

// A radio button's own label is the choice; its name is what is chosen.
function choice(field: FieldReading, label: string): TermsField {
  const group = identifierWords(field.name).join(' ')
  const readable = /\p{L}{3}/u.test(group) && group.length <= 40 && !/\d{3}/.test(group)
  return { label: readable ? group : 'choice', value: withoutCountdown(label) }
}

/** What the terms call a field. */
export function labelFor(field: FieldReading): string {
  const label = withoutCountdown(plainLine(field.label, MAX_LABEL_CHARS))
  return label === '' ? plainLine(identifierWords(field.name).join(' '), MAX_LABEL_CHARS) : label
}

/** Cuts running clocks out of a text: "Express (order within 2 h 13 min)" must read the same later. */
export function withoutCountdown(text: string): string {
  return text
    .replace(/\b\d{1,3}:\d{2}:\d{2}\b/g, '')
    .replace(
      /\b\d{1,3} ?(?:h|hrs?|hours?|std|stunden?) ?\d{1,2} ?(?:m|mins?|minutes?|minuten)\b/giu,
      '',
    )
    .replace(
      /\b\d{1,3} ?(?:mins?|minutes?|minuten) ?\d{1,2} ?(?:s|secs?|seconds?|sekunden)\b/giu,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim()
}

function inOrder(
  rows: readonly { readonly rank: number; readonly shown: TermsField }[],
): readonly TermsField[] {
  const keys = new Set<string>()
  return [...rows]
    .sort((a, b) => a.rank - b.rank || compare(keyOf(a.shown), keyOf(b.shown)))
    .map(({ shown }) => shown)
    .filter((shown) => !keys.has(keyOf(shown)) && keys.add(keyOf(shown)))
    .slice(0, MAX_FIELDS)
}

// By code units, not by locale: the order must not depend on the machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function keyOf(field: TermsField): string {
  return JSON.stringify([field.label, 'value' in field ? field.value : (field.last4 ?? '')])
}

function rankOf(kind: FieldKind): number {
  const rank = ORDER_OF_KINDS.indexOf(kind)
  return rank < 0 ? ORDER_OF_KINDS.length : rank
}

function present(label: string, last4: string | undefined): TermsField {
  return last4 === undefined || last4 === ''
    ? { label, present: true }
    : { label, present: true, last4 }
}

function lastFour(value: string): string | undefined {
  const digits = value.replace(/[^\dA-Z]/gi, '')
  return digits.length >= 12 ? digits.slice(-4) : undefined
}

function looksLikeCard(value: string): boolean {
  const digits = value.replace(/[ -]/g, '')
  if (!/^\d{13,19}$/.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

function looksLikeIban(value: string): boolean {
  return /^[A-Z]{2}\d{2}[\dA-Z]{11,30}$/i.test(value.replace(/ /g, ''))
}

// Card tokens, idempotency keys and the like change with every reading and bind nobody.
function isRotating(value: string): boolean {
  return (
    /^(?:pm|tok|pi|cs|seti|src|ctoken)_[\w-]{8,}$/.test(value) ||
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value) ||
    /^[0-9a-f]{32,}$/i.test(value)
  )
}

const NO_FIELD: FieldReading = {
  label: '',
  name: '',
  type: 'text',
  autocomplete: '',
  value: '',
  secret: false,
  filled: false,
  visible: true,
}
