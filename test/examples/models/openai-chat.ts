import { z } from 'zod'
import { type Call, checkCall, checkTools, type Entry, resultsOf } from './calls.ts'
import { argumentsShape, authenticate, failure, toolShape } from './openai-common.ts'
import type { Turn } from './script.ts'
import { type Protocol, Refused } from './server.ts'

const text = z.string().min(1)
const textPart = z.strictObject({ type: z.literal('text'), text })
const content = z.union([text, z.array(textPart).min(1)])

const toolCall = z.strictObject({
  id: text,
  type: z.literal('function'),
  function: z.strictObject({ name: text, arguments: argumentsShape }),
})

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['system', 'developer', 'user']), content }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.union([z.string(), z.null()]).optional(),
    tool_calls: z.array(toolCall).min(1).optional(),
  }),
  z.strictObject({ role: z.literal('tool'), tool_call_id: text, content }),
])

const requestSchema = z.strictObject({
  model: text,
  messages: z.array(message).min(1),
  tools: z
    .array(z.strictObject({ type: z.literal('function'), function: z.strictObject(toolShape) }))
    .min(1),
  tool_choice: z.enum(['auto', 'required']).optional(),
  stream: z.literal(false).optional(),
})

type Message = z.infer<typeof message>

/** OpenAI's Chat Completions API, as JSON. */
export function openAiChat(): Protocol {
  const made: Call[] = []
  let count = 0
  return {
    path: '/v1/chat/completions',
    authenticate,
    failure,
    read(body) {
      const request = requestSchema.parse(body)
      const tools = request.tools.map((tool) => ({
        ...tool.function,
        schema: tool.function.parameters,
      }))
      checkTools(tools)
      checkOrder(request.messages)
      return {
        results: resultsOf(request.messages.flatMap(entriesOf), made),
        answer(turn) {
          count += 1
          if ('call' in turn) {
            checkCall(turn.call, tools)
            made.push({ id: `call_${count}`, name: turn.call.tool, input: turn.call.input })
          }
          return { json: completionOf(request.model, turn, count) }
        },
      }
    },
  }
}

/** Tools answer right after the message that calls them. */
function checkOrder(messages: readonly Message[]): void {
  for (const [index, { role }] of messages.entries()) {
    const before = messages[index - 1]
    const follows = before?.role === 'tool' || (before?.role === 'assistant' && before.tool_calls)
    if (role === 'tool' && !follows)
      throw new Refused(
        "messages with role 'tool' must be a response to a message with 'tool_calls'",
      )
  }
}

function entriesOf(message: Message): readonly Entry[] {
  if (message.role === 'assistant') {
    return (message.tool_calls ?? []).map(({ id, function: called }) => ({
      call: { id, name: called.name, input: called.arguments },
    }))
  }
  if (message.role !== 'tool') return []
  const { content: given } = message
  const parts = typeof given === 'string' ? given : given.map((part) => part.text).join('')
  return [{ answers: message.tool_call_id, text: parts }]
}

function completionOf(model: string, turn: Turn, count: number) {
  const calls =
    'call' in turn
      ? [
          {
            id: `call_${count}`,
            type: 'function',
            function: { name: turn.call.tool, arguments: JSON.stringify(turn.call.input) },
          },
        ]
      : undefined
  const said = 'says' in turn ? turn.says : null
  return {
    id: `chatcmpl-${count}`,
    object: 'chat.completion',
    created: 1_763_730_000,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: said,
          refusal: null,
          ...(calls && { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: calls === undefined ? 'stop' : 'tool_calls',
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }
}
