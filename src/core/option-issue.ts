import type { z } from 'zod'
import { type HoldpointError, optionInvalid } from './errors.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** What a schema cannot say about itself, for the message. */
export interface OptionFacts {
  /** How people call the whole: `policy`, `slackChannel`. */
  readonly where: string
  /** What was given; shown in the message. */
  readonly given: unknown
  /** Its members, for one that is misspelt. */
  readonly known: readonly string[]
  /** `a whole number of minutes`: what the member at this path must be, in better words than the check's own. */
  readonly expected?: (path: Path) => string | undefined
  /** A member may be a secret: nothing that was given is shown. */
  readonly hideValues?: boolean
}

/**
 * What a failed check says to the one who wrote the option: which one, what it is, what it must be. A
 * misspelt member comes first, as it is most often why another one is missing.
 */
export function optionRefused(
  error: { readonly issues: readonly Issue[] },
  facts: OptionFacts,
): HoldpointError<'HP_ERR_OPTION_INVALID'> {
  const { where, known } = facts
  const misspelt = error.issues.find((issue) => issue.code === 'unrecognized_keys')
  if (misspelt?.code === 'unrecognized_keys') {
    const option = [where, ...misspelt.path, misspelt.keys[0] ?? ''].map(String).join('.')
    return optionInvalid(option, `is unknown; known are ${known.join(', ')}`)
  }
  const [issue] = error.issues
  const path = issue?.path ?? []
  const must = `must be ${facts.expected?.(path) ?? expectedBy(issue)}`
  const value = path.reduce<unknown>(memberOf, facts.given)
  const option = [where, ...path].map(String).join('.')
  if (value === undefined) return optionInvalid(option, `is missing; it ${must}`)
  // Of a wrong key the value says nothing.
  if (facts.hideValues === true || issue?.code === 'invalid_key') return optionInvalid(option, must)
  return optionInvalid(option, `is ${shown(value)}; it ${must}`)
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function expectedBy(issue: Issue | undefined): string {
  switch (issue?.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? `a ${issue.expected}`
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ')
    case 'too_small':
      if (issue.minimum === 1 && THINGS[issue.origin] !== undefined)
        return `${THINGS[issue.origin]} that is not empty`
      return within(
        issue.origin,
        issue.inclusive === false ? 'more than' : 'at least',
        issue.minimum,
      )
    case 'too_big':
      return within(
        issue.origin,
        issue.inclusive === false ? 'less than' : 'at most',
        issue.maximum,
      )
    default:
      return 'something else'
  }
}

const THINGS: Readonly<Record<string, string>> = { string: 'a text', array: 'a list' }
const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' }

function within(origin: string, limit: string, count: number | bigint): string {
  const of = THINGS[origin] === undefined ? '' : `${THINGS[origin]} of `
  return `${of}${limit} ${count}${UNITS[origin] ?? ''}`
}

const SHOWN_LENGTH = 60

function shown(value: unknown): string {
  if (typeof value === 'string') {
    const cut = value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value
    return JSON.stringify(cut)
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}
