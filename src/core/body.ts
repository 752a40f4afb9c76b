import type { RequestField } from './action.ts'
import { readMoney } from './money.ts'
import type { FieldChange } from './terms.ts'

/** Names under which sites keep values that change with every page load. `sku_state` is none of them. */
const ROTATING_NAME =
  /csrf|xsrf|nonce|authenticity|__requestverification|(?:^|[_-])token$|access_?token|auth_?token|form_?token|request_?token|_wpnonce|form_key|form_build_id|idempotency|request_?id|correlation|timestamp|captcha|__viewstate|__eventvalidation|^(?:oauth_?|auth_?|login_?)?state$/i
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

/**
 * The same for a body that a script builds, where only names can be followed: a member called like a
 * field of the form must hold, at least once, what the field held. Spelling may differ: a script trims,
 * joins and formats. A member of another name is not known to be the field, and not compared.
 */
export function compareMembers(
  expected: readonly RequestField[],
  leaving: readonly RequestField[],
): readonly FieldChange[] {
  const sent = new Map<string, string[]>()
  for (const { name, value } of leaving) {
    const key = keyOf(name)
    sent.set(key, [...(sent.get(key) ?? []), value])
  }
  return expected
    .filter((field) => field.value !== '' && !isRotating(field))
    .filter(({ name, value }) => {
      const values = sent.get(keyOf(name))
      const alike = expected.filter((other) => keyOf(other.name) === keyOf(name))
      return (
        values !== undefined && alike.length === 1 && !values.some((one) => isAlike(value, one))
      )
    })
    .map(({ name }) => ({ field: `form field "${name}"`, approved: 'as shown', now: 'changed' }))
}

/** The last part of a path: `order.address.zip` and `order[zip]` are `zip`. */
function keyOf(name: string): string {
  const last = name.split(/[.[\]]+/).findLast((part) => part !== '' && !/^\d+$/.test(part)) ?? name
  return last.toLowerCase().replace(/[^a-z0-9]/g, '')
}

const SWITCH = /^(?:true|false|on|off|yes|no|1|0)?$/i

function isAlike(shown: string, sent: string): boolean {
  if (SWITCH.test(shown) && SWITCH.test(sent)) return true
  const [a, b] = [bare(shown), bare(sent)]
  if (a === b) return true
  // A number with its country code, a street with its city; short values must be equal.
  return a.length >= 4 && b.length >= 4 && (a.includes(b) || b.includes(a))
}

function bare(value: string): string {
  return value
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+(?=.)/, '')
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
