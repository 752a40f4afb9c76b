import {
  type Attempt,
  type EditableField,
  type FieldReading,
  readMoney,
  type Terms,
} from 'holdpoint/guard'
import { IDENTITY_LABELS, IDENTITY_NAMES } from '../words/identity-words.ts'
import { type FieldKind, isShown, kindOf } from './fields.ts'
import { labelFor } from './terms-fields.ts'
import { identifierMatcher, identifierWords, matcher } from './words.ts'

const MAX_FIELDS = 8
const MAX_TEXT_CHARS = 300

/** Who, where and how much are never a reviewer's to change: they would approve something else. */
const CHANGEABLE: ReadonlySet<FieldKind> = new Set(['message', 'delivery', 'other'])
const isIdentityName = identifierMatcher(IDENTITY_NAMES)
const isIdentityLabel = matcher(IDENTITY_LABELS)

/** The fields of the very form that is sent which a reviewer may change, in the form's order. */
export function editableFields(attempt: Attempt, terms: Terms): readonly EditableField[] {
  const all = attempt.page?.form?.fields ?? []
  // What it costs is no part of these terms, and an answer could change it.
  if (attempt.page?.payable !== undefined) return []
  return fieldsOf(attempt)
    .filter((field) => CHANGEABLE.has(kindOf(field)) && !saysWho(field) && isOneOf(field, all))
    .flatMap((field) => offer(field, terms) ?? [])
    .slice(0, MAX_FIELDS)
}

/** The order's one quantity, to be lowered: more of it would cost more than is asked about. */
export function editableQuantity(attempt: Attempt, terms: Terms): readonly EditableField[] {
  const all = fieldsOf(attempt).filter((field) => kindOf(field) === 'quantity')
  const [field, ...others] = all
  if (field === undefined || others.length > 0) return []
  if (!isOneOf(field, attempt.page?.form?.fields ?? [])) return []
  // Nobody could say whether it had become dearer.
  if (typeof terms.amount !== 'object') return []
  const edit = editOf(field)
  if (edit?.type !== 'number') return []
  const now = Number(edit.value)
  // Else nobody could tell which of the items it counts, or whether each became dearer.
  const [item, ...alike] = (terms.items ?? []).filter(({ quantity }) => quantity === now)
  const price = item?.unitMinor ?? item?.totalMinor
  const min = Math.max(1, edit.min ?? 1)
  if (terms.quantity === undefined || price === undefined || alike.length > 0 || now <= min) {
    return []
  }
  return [{ ...edit, min, max: now, isQuantity: true }]
}

/** Of the form that a click sends, while the page is intact. */
function fieldsOf({ via, method, page }: Attempt): readonly FieldReading[] {
  if (via !== 'call' || method !== 'click' || page === undefined || page.truncated) return []
  return (page.form?.fields ?? []).filter((field) => isShown(field) && !field.secret)
}

function saysWho({ name, label, value, autocomplete }: FieldReading): boolean {
  return (
    (autocomplete !== '' && autocomplete !== 'off' && autocomplete !== 'on') ||
    isIdentityName(identifierWords(name)) ||
    isIdentityLabel(label) ||
    readMoney(value).length > 0 ||
    /@|:\/\/|\+\d|\d{8}/.test(value)
  )
}

function isOneOf(field: FieldReading, all: readonly FieldReading[]): boolean {
  const label = labelFor(field)
  return all.every(
    (other) => other === field || (other.name !== field.name && labelFor(other) !== label),
  )
}

/** Only what the terms show as it stands: the comparison before it runs is by them. */
function offer(field: FieldReading, terms: Terms): EditableField | undefined {
  const label = labelFor(field)
  const shown = (terms.fields ?? []).filter((one) => one.label === label)
  const isShownSo =
    field.value === ''
      ? shown.length === 0
      : shown.length === 1 && shown.every((one) => 'value' in one && one.value === field.value)
  return isShownSo ? editOf(field) : undefined
}

const WHOLE = /^(?:0|-?[1-9]\d{0,8})$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

function editOf(field: FieldReading): EditableField | undefined {
  const { name, value, takes } = field
  const base = { name, label: labelFor(field), value }
  // A name that every object answers to would be found where it is not.
  if (takes === undefined || name === '' || name in {} || base.label === '') return undefined
  const { min, max, step, maxLength, menu } = takes
  switch (field.type) {
    case 'number':
      // Others than whole numbers are money, weights and measures.
      if (!WHOLE.test(value) || !/^1?$/.test(step)) return undefined
      return {
        ...base,
        type: 'number',
        ...(WHOLE.test(min) ? { min: Number(min) } : {}),
        ...(WHOLE.test(max) ? { max: Number(max) } : {}),
      }
    case 'date':
      return {
        ...base,
        type: 'date',
        ...(DATE.test(min) ? { min } : {}),
        ...(DATE.test(max) ? { max } : {}),
      }
    case 'text':
    case 'textarea': {
      const most = Math.min(Number(maxLength) || MAX_TEXT_CHARS, MAX_TEXT_CHARS)
      return value.length > most ? undefined : { ...base, type: 'text', maxLength: most }
    }
    default:
      return menu === undefined ? undefined : choice({ ...base, value: menu.chosen }, menu.options)
  }
}

function choice(
  base: Pick<EditableField, 'name' | 'label' | 'value'>,
  all: readonly { readonly value: string; readonly label: string }[],
): EditableField | undefined {
  const options = all.filter(({ value, label }) => value !== '' && label !== '')
  const isTold = (of: 'value' | 'label') =>
    new Set(options.map((one) => one[of])).size === options.length
  if (options.length === 0 || !isTold('value') || !isTold('label')) return undefined
  return { ...base, type: 'choice', options }
}
