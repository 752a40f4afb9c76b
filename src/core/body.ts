import type { RequestField } from './action.ts'
import { readMoney } from './money.ts'
import type { FieldChange } from './terms.ts'

/** Names under which sites keep values that change with every page load. */
const ROTATING_NAME =
  /csrf|xsrf|nonce|authenticity|__requestverification|token|_wpnonce|form_key|form_build_id|idempotency|request_?id|correlation|timestamp|captcha|__viewstate|__eventvalidation|state$/i
const RANDOM_VALUE = /^[\w+/=.:-]{8,}$/

/** A word has no digit, and no capital but the first: "state" is also where people live. */
function looksRandom(value: string): boolean {
  if (!RANDOM_VALUE.test(value)) return false
  const rest = value.slice(1)
  return /\d/.test(value) || (value.length >= 16 && /[a-z]/.test(rest) && /[A-Z]/.test(rest))
}

/**
 * Whether a body field may differ between approval and sending: by its name *and* the shape of its
 * value. What parses as money, address, e-mail or account never counts, whatever it is called.
 */
export function isRotating(field: RequestField): boolean {
  const { name, value } = field
  if (!ROTATING_NAME.test(name) || !looksRandom(value)) return false
  if (readMoney(value).length > 0 || /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/i.test(value)) return false
  // A bare number may be an amount, unless its name says that it is a time.
  return !/^\d+(?:[.,]\d+)?$/.test(value) || /time|stamp/i.test(name)
}

/**
 * The difference between the entries a form held at start and the body that wants to leave. Names are
 * shown, values never: a body carries secrets.
 */
export function compareEntries(
  expected: readonly RequestField[],
  leaving: readonly RequestField[],
): readonly FieldChange[] {
  const fixed = (fields: readonly RequestField[]): readonly string[] =>
    fields
      .filter((field) => !isRotating(field))
      .map((field) => JSON.stringify([field.name, field.value]))
  const before = fixed(expected)
  const after = fixed(leaving)
  const missing = subtract(before, after)
  const added = subtract(after, before)
  const names = new Set([...missing, ...added].map((entry) => (JSON.parse(entry) as [string])[0]))
  return [...names].map((name) => ({
    field: `form field "${name}"`,
    approved: missing.some((entry) => entry.startsWith(`[${JSON.stringify(name)},`))
      ? 'as shown'
      : 'absent',
    now: added.some((entry) => entry.startsWith(`[${JSON.stringify(name)},`))
      ? 'changed'
      : 'absent',
  }))
}

function subtract(from: readonly string[], what: readonly string[]): readonly string[] {
  const left = [...what]
  return from.filter((entry) => {
    const at = left.indexOf(entry)
    if (at < 0) return true
    left.splice(at, 1)
    return false
  })
}
