import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Readonly<Record<string, unknown>>

/** What the server does with one request that is as it must be. */
export type Reply =
  | { readonly says: unknown }
  | { readonly text: string; readonly status?: 'completed' | 'incomplete' }
  | { readonly refuses: string }
  | { readonly fails: number; readonly headers?: Record<string, string>; readonly code?: string }
  | { readonly raw: string }
  | { readonly drops: 'before' | 'within' }

export interface FakeOpenAi {
  readonly url: string
  readonly apiKey: string
  /** Every request that was taken, oldest first. */
  readonly requests: readonly Json[]
  /** Why requests were refused, apart from failures that a test asked for. */
  readonly complaints: readonly string[]
  next(...replies: readonly Reply[]): void
  close(): Promise<void>
}

/** Stands in for OpenAI's Responses API, and refuses what that would refuse. */
export async function startFakeOpenAi(): Promise<FakeOpenAi> {
  const apiKey = 'sk-test-0123456789'
  const replies: Reply[] = []
  const requests: Json[] = []
  const complaints: string[] = []
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const refusal = refusalOf(request, text, apiKey)
      if (refusal !== undefined) {
        complaints.push(refusal.message)
        return fail(response, refusal.status, refusal.message)
      }
      requests.push(JSON.parse(text))
      const reply = replies.shift()
      if (reply === undefined) return fail(response, 500, 'the test expects no further request')
      answer(response, reply, JSON.parse(text).model)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    apiKey,
    requests,
    complaints,
    next: (...more) => void replies.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function answer(response: ServerResponse, reply: Reply, model: unknown): void {
  if ('drops' in reply) {
    if (reply.drops === 'before') response.socket?.destroy()
    else {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '9999' })
      response.write('{"id":"resp_1",', () => response.socket?.destroy())
    }
  } else if ('fails' in reply) fail(response, reply.fails, 'as the test asked', reply)
  else if ('raw' in reply) response.writeHead(200, JSON_TYPE).end(reply.raw)
  else {
    const content =
      'refuses' in reply
        ? { type: 'refusal', refusal: reply.refuses }
        : {
            type: 'output_text',
            text: 'says' in reply ? JSON.stringify(reply.says) : reply.text,
            annotations: [],
          }
    const status = 'text' in reply ? (reply.status ?? 'completed') : 'completed'
    const message = { id: 'msg_1', type: 'message', role: 'assistant', status, content: [content] }
    const body = {
      id: 'resp_1',
      object: 'response',
      created_at: 0,
      status,
      model,
      output: [message],
      tools: [],
      error: null,
      incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    }
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(body))
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

function fail(
  response: ServerResponse,
  status: number,
  message: string,
  more: { readonly headers?: Record<string, string>; readonly code?: string } = {},
): void {
  const error = { message, type: 'invalid_request_error', param: null, code: more.code ?? null }
  response.writeHead(status, { ...JSON_TYPE, ...more.headers }).end(JSON.stringify({ error }))
}

const KNOWN = ['model', 'store', 'instructions', 'input', 'text']

function refusalOf(
  request: IncomingMessage,
  text: string,
  apiKey: string,
): { readonly status: number; readonly message: string } | undefined {
  const bad = (message: string) => ({ status: 400, message })
  if (request.headers.authorization !== `Bearer ${apiKey}`)
    return { status: 401, message: 'Incorrect API key provided' }
  if (request.method !== 'POST' || request.url !== '/v1/responses')
    return { status: 404, message: `Invalid URL (${request.method} ${request.url})` }
  if (!/^application\/json/.test(request.headers['content-type'] ?? ''))
    return bad('content-type must be application/json')
  let body: Json
  try {
    body = JSON.parse(text)
  } catch {
    return bad('We could not parse the JSON body of your request')
  }
  const unknown = Object.keys(body).find((key) => !KNOWN.includes(key))
  if (unknown !== undefined) return bad(`Unknown parameter: '${unknown}'`)
  if (typeof body['model'] !== 'string' || body['model'] === '') return bad('missing model')
  if (typeof body['instructions'] !== 'string') return bad('instructions must be a string')
  const problem = problemOfInput(body['input']) ?? problemOfFormat(body['text'])
  return problem === undefined ? undefined : bad(problem)
}

function problemOfInput(input: unknown): string | undefined {
  if (!Array.isArray(input) || input.length === 0) return 'input must be a list of messages'
  for (const [index, item] of input.entries()) {
    const { role, content, ...rest } = item as Json
    const known = ['user', 'assistant', 'system', 'developer'].includes(String(role))
    if (!known) return `Invalid value for input[${index}].role`
    if (typeof content !== 'string' || content === '') return `Invalid input[${index}].content`
    const [extra] = Object.keys(rest)
    if (extra !== undefined) return `Unknown parameter: input[${index}].${extra}`
  }
  const last = input.at(-1) as Json
  return last['role'] === 'user' ? undefined : 'the last message must be from the user'
}

function problemOfFormat(text: unknown): string | undefined {
  const format = (text as { format?: Json } | undefined)?.format
  if (format?.['type'] !== 'json_schema') return 'text.format.type must be json_schema'
  if (!/^[\w-]{1,64}$/.test(String(format['name']))) return 'text.format.name is not valid'
  if (format['strict'] !== true) return 'text.format.strict must be true'
  return problemOfSchema(format['schema'], 'schema', true)
}

/** Structured output in strict mode: closed objects whose members are all required. */
function problemOfSchema(given: unknown, at: string, isRoot = false): string | undefined {
  if (given === null || typeof given !== 'object') return `${at} must be a schema`
  const schema = given as Json
  if (isRoot && schema['type'] !== 'object') return `${at} must be an object`
  if ('default' in schema || 'oneOf' in schema) return `${at} uses a keyword that is not permitted`
  if (schema['type'] === 'object') {
    const properties = (schema['properties'] ?? {}) as Json
    const required = Array.isArray(schema['required']) ? schema['required'] : []
    if (schema['additionalProperties'] !== false) return `${at}.additionalProperties must be false`
    const missing = Object.keys(properties).find((name) => !required.includes(name))
    if (missing !== undefined) return `${at}.required must contain ${missing}`
    for (const [name, member] of Object.entries(properties)) {
      const problem = problemOfSchema(member, `${at}.${name}`)
      if (problem !== undefined) return problem
    }
  }
  for (const [index, member] of ((schema['anyOf'] ?? []) as unknown[]).entries()) {
    const problem = problemOfSchema(member, `${at}.anyOf.${index}`)
    if (problem !== undefined) return problem
  }
  return undefined
}
