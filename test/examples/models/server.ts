import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Script } from './script.ts'

/** What a provider would refuse, with its status. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number

  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}

/** One event of a stream. */
export interface StreamEvent {
  readonly event?: string
  readonly data: unknown
}

/** A provider's protocol: what it takes, strictly, and how it says what the script wants said. */
export interface Protocol {
  /** The only address that it answers, such as `/v1/responses`. */
  readonly path: string
  /** Checks the key and the headers that it asks for. Throws `Refused`. */
  authenticate(request: IncomingMessage, apiKey: string): void
  /** Throws `Refused`, or a Zod error, for a body that the provider would refuse. */
  read(body: unknown): Asked
  /** The body of an error. */
  failure(message: string): unknown
}

/** A request that was understood. */
export interface Asked {
  /** What the tools have answered so far, oldest first. */
  readonly results: readonly string[]
  answer(
    turn: ReturnType<Script>,
  ): { readonly json: unknown } | { readonly events: readonly StreamEvent[] }
}

export interface ScriptedModel {
  /** Origin of the server, without a path. */
  readonly origin: string
  readonly apiKey: string
  /** What the tools had answered by the last request, oldest first. */
  readonly toolResults: readonly string[]
  /** What the model said last; undefined while it still calls tools. */
  readonly said: string | undefined
  /** Requests that were taken. */
  readonly taken: number
  /** Why requests were refused. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** Stands in for a provider on 127.0.0.1: refuses what that would refuse, and remembers that it did. */
export async function startModel(protocol: Protocol, script: Script): Promise<ScriptedModel> {
  const apiKey = 'sk-test-0123456789'
  const complaints: string[] = []
  let toolResults: readonly string[] = []
  let said: string | undefined
  let taken = 0
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await textOf(request)
    try {
      const path = new URL(request.url ?? '', 'http://model').pathname
      if (request.method !== 'POST' || path !== protocol.path)
        throw new Refused(`there is no ${request.method} ${path}`, 404)
      protocol.authenticate(request, apiKey)
      if (!/^application\/json/.test(request.headers['content-type'] ?? ''))
        throw new Refused('content-type must be application/json')
      const asked = protocol.read(JSON.parse(text))
      const turn = script(asked.results)
      taken += 1
      toolResults = asked.results
      said = 'says' in turn ? turn.says : undefined
      send(response, asked.answer(turn))
    } catch (error) {
      const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
      complaints.push(`${message}\n${text.slice(0, 4_000)}`)
      response.writeHead(error instanceof Refused ? error.status : 400, JSON_TYPE)
      response.end(JSON.stringify(protocol.failure(message)))
    }
  }
  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    complaints,
    get toolResults() {
      return toolResults
    },
    get said() {
      return said
    },
    get taken() {
      return taken
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

function send(response: ServerResponse, answer: ReturnType<Asked['answer']>): void {
  if ('json' in answer) {
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(answer.json))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const { event, data } of answer.events) {
    if (event !== undefined) response.write(`event: ${event}\n`)
    response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
  }
  response.end()
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
