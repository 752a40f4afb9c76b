import { z } from 'zod'
import { type Call, checkCall, checkTools, type Entry, type GivenTool, resultsOf } from './calls.ts'
import { argumentsShape, authenticate, failure, toolShape } from './openai-common.ts'
import { computerCall, computerCallOutput, computerTool } from './openai-computer.ts'
import type { Turn } from './script.ts'
import { type Protocol, Refused } from './server.ts'

const text = z.string().min(1)
const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string() })

const inputItem = z.union([
  z.strictObject({
    type: z.literal('message').optional(),
    role: z.enum(['user', 'system', 'developer']),
    content: z.union([text, z.array(inputText).min(1)]),
  }),
  z.strictObject({
    type: z.literal('function_call'),
    id: text.optional(),
    call_id: text,
    name: text,
    arguments: argumentsShape,
    status: z.literal('completed').optional(),
  }),
  z.strictObject({
    type: z.literal('function_call_output'),
    id: text.optional(),
    call_id: text,
    output: z.union([z.string(), z.array(inputText).min(1)]),
    status: z.literal('completed').optional(),
  }),
  computerCall,
  computerCallOutput,
  z.strictObject({ type: z.literal('item_reference'), id: text }),
])

const functionTool = z.strictObject({ type: z.literal('function'), ...toolShape })

const requestSchema = z.strictObject({
  model: text,
  input: z.array(inputItem).min(1),
  tools: z.array(z.union([functionTool, z.strictObject({ type: z.literal('computer') })])).min(1),
  tool_choice: z.enum(['auto', 'required']).optional(),
  instructions: text.nullish(),
  include: z.array(z.string()).optional(),
  store: z.boolean().optional(),
  stream: z.literal(false).optional(),
  temperature: z.number().min(0).max(2).optional(),
  parallel_tool_calls: z.boolean().optional(),
  text: z.strictObject({ verbosity: z.enum(['low', 'medium', 'high']) }).optional(),
  reasoning: z
    .strictObject({ effort: z.enum(['none', 'minimal', 'low', 'medium', 'high']) })
    .optional(),
})

type Request = z.infer<typeof requestSchema>
type Item = z.infer<typeof inputItem>
type Made = Call & { readonly itemId: string }

/** OpenAI's Responses API, with function tools and the computer tool. */
export function openAiResponses(): Protocol {
  const made: Made[] = []
  let count = 0
  return {
    path: '/v1/responses',
    authenticate,
    failure,
    read(body) {
      const request = requestSchema.parse(body)
      const tools = request.tools.map(
        (tool): GivenTool =>
          tool.type === 'computer' ? computerTool : { ...tool, schema: tool.parameters },
      )
      checkTools(tools)
      return {
        results: resultsOf(
          request.input.map((item) => entryOf(item, made)),
          made.map(({ id, name, input }) => ({ id, name, input })),
        ),
        answer(turn) {
          count += 1
          if ('call' in turn) {
            checkCall(turn.call, tools)
            const { tool, input } = turn.call
            made.push({ itemId: `item_${count}`, id: `call_${count}`, name: tool, input })
          }
          return { json: responseOf(request, outputItem(turn, count), count) }
        },
      }
    },
  }
}

function entryOf(item: Item, made: readonly Made[]): Entry {
  switch (item.type) {
    case 'function_call':
      return { call: { id: item.call_id, name: item.name, input: item.arguments } }
    case 'computer_call':
      return {
        call: { id: item.call_id, name: computerTool.name, input: { actions: item.actions } },
      }
    case 'function_call_output':
      return { answers: item.call_id, text: textOf(item.output) }
    case 'computer_call_output':
      return { answers: item.call_id, text: '' }
    case 'item_reference': {
      // Kept by the provider (`store`), so that a client need not repeat it.
      const kept = made.find(({ itemId }) => itemId === item.id)
      if (kept === undefined) throw new Refused(`Item with id '${item.id}' not found.`)
      return { call: { id: kept.id, name: kept.name, input: kept.input } }
    }
    default:
      return { text: textOf(item.content) }
  }
}

function textOf(given: string | readonly { readonly text: string }[]): string {
  return typeof given === 'string' ? given : given.map((part) => part.text).join('')
}

function outputItem(turn: Turn, count: number) {
  const common = { id: `item_${count}`, status: 'completed' }
  if ('says' in turn) {
    const content = [{ type: 'output_text', text: turn.says, annotations: [], logprobs: [] }]
    return { ...common, type: 'message', role: 'assistant', content }
  }
  const { tool, input } = turn.call
  const called = { ...common, call_id: `call_${count}` }
  return tool === computerTool.name
    ? { ...called, type: 'computer_call', pending_safety_checks: [], ...input }
    : { ...called, type: 'function_call', name: tool, arguments: JSON.stringify(input) }
}

function responseOf(request: Request, item: unknown, count: number) {
  return {
    id: `resp_${count}`,
    object: 'response',
    created_at: 1_763_730_000,
    status: 'completed',
    model: request.model,
    output: [item],
    tools: request.tools,
    tool_choice: 'auto',
    parallel_tool_calls: true,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    temperature: 1,
    top_p: 1,
    usage: {
      input_tokens: 1,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 2,
    },
  }
}
