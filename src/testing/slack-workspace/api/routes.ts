import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FaultQueue } from '../faults.ts'
import type { WorkspaceState } from '../state.ts'
import type { Fault } from '../types.ts'
import { appMethods } from './apps.ts'
import { parseMultipart, type ReadBody, readBody } from './body.ts'
import { chatMethods } from './chat.ts'
import { conversationMethods } from './conversations.ts'
import { fileMethods } from './files.ts'
import { type Answer, type Method, SlackRefusal } from './method.ts'
import { requireScopes, scopesOf } from './tokens.ts'
import { userMethods } from './users.ts'
import { viewMethods } from './views.ts'

const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...appMethods,
    ...chatMethods,
    ...conversationMethods,
    ...fileMethods,
    ...userMethods,
    ...viewMethods,
  }),
)

/** Slack's own limit is 1 GB; pictures of pages are a few megabytes. */
const MAX_UPLOAD_BYTES = 32 * 1024 * 1024

/** The Web API under `/api/` and the upload URL, in a scope that keeps every body as raw bytes. */
export async function apiRoutes(
  app: FastifyInstance,
  { state, faults }: { readonly state: WorkspaceState; readonly faults: FaultQueue },
): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: MAX_UPLOAD_BYTES },
    (_request, body, done) => done(null, body),
  )

  app.route<{ Params: { method: string }; Querystring: Record<string, unknown> }>({
    method: ['GET', 'POST'],
    url: '/api/:method',
    handler: async (request, reply) => {
      const name = request.params.method
      let body: ReadBody | SlackRefusal
      try {
        body = await readBody(request.headers, request.query, request.body)
      } catch (error) {
        if (!(error instanceof SlackRefusal)) throw error
        body = error
      }
      const record = journal(state, name, body instanceof SlackRefusal ? {} : body.args)
      return withFaults(faults, name, record, reply, () => {
        const outcome = answerOf(state, name, request.method, body)
        record.answer = outcome.answer.ok ? 'ok' : String(outcome.answer.error)
        return () => send(name, reply, outcome)
      })
    },
  })

  app.post<{ Params: { ticket: string } }>('/upload/v1/:ticket', async (request, reply) => {
    const file = [...state.files.values()].find(({ ticket }) => ticket === request.params.ticket)
    const bytes = await uploadedBytes(request)
    const record = journal(state, 'upload', { fileId: file?.id, bytes: bytes.length })
    return withFaults(faults, 'upload', record, reply, () => {
      // A ticket is good until the upload is completed.
      const usable = file !== undefined && file.readyAtMs === undefined
      record.answer = usable ? 'ok' : 'not_found'
      if (usable) file.bytes = bytes
      return () =>
        usable
          ? reply.type('text/plain').send(`OK - ${bytes.length}`)
          : reply.code(404).type('text/plain').send('Not Found')
    })
  })
}

type JournalEntry = WorkspaceState['calls'][number]

function journal(state: WorkspaceState, method: string, body: Answer): JournalEntry {
  const entry: JournalEntry = { method, body, atMs: state.now(), answer: 'pending' }
  state.calls.push(entry)
  return entry
}

async function uploadedBytes(request: FastifyRequest): Promise<Buffer> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return body
  const form = await parseMultipart(type, body)
  for (const part of form.values()) {
    if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer())
  }
  return Buffer.alloc(0)
}

/**
 * Does the call under the fault that is next in line for it, if any. `commit` does the work and
 * returns how to answer, so that the answer can be thrown away after the work was done.
 */
async function withFaults(
  faults: FaultQueue,
  name: string,
  record: JournalEntry,
  reply: FastifyReply,
  commit: () => () => FastifyReply,
): Promise<FastifyReply> {
  const { delayMs, fault } = faults.take(name)
  if (delayMs > 0) await pause(delayMs, reply)
  if (!fault) return commit()()
  if (fault.kind === 'commit_then_drop') {
    commit()
    return drop(reply)
  }
  record.answer = fault.kind === 'error' ? fault.error : fault.kind
  return failed(fault, reply)
}

function failed(fault: Fault, reply: FastifyReply): FastifyReply {
  switch (fault.kind) {
    case 'http500':
      return reply.code(500).type('text/plain').send('Internal Server Error')
    case 'ratelimited':
      return reply
        .code(429)
        .header('retry-after', String(fault.retryAfterS))
        .send({ ok: false, error: 'ratelimited' })
    case 'error':
      return reply.send({ ok: false, error: fault.error })
    default:
      return drop(reply)
  }
}

/** Resets the connection: the caller sees ECONNRESET and cannot know what was done. */
function drop(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.resetAndDestroy()
  return reply
}

function pause(ms: number, reply: FastifyReply): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    // A closing server must not wait for a fault.
    reply.raw.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** What a call is answered, and which scopes its token has, if it has one. */
interface Outcome {
  readonly answer: Answer & { readonly ok: boolean }
  readonly granted: readonly string[] | undefined
}

function answerOf(
  state: WorkspaceState,
  name: string,
  verb: string,
  body: ReadBody | SlackRefusal,
): Outcome {
  let granted: readonly string[] | undefined
  try {
    const found = METHODS.get(name)
    if (!found) throw new SlackRefusal('unknown_method', { req_method: name })
    if (body instanceof SlackRefusal) throw body
    if (found.token === 'app' && verb !== 'POST') throw new SlackRefusal('insecure_request')
    granted = scopesOf(state, found, body)
    requireScopes(found, granted)
    const answer = { ok: true, ...found.run(state, body.args) }
    if (!body.warning) return { answer, granted }
    const inner = 'response_metadata' in answer ? Object(answer.response_metadata) : {}
    const response_metadata = { ...inner, warnings: [body.warning] }
    return { answer: { ...answer, warning: body.warning, response_metadata }, granted }
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error
    return { answer: { ok: false, error: error.code, ...error.extra }, granted }
  }
}

function send(name: string, reply: FastifyReply, { answer, granted }: Outcome): FastifyReply {
  if (granted) {
    void reply
      .header('x-oauth-scopes', granted.join(','))
      .header('x-accepted-oauth-scopes', METHODS.get(name)?.scopes.join(',') ?? '')
  }
  void reply.header('x-slack-req-id', crypto.randomUUID().replaceAll('-', ''))
  if (!answer.ok) void reply.header('x-slack-failure', String(answer.error))
  return reply.send(answer)
}
