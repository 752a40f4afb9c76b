import { type CallToolResult, McpServer, type ServerContext } from '@modelcontextprotocol/server'
import { z } from 'zod'
import {
  type AgentRequest,
  agentRequestSchema,
  agentRequestsSchema,
  MAX_REASON_CHARS,
  REQUEST_ID,
} from '../../core/agent-api.ts'
import type { AgentDesk } from './agent-desk.ts'

/** Below the 60 s after which many clients give a tool up. */
const WAIT_MS = 50_000
/** So often a client that asked for it hears that the wait goes on. */
const PROGRESS_MS = 5_000

const requestId = z
  .string({ error: 'must be the number of a request, such as "HP-41"' })
  .regex(REQUEST_ID, 'must be the number of a request, such as "HP-41"')
  .describe('The number in the HELD text, such as "HP-41".')

const INSTRUCTIONS = `Holdpoint holds risky browser actions until a person has approved them. When an act answers "HELD … (HP-41 …)", do not repeat it or try another way: call wait_for_approval("HP-41"). Nothing here approves; only people do.`

/** The three tools. None of them decides: the desk gives an agent no way to. */
export function createMcpServer(desk: AgentDesk, version: string): McpServer {
  const server = new McpServer(
    { name: 'holdpoint', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  )

  server.registerTool(
    'wait_for_approval',
    {
      title: 'Wait for a person’s answer',
      description:
        'Waits until a person has answered a held action and it has been done, at most 50 s. Says what to do next; while it is still HELD, call it again or do other work.',
      inputSchema: z.strictObject({ request_id: requestId }),
      outputSchema: agentRequestSchema,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async ({ request_id }, context) => {
      const stop = reportProgress(context, request_id)
      try {
        return told(await desk.outcome(request_id, WAIT_MS, context.mcpReq.signal))
      } finally {
        stop()
      }
    },
  )

  server.registerTool(
    'list_my_requests',
    {
      title: 'List held actions',
      description: 'Lists the newest held actions with where each stands. Does not wait.',
      inputSchema: z.strictObject({}),
      outputSchema: agentRequestsSchema,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async (_, context) => {
      const requests = [...(await desk.list(context.mcpReq.signal))]
      const lines = requests.map(({ id, title, forModel }) => `${id} "${title}": ${forModel}`)
      const text = lines.length === 0 ? 'Nothing is held, and nothing was.' : lines.join('\n')
      return { content: [{ type: 'text', text }], structuredContent: { requests } }
    },
  )

  server.registerTool(
    'withdraw',
    {
      title: 'Take a question back',
      description:
        'Takes back the question about an action that is not needed any more; the action is then not done. Cannot take back what has started.',
      inputSchema: z.strictObject({
        request_id: requestId,
        reason: z
          .string({ error: 'must be a text' })
          .max(MAX_REASON_CHARS, `must be a text of at most ${MAX_REASON_CHARS} characters`)
          .describe('Why, for the people who were asked.')
          .optional(),
      }),
      outputSchema: agentRequestSchema,
      annotations: { destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    async ({ request_id, reason }, context) =>
      told(await desk.withdraw(request_id, reason, context.mcpReq.signal)),
  )

  return server
}

/** The text for a model, and the same with its status for a program. */
function told(request: AgentRequest): CallToolResult {
  return { content: [{ type: 'text', text: request.forModel }], structuredContent: request }
}

/** Until the returned function is called: some clients give up a tool that says nothing. */
function reportProgress({ mcpReq }: ServerContext, id: string): () => void {
  const progressToken = mcpReq._meta?.progressToken
  if (progressToken === undefined) return () => {}
  let progress = 0
  const timer = setInterval(() => {
    progress += PROGRESS_MS / 1_000
    const params = {
      progressToken,
      progress,
      total: WAIT_MS / 1_000,
      message: `${id} waits for a person`,
    }
    // A client that has gone hears nothing; the wait ends by its signal.
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {})
  }, PROGRESS_MS)
  return () => clearInterval(timer)
}
