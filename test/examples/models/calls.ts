import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { ToolCall } from './script.ts'
import { Refused } from './server.ts'

/** A call of a tool as it stands in a conversation. */
export interface Call {
  readonly id: string
  readonly name: string
  readonly input: unknown
}

/** One part of a conversation: a call, an answer to one by its id, or a message. */
export type Entry =
  | { readonly call: Call }
  | { readonly answers: string; readonly text: string }
  | { readonly text: string }

/** A tool that the model was given. */
export interface GivenTool {
  readonly name: string
  readonly schema: Readonly<Record<string, unknown>>
  /** OpenAI's strict mode: closed objects whose members are all required. */
  readonly strict?: boolean | null | undefined
}

/**
 * The tools' answers, in order; a message that follows one belongs to it, as where an answer can only be
 * a picture. Refuses a conversation that leaves out or changes a call that the model
 * made, that answers none of them, answers one twice, or goes on while one is open.
 */
export function resultsOf(entries: readonly Entry[], made: readonly Call[]): readonly string[] {
  const open = new Set<string>()
  const results: string[] = []
  let seen = 0
  for (const entry of entries) {
    if ('call' in entry) {
      if (!isDeepStrictEqual(entry.call, made[seen]))
        throw new Refused(`the model never made the call ${JSON.stringify(entry.call)}`)
      seen += 1
      open.add(entry.call.id)
    } else if ('answers' in entry) {
      if (!open.delete(entry.answers))
        throw new Refused(`No tool call found for the output with id ${entry.answers}.`)
      results.push(entry.text)
    } else if (results.length > 0) {
      results.push(results.pop() + entry.text)
    }
  }
  if (open.size > 0) throw new Refused(`No tool output found for the call ${[...open].join(', ')}.`)
  if (seen < made.length) throw new Refused(`the call ${made[seen]?.id} was left out`)
  return results
}

/** Checks that the model was given this tool, and that the tool takes this input. */
export function checkCall({ tool, input }: ToolCall, tools: readonly GivenTool[]): void {
  const given = tools.find(({ name }) => name === tool)
  if (given === undefined) {
    const names = tools.map(({ name }) => name).join(', ')
    throw new Refused(`the model has no tool "${tool}", only ${names}`)
  }
  z.fromJSONSchema(given.schema).parse(input)
}

/** Refuses tools of one name, and in strict mode schemas that are open. */
export function checkTools(tools: readonly GivenTool[]): void {
  for (const [index, { name, schema, strict }] of tools.entries()) {
    if (tools.findIndex((other) => other.name === name) !== index)
      throw new Refused(`Tool names must be unique: ${name}`)
    if (strict === true) checkClosed(schema, name)
  }
}

function checkClosed(schema: Readonly<Record<string, unknown>>, at: string): void {
  if (schema['type'] !== 'object') return
  const properties = (schema['properties'] ?? {}) as Record<string, Record<string, unknown>>
  const required = z.array(z.string()).parse(schema['required'] ?? [])
  if (schema['additionalProperties'] !== false)
    throw new Refused(`${at}: additionalProperties must be false in strict mode`)
  for (const [name, member] of Object.entries(properties)) {
    if (!required.includes(name))
      throw new Refused(`${at}: "${name}" must be required in strict mode`)
    checkClosed(member, `${at}.${name}`)
  }
}
