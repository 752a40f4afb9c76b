import { createHash } from 'node:crypto'

/** What canonical JSON can hold. `undefined` members are left out, as `JSON.stringify` does. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/**
 * One text for one value: members sorted by UTF-16 code units, no white space, numbers as ECMAScript
 * prints them ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)). JSON and not joined strings, so
 * that text cannot be moved across a field boundary to keep the digest.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') {
    // NaN and Infinity would become "null" and make two different values equal.
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new TypeError('not a finite number')
    return JSON.stringify(value)
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members: string[] = []
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}

/** SHA-256 of the canonical JSON, as lower-case hex. `tag` names the kind and version of the value. */
export function digestOf(tag: string, value: Json): string {
  return createHash('sha256')
    .update(canonicalJson([tag, value]))
    .digest('hex')
}

/** SHA-256 of bytes, as lower-case hex. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}
