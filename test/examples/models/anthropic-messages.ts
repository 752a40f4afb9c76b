import { z } from 'zod'
import { type Call, checkCall, checkTools, type Entry, resultsOf } from './calls.ts'
import type { Turn } from './script.ts'
import { type Protocol, Refused, type StreamEvent } from './server.ts'

const text = z.string().min(1)
const cache_control = z
  .strictObject({ type: z.literal('ephemeral'), ttl: text.optional() })
  .optional()
const textBlock = z.strictObject({ type: z.literal('text'), text, cache_control })

const toolResult = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: text,
  content: z.union([z.string(), z.array(textBlock).min(1)]),
  is_error: z.boolean().optional(),
  cache_control,
})
const toolUse = z.strictObject({
  type: z.literal('tool_use'),
  id: text,
  name: text,
  input: z.record(z.string(), z.unknown()),
  cache_control,
})
const thinking = z.strictObject({ type: z.literal('thinking'), thinking: text, signature: text })

const message = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.literal('user'),
    content: z.union([text, z.array(z.union([textBlock, toolResult])).min(1)]),
  }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.array(z.union([thinking, textBlock, toolUse])).min(1),
  }),
])

const requestSchema = z.strictObject({
  model: text,
  max_tokens: z.int().positive(),
  system: z.union([text, z.array(textBlock).min(1)]),
  messages: z.array(message).min(1),
  tools: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[\w-]{1,128}$/),
        description: text.optional(),
        input_schema: z.looseObject({ type: z.literal('object') }),
        cache_control,
      }),
    )
    .min(1),
  stream: z.literal(true),
  metadata: z.strictObject({ user_id: text }).optional(),
  thinking: z
    .strictObject({
      type: z.literal('enabled'),
      budget_tokens: z.int().min(1_024),
      display: text.optional(),
    })
    .optional(),
  context_management: z.strictObject({ edits: z.array(z.looseObject({ type: text })) }).optional(),
})

type Request = z.infer<typeof requestSchema>
type Message = z.infer<typeof message>

/** Anthropic's Messages API, as a stream. */
export function anthropicMessages(): Protocol {
  const made: Call[] = []
  let count = 0
  return {
    path: '/v1/messages',
    authenticate(request, apiKey) {
      if (request.headers['x-api-key'] !== apiKey) throw new Refused('invalid x-api-key', 401)
      if (request.headers['anthropic-version'] !== '2023-06-01')
        throw new Refused('anthropic-version: header is required')
    },
    failure: (message) => ({ type: 'error', error: { type: 'invalid_request_error', message } }),
    read(body) {
      const request = requestSchema.parse(body)
      const tools = request.tools.map(({ name, input_schema }) => ({ name, schema: input_schema }))
      checkTools(tools)
      checkOrder(request)
      return {
        results: resultsOf(request.messages.flatMap(entriesOf), made),
        answer(turn) {
          count += 1
          if ('call' in turn) {
            checkCall(turn.call, tools)
            made.push({ id: `toolu_${count}`, name: turn.call.tool, input: turn.call.input })
          }
          return { events: eventsOf(request, turn, count) }
        },
      }
    },
  }
}

/** Each call is answered in the very next message, and thoughts come back with the call they led to. */
function checkOrder({ messages, thinking: thinks }: Request): void {
  if (messages[0]?.role !== 'user' || messages.at(-1)?.role !== 'user')
    throw new Refused('messages: the first and the last must use the "user" role')
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== 'assistant') continue
    const uses = content.filter((block) => block.type === 'tool_use')
    const next = messages[index + 1]?.content ?? []
    for (const { id } of uses) {
      const answered =
        typeof next !== 'string' &&
        next.some((block) => block.type === 'tool_result' && block.tool_use_id === id)
      if (!answered)
        throw new Refused(
          `\`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${id}`,
        )
    }
    if (thinks !== undefined && uses.length > 0 && content[0]?.type !== 'thinking')
      throw new Refused('Expected `thinking`, but found `tool_use`')
  }
}

function entriesOf({ content }: Message): readonly Entry[] {
  if (typeof content === 'string') return []
  return content.flatMap((block): readonly Entry[] => {
    if (block.type === 'tool_use') {
      const { id, name, input } = block
      return [{ call: { id, name, input } }]
    }
    if (block.type !== 'tool_result') return []
    const { content: given } = block
    const parts = typeof given === 'string' ? given : given.map((part) => part.text).join('')
    return [{ answers: block.tool_use_id, text: parts }]
  })
}

/** What one content block is at first, and the parts in which it then comes. */
interface Block {
  readonly start: Readonly<Record<string, unknown>>
  readonly deltas: readonly Readonly<Record<string, unknown>>[]
}

function eventsOf(request: Request, turn: Turn, count: number): readonly StreamEvent[] {
  const blocks = [
    ...(request.thinking === undefined ? [] : [thought]),
    'says' in turn ? saying(turn.says) : calling(turn, count),
  ]
  const usage = { input_tokens: 1, output_tokens: 1 }
  return [
    {
      type: 'message_start',
      message: {
        id: `msg_${count}`,
        type: 'message',
        role: 'assistant',
        model: request.model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage,
      },
    },
    ...blocks.flatMap(({ start, deltas }, index) => [
      { type: 'content_block_start', index, content_block: start },
      ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    {
      type: 'message_delta',
      delta: { stop_reason: 'says' in turn ? 'end_turn' : 'tool_use', stop_sequence: null },
      usage,
    },
    { type: 'message_stop' },
  ].map((data) => ({ event: data.type, data }))
}

const thought: Block = {
  start: { type: 'thinking', thinking: '', signature: '' },
  deltas: [
    { type: 'thinking_delta', thinking: 'The next step is clear.' },
    { type: 'signature_delta', signature: 'c2lnbmVk' },
  ],
}

function saying(words: string): Block {
  return { start: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text: words }] }
}

function calling({ call }: Extract<Turn, { call: unknown }>, count: number): Block {
  return {
    start: { type: 'tool_use', id: `toolu_${count}`, name: call.tool, input: {} },
    deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(call.input) }],
  }
}
