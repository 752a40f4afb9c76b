import type { ElementReading, FieldReading, PageSummary } from 'holdpoint/guard'
import { LABEL_WORDS } from '../words/field-labels.ts'
import { NAME_WORDS } from '../words/field-names.ts'
import { PAYMENT_HEADINGS } from '../words/page-words.ts'
import { remember } from './remember.ts'
import { identifierMatcher, identifierWords, matcher } from './words.ts'

/** What a field holds, as far as its autofill token, type, name and label tell. */
export type FieldKind =
  | 'token'
  | 'oneTimeCode'
  | 'password'
  | 'cardNumber'
  | 'cardSecret'
  | 'cardHolder'
  | 'bankAccount'
  | 'coupon'
  | 'newsletter'
  | 'terms'
  | 'paymentChoice'
  | 'search'
  | 'locale'
  | 'quantity'
  | 'email'
  | 'phone'
  | 'postcode'
  | 'place'
  | 'birth'
  | 'address'
  | 'name'
  | 'delivery'
  | 'amount'
  | 'message'
  | 'file'
  | 'button'
  | 'other'

// In this order: a "card holder name" is no name, a "coupon search" no search.
const BY_NAME: readonly FieldKind[] = [
  'token',
  'oneTimeCode',
  'password',
  'cardHolder',
  'cardSecret',
  'cardNumber',
  'bankAccount',
  'coupon',
  'newsletter',
  'terms',
  'paymentChoice',
  'search',
  'locale',
  'quantity',
  'email',
  'phone',
  'postcode',
  'birth',
  'place',
  'address',
  'name',
  'delivery',
  'amount',
  'message',
]

const NAME_RULES = new Map(
  BY_NAME.map((kind) => [kind, identifierMatcher(NAME_WORDS[kind] ?? '')] as const),
)
const LABEL_RULES = new Map(
  BY_NAME.map((kind) => [kind, matcher(LABEL_WORDS[kind] ?? {})] as const),
)
const saysPayment = matcher(PAYMENT_HEADINGS)

const AUTOFILL: Readonly<Record<string, FieldKind>> = {
  'cc-number': 'cardNumber',
  'cc-csc': 'cardSecret',
  'cc-exp': 'cardSecret',
  'cc-exp-month': 'cardSecret',
  'cc-exp-year': 'cardSecret',
  'cc-name': 'cardHolder',
  'one-time-code': 'oneTimeCode',
  'current-password': 'password',
  'new-password': 'password',
  email: 'email',
  tel: 'phone',
  name: 'name',
  'given-name': 'name',
  'family-name': 'name',
  'street-address': 'address',
  'address-line1': 'address',
  'address-line2': 'address',
  'postal-code': 'postcode',
  'address-level1': 'place',
  'address-level2': 'place',
  country: 'place',
  'country-name': 'place',
  bday: 'birth',
  'transaction-amount': 'amount',
}

const TYPES: Readonly<Record<string, FieldKind>> = {
  password: 'password',
  search: 'search',
  email: 'email',
  tel: 'phone',
  file: 'file',
  textarea: 'message',
  submit: 'button',
  button: 'button',
  reset: 'button',
  image: 'button',
}

/** The kind of a field. Never its value: what was typed must not change what the field is. */
export const kindOf = remember(readKind, ({ autocomplete, type, name, label }: FieldReading) =>
  JSON.stringify([autocomplete, type, name, label]),
)

function readKind(
  field: Pick<FieldReading, 'autocomplete' | 'type' | 'name' | 'label'>,
): FieldKind {
  const token = field.autocomplete.toLowerCase().split(/\s+/).at(-1) ?? ''
  const autofill = AUTOFILL[token]
  if (autofill !== undefined) return autofill
  const type = field.type.toLowerCase()
  if (['password', 'file', 'submit', 'button', 'reset', 'image'].includes(type)) {
    return TYPES[type] ?? 'other'
  }
  const words = identifierWords(field.name)
  const allowed = (kind: FieldKind): boolean => kind !== 'terms' || type === 'checkbox'
  const byName = BY_NAME.find((kind) => allowed(kind) && NAME_RULES.get(kind)?.(words) === true)
  const byType = TYPES[type]
  // A choice such as "Credit card" or "PayPal" tells by its own label what is chosen from.
  const choice = isChoice(type)
  const byLabel = BY_NAME.find(
    (kind) =>
      allowed(kind) &&
      (kind !== 'paymentChoice' || choice) &&
      LABEL_RULES.get(kind)?.(field.label) === true,
  )
  if (type === 'textarea') return byName === 'address' || byName === 'token' ? byName : 'message'
  if (choice && byName === undefined && saysPayment(field.label)) return 'paymentChoice'
  return specific(byName) ?? byLabel ?? byName ?? byType ?? 'other'
}

/** The kind of the field that an act is aimed at. */
export function kindOfEntry(target: ElementReading): FieldKind {
  return readKind({
    autocomplete: '',
    type: target.type,
    name: target.elementName || target.id,
    label: target.name,
  })
}

/** Whether a person sees the field and it is one that people fill: no button, nothing hidden. */
export function isShown(field: FieldReading): boolean {
  return field.visible && field.type.toLowerCase() !== 'hidden' && kindOf(field) !== 'button'
}

/** The fields that go with the action: the form's and the visible ones around it. */
export function fieldsOf(page: PageSummary): readonly FieldReading[] {
  return [...(page.form?.fields ?? []), ...page.otherFields]
}

export function isChoice(type: string): boolean {
  return ['radio', 'select', 'select-one', 'select-multiple'].includes(type.toLowerCase())
}

// "name", "state" and "body" stand in many names that mean something else; the label knows better.
function specific(kind: FieldKind | undefined): FieldKind | undefined {
  return kind === 'name' || kind === 'place' || kind === 'message' || kind === 'amount'
    ? undefined
    : kind
}
