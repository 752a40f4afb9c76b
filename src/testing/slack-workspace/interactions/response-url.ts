import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { readContent, versionOf } from '../api/chat.ts'
import { storedText } from '../api/message-object.ts'
import { SlackRefusal } from '../api/method.ts'
import { changed, findMessage, nextTs, type ResponseUrl, type WorkspaceState } from '../state.ts'

/** A response URL is good for this long, and for this many uses. */
const LIFETIME_MS = 30 * 60 * 1000
const MAX_USES = 5

const responseBody = z.object({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
})

/** The `response_url` of an interaction: a small way back that needs no token. */
export async function responseUrlRoutes(
  app: FastifyInstance,
  { state }: { readonly state: WorkspaceState },
): Promise<void> {
  app.post('/actions/:team/:number/:secret', async (request, reply) => {
    const entry = state.responseUrls.get(request.url)
    if (!entry) return reply.code(404).send('no_service')
    if (state.now() - entry.bornMs > LIFETIME_MS || entry.uses >= MAX_USES) {
      return reply.code(404).send('expired_url')
    }
    const body = responseBody.safeParse(request.body)
    if (!body.success) return reply.code(400).send('invalid_payload')
    try {
      respond(state, entry, body.data)
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error
      return reply.code(400).send(error.code)
    }
    entry.uses += 1
    changed(state)
    return reply.type('text/plain').send('ok')
  })
}

function respond(
  state: WorkspaceState,
  entry: ResponseUrl,
  body: z.infer<typeof responseBody>,
): void {
  const original = findMessage(state, entry.channel, entry.messageTs ?? '')
  if (body.delete_original) {
    if (original) original.deleted = true
    dropEphemeral(state, entry)
    return
  }
  const replaced = body.replace_original ? original : undefined
  const history = replaced ? [...replaced.versions, versionOf(replaced)] : []
  const { text, blocks } = readContent(state, body, history)
  const content = { text: storedText(text ?? ''), blocks: blocks ?? [] }
  if (replaced) {
    replaced.versions = history
    replaced.text = content.text
    replaced.blocks = content.blocks
    return
  }
  if (body.replace_original) dropEphemeral(state, entry)
  const common = {
    channel: entry.channel,
    ts: nextTs(state),
    ...content,
    ...(entry.threadTs ? { threadTs: entry.threadTs } : {}),
  }
  if (body.response_type === 'ephemeral') {
    state.ephemerals.push({ ...common, user: entry.user })
    return
  }
  state.messages.push({
    ...common,
    broadcast: false,
    user: state.botUser,
    byApp: true,
    fileIds: [],
    unfurlLinks: false,
    unfurlMedia: true,
    versions: [],
    deleted: false,
  })
}

function dropEphemeral(state: WorkspaceState, entry: ResponseUrl): void {
  const index = state.ephemerals.findIndex(({ ts }) => ts === entry.messageTs)
  if (index >= 0) state.ephemerals.splice(index, 1)
}
