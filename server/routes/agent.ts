import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type AgentRequest,
  agentNameSchema,
  agentRequestSchema,
  agentRequestsSchema,
  MAX_REASON_CHARS,
  MAX_WAIT_MS,
} from '../../src/core/agent-api.ts'
import { optionInvalid } from '../../src/core/errors.ts'
import type { ApprovalRequest } from '../../src/core/request.ts'
import { plainLine } from '../../src/core/text.ts'
import { notFound } from '../../src/deciding/locked.ts'
import { untilSettled } from '../../src/deciding/until-settled.ts'
import { withdraw } from '../../src/deciding/withdraw.ts'
import { agentViewOf } from '../../src/holding/agent-view.ts'
import { authenticateAgent } from '../authenticate-agent.ts'
import { answerErrorsAsJson } from '../errors.ts'
import { refuseOtherSites } from '../origins.ts'
import type { HoldpointServerOptions } from '../plugin.ts'
import { REQUEST } from './paths.ts'

const MAX_LISTED = 20
const limited = { config: { rateLimit: {} } }
const CLOSING = { error: { message: 'The desk is closing.', hint: 'What is held stays held.' } }

/** `agent` narrows what the token may see to one agent's own. */
const whoSchema = z.object({ agent: agentNameSchema.optional() })
const waitSchema = whoSchema.extend({
  waitMs: z.coerce.number().int().min(0).max(MAX_WAIT_MS).default(0),
})
const reasonSchema = z.object({ reason: z.string().max(MAX_REASON_CHARS).optional() })

/**
 * What an agent's process may do over HTTP: see, wait for and take back its own requests. Nothing here
 * decides, opens or claims, and no evidence is given out.
 */
export async function agentRoutes(
  scope: FastifyInstance,
  options: HoldpointServerOptions & { readonly agentTokenSha256: string },
): Promise<void> {
  const { desk } = options
  const closing = new AbortController()
  const viewOf = async (request: ApprovalRequest): Promise<AgentRequest> => {
    const next =
      request.execution.state === 'refused' ? await desk.store.followerOf(request.id) : undefined
    const follower = next === undefined ? undefined : await desk.store.read(next)
    return agentViewOf(request, { now: desk.clock.now(), follower })
  }
  const own = async (requestId: string, agent: string | undefined): Promise<ApprovalRequest> => {
    const request = await desk.store.read(requestId)
    // Another agent's request is not told from one that was never opened.
    if (request === undefined || (agent ?? request.agent) !== request.agent) {
      throw notFound(requestId)
    }
    return request
  }

  answerErrorsAsJson(scope, desk)
  refuseOtherSites(scope)
  // After `onRequest`, where the rate limit counts, so that guesses are counted; before any body is read.
  scope.addHook('preParsing', (request, reply) =>
    authenticateAgent(request, reply, options.agentTokenSha256),
  )
  // Or closing would take as long as the longest wait.
  scope.addHook('preClose', async () => {
    closing.abort(new Error('the desk is closing'))
  })

  scope.get('/api/agent/requests', limited, async (request) => {
    const { agent } = checked(whoSchema, request.query)
    const listed = await desk.store.list({
      ...(agent === undefined ? {} : { agent }),
      limit: MAX_LISTED,
    })
    return agentRequestsSchema.parse({ requests: await Promise.all(listed.map(viewOf)) })
  })

  scope.get<{ Params: { id: string } }>(
    `/api/agent${REQUEST}/outcome`,
    limited,
    async (request, reply) => {
      const { agent, waitMs } = checked(waitSchema, request.query)
      const { id } = await own(request.params.id, agent)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort(new Error('the agent is gone')))
      const signal = AbortSignal.any([gone.signal, closing.signal])
      try {
        await untilSettled(desk, id, { waitMs, signal })
      } catch (error) {
        if (closing.signal.aborted) return reply.code(503).send(CLOSING)
        if (!gone.signal.aborted) throw error
      }
      const answer = await viewOf(await own(id, agent))
      const still = answer.status === 'held' ? 'Still ' : ''
      return agentRequestSchema.parse({ ...answer, forModel: `${still}${answer.forModel}` })
    },
  )

  scope.post<{ Params: { id: string } }>(
    `/api/agent${REQUEST}/withdraw`,
    limited,
    async (request) => {
      const { agent } = checked(whoSchema, request.query)
      const { reason = '' } = checked(reasonSchema, request.body ?? {})
      const { id } = await own(request.params.id, agent)
      await withdraw(desk, id, reasonOf(reason))
      const answer = await viewOf(await own(id, agent))
      const late = answer.status === 'withdrawn' ? '' : 'Not withdrawn, it is too late. '
      return agentRequestSchema.parse({ ...answer, forModel: `${late}${answer.forModel}` })
    },
  )
}

/** Quoted, as people read it on the card: the agent's words must not look like Holdpoint's own. */
function reasonOf(given: string): string {
  const words = plainLine(given, MAX_REASON_CHARS).replaceAll('"', "'")
  return words === '' ? 'the agent took it back' : `the agent took it back, saying "${words}"`
}

function checked<T>(schema: z.ZodType<T>, given: FastifyRequest['body']): T {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw optionInvalid(issue?.path.join('.') || 'body', issue?.message ?? 'is not understood')
}
