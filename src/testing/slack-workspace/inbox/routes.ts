import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { imageFacts, isReady } from '../files.ts'
import type { InteractionDesk } from '../interactions/desk.ts'
import { findPerson } from '../people.ts'
import type { WorkspaceState } from '../state.ts'
import type { StoredMessage } from '../types.ts'
import { inboxPage } from './page.ts'
import { inboxScript } from './script.ts'
import { INBOX_ICON, INBOX_STYLE } from './style.ts'
import { type InboxQuery, inboxView, REQUEST_NUMBER } from './view-model.ts'

export interface InboxOptions {
  readonly state: WorkspaceState
  readonly desk: InteractionDesk
  readonly say: (
    as: string,
    text: string,
    where: { readonly channel?: string; readonly threadTs?: string },
  ) => StoredMessage
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEARTBEAT_MS = 15_000

const clickBody = z.object({
  as: z.string(),
  target: z.string(),
  action: z.string(),
  block: z.string().optional(),
  selected: z.string().optional(),
})
const viewBody = z.object({
  as: z.string(),
  view: z.string(),
  values: z.record(z.string(), z.string()).default({}),
})
const sayBody = z.object({
  as: z.string(),
  text: z.string().min(1).max(4000),
  channel: z.string().optional(),
  threadTs: z.string().optional(),
})
const query = z.object({
  as: z.string().optional(),
  channel: z.string().optional(),
  thread: z.string().optional(),
  ts: z.string().optional(),
  // A find that is not a request number is left out: it would become a pattern.
  find: z.string().regex(REQUEST_NUMBER).optional().catch(undefined),
})

/** The inbox: its page, its files, its live stream, and what people do in it. */
export async function inboxRoutes(app: FastifyInstance, options: InboxOptions): Promise<void> {
  const { state, desk } = options

  app.addHook('onSend', async (_request, reply) => {
    void reply
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cross-origin-opener-policy', 'same-origin')
      .header('cross-origin-resource-policy', 'same-origin')
      .header('cache-control', 'no-store')
  })

  // A page in another tab, such as the very shop an agent visits, must not be able to approve by
  // sending a form or a fetch here.
  app.addHook('preHandler', async (request, reply) => {
    if (
      ['GET', 'HEAD'].includes(request.method) ||
      request.headers.origin === ownOrigin(request.headers.host)
    )
      return
    return reply.code(403).type('text/plain').send('Only the inbox page itself may do this.')
  })

  app.get('/', async (request, reply) => {
    const given = query.safeParse(request.query)
    const view = inboxView(state, withoutUndefined(given.success ? given.data : {}))
    return reply.type('text/html; charset=utf-8').send(inboxPage(view))
  })

  app.get<{ Params: { number: string } }>('/:number', async (request, reply) => {
    if (!REQUEST_NUMBER.test(request.params.number)) return notFound(reply)
    const { as } = query.parse(request.query)
    const find = new URLSearchParams({ ...(as ? { as } : {}), find: request.params.number })
    return reply.redirect(`/?${find}`, 302)
  })

  app.get<{ Params: { channel: string; message: string } }>(
    '/archives/:channel/:message',
    async (request, reply) => {
      const ts = /^p(\d+)(\d{6})$/.exec(request.params.message)
      if (!ts) return notFound(reply)
      const target = { channel: request.params.channel, ts: `${ts[1]}.${ts[2]}` }
      return reply.redirect(`/?${new URLSearchParams(target)}`, 302)
    },
  )

  const script = inboxScript()
  const asset = (path: string, type: string, content: string) =>
    app.get(path, async (_request, reply) => reply.type(type).send(content))
  asset('/inbox/style.css', 'text/css; charset=utf-8', INBOX_STYLE)
  asset('/inbox/script.js', 'text/javascript; charset=utf-8', script)
  asset('/inbox/icon.svg', 'image/svg+xml', INBOX_ICON)

  app.get<{ Params: { id: string } }>('/inbox/files/:id', async (request, reply) => {
    const file = state.files.get(request.params.id)
    const facts = file?.bytes && isReady(state, file) ? imageFacts(file.bytes) : undefined
    // Only what was recognised as a picture is served, under the type that was recognised.
    if (!file?.bytes || !facts) return notFound(reply)
    return reply.type(facts.type).send(file.bytes)
  })

  app.get('/inbox/live', (request, reply) => {
    reply.hijack()
    const stream = reply.raw
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    stream.write('retry: 500\n\n')
    const tell = () => stream.write('event: change\ndata: {}\n\n')
    const heartbeat = setInterval(() => stream.write(':\n\n'), HEARTBEAT_MS)
    state.changes.on('change', tell)
    request.raw.on('close', () => {
      clearInterval(heartbeat)
      state.changes.off('change', tell)
    })
  })

  app.post('/inbox/click', async (request, reply) => {
    const { as, target, action, block, selected } = clickBody.parse(request.body)
    if (!signsIn(state, as)) return reply.code(403).send('This account cannot sign in.')
    const { status, acked } = await desk.click(
      as,
      target,
      action,
      selected,
      block === undefined ? {} : { blockId: block },
    )
    return { status, acked }
  })

  app.post('/inbox/submit', async (request) => {
    const { as, view, values } = viewBody.parse(request.body)
    const { errors, delivery } = await desk.submit(as, view, values)
    return { errors, status: delivery?.status }
  })

  app.post('/inbox/close', async (request) => {
    const { as, view } = viewBody.parse(request.body)
    await desk.close(as, view)
    return {}
  })

  app.post('/inbox/say', async (request) => {
    const { as, text, ...where } = sayBody.parse(request.body)
    const { ts } = options.say(as, text, withoutUndefined(where))
    return { ts }
  })

  app.setErrorHandler(async (error, _request, reply) => {
    // The desk's own complaints (a button that is gone by now) are for the person; bugs are bugs.
    const expected = error instanceof TypeError || error instanceof z.ZodError
    const message = expected ? error.message : 'The local workspace has a fault.'
    return reply
      .code(expected ? 409 : 500)
      .type('text/plain')
      .send(message)
  })
}

const ownOrigin = (host: string | undefined) => `http://${host}`

const notFound = (reply: FastifyReply) => reply.code(404).type('text/plain').send('Not found')

function signsIn(state: WorkspaceState, as: string): boolean {
  return findPerson(state.people, as)?.signsIn === true
}

function withoutUndefined<T extends object>(
  given: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } & InboxQuery {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
