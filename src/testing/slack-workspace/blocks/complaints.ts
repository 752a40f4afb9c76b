import type { z } from 'zod'
import { UNMODELLED_TYPES } from './elements.ts'

/**
 * Turns zod's findings into Slack's sentences, each with the JSON pointer of the offending place:
 * `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`.
 */
export function complaints(error: z.ZodError, value: unknown, root: string): string[] {
  return error.issues.flatMap((issue) => {
    const at = pointer(root, issue.path)
    switch (issue.code) {
      case 'invalid_type':
        if (read(value, issue.path) === undefined && issue.path.length > 0) {
          return [missing(root, issue.path)]
        }
        return [`must provide ${article(issue.expected)} [json-pointer:${at}]`]
      case 'unrecognized_keys':
        return issue.keys.map((key) => `invalid additional property: ${key} [json-pointer:${at}]`)
      case 'too_big':
        return issue.origin === 'string'
          ? [...ofUnion(root, issue.path, value), `${tooLong(issue.maximum)} [json-pointer:${at}]`]
          : [`no more than ${issue.maximum} items allowed [json-pointer:${at}]`]
      case 'too_small':
        return issue.origin === 'string'
          ? [...ofUnion(root, issue.path, value), `${tooShort(issue.minimum)} [json-pointer:${at}]`]
          : [`must provide at least ${issue.minimum} items [json-pointer:${at}]`]
      case 'invalid_union':
      case 'invalid_value':
        return [wrongChoice(issue.path, value, root)]
      default:
        return [`${issue.message} [json-pointer:${at}]`]
    }
  })
}

const tooLong = (maximum: number | bigint) => `must be less than ${Number(maximum) + 1} characters`
const tooShort = (minimum: number | bigint) => `must be more than ${Number(minimum) - 1} characters`
const article = (type: string) =>
  type === 'object' || type === 'array' ? `an ${type}` : `a ${type}`

function wrongChoice(path: readonly PropertyKey[], value: unknown, root: string): string {
  const given = read(value, path)
  const at = pointer(root, path)
  if (given === undefined) return missing(root, path)
  if (path.at(-1) !== 'type') return `must be a valid enum value [json-pointer:${at}]`
  const note = UNMODELLED_TYPES.has(String(given)) ? ' (the local workspace does not model it)' : ''
  return `unsupported type: ${String(given)}${note} [json-pointer:${at}]`
}

function missing(root: string, path: readonly PropertyKey[]): string {
  const parent = pointer(root, path.slice(0, -1))
  return `missing required field: ${String(path.at(-1))} [json-pointer:${parent}]`
}

/** Slack adds this line where a text may be plain or mrkdwn, which is how it reports a section. */
function ofUnion(root: string, path: readonly PropertyKey[], value: unknown): string[] {
  const block = read(value, path.slice(0, -2))
  const isSection =
    path.at(-1) === 'text' &&
    path.at(-2) === 'text' &&
    typeof block === 'object' &&
    block !== null &&
    'type' in block &&
    block.type === 'section'
  if (!isSection) return []
  return [`failed to match all allowed schemas [json-pointer:${pointer(root, path.slice(0, -1))}]`]
}

export function pointer(root: string, path: readonly PropertyKey[]): string {
  return [root, ...path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join(
    '/',
  )
}

function read(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  )
}
