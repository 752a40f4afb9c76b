import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { Refused } from './server.ts'

/** The name of a tool, and its parameters: both APIs of OpenAI ask for the same. */
export const toolShape = {
  name: z.string().regex(/^[\w-]{1,64}$/),
  description: z.string().optional(),
  parameters: z.looseObject({
    type: z.literal('object'),
    properties: z.record(z.string(), z.looseObject({})),
  }),
  strict: z.boolean().nullish(),
}

/** Arguments travel as JSON within JSON. */
export const argumentsShape = z.string().transform((text, issues) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    issues.addIssue('is not JSON')
    return z.NEVER
  }
})

export function authenticate(request: IncomingMessage, apiKey: string): void {
  if (request.headers.authorization !== `Bearer ${apiKey}`)
    throw new Refused('Incorrect API key provided', 401)
}

export function failure(message: string): unknown {
  return { error: { message, type: 'invalid_request_error', param: null, code: null } }
}
