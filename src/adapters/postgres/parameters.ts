/** A parameter as both drivers send it: text, bytes or null. Postgres infers the type from the statement. */
export type WireValue = string | Uint8Array | null

/**
 * What is sent for a parameter. Both adapters go through here: left to themselves, `pg` and PGlite
 * read the same value differently (an array for `jsonb`, a `Date`, an object with `toJSON`), and a
 * statement that passes on one would fail, or store something else, on the other.
 *
 * An array is a Postgres array. A JSON array must be passed as text: `JSON.stringify(list)`.
 */
export function toWireValue(value: unknown): WireValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return arrayLiteral(value)
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

function arrayLiteral(list: readonly unknown[]): string {
  return `{${list.map(arrayElement).join(',')}}`
}

function arrayElement(value: unknown): string {
  if (Array.isArray(value)) return arrayLiteral(value)
  const wire = toWireValue(value)
  if (wire === null) return 'NULL'
  const text = wire instanceof Uint8Array ? `\\x${Buffer.from(wire).toString('hex')}` : wire
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
