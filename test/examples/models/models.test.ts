import { describe, expect, onTestFinished, test } from 'vitest'
import { anthropicMessages } from './anthropic-messages.ts'
import { openAiChat } from './openai-chat.ts'
import { openAiResponses } from './openai-responses.ts'
import { scripted, type ToolCall } from './script.ts'
import { type Protocol, type ScriptedModel, startModel } from './server.ts'

const click: ToolCall = { tool: 'click', input: { button: 'Place order' } }
const schema = {
  type: 'object',
  properties: { button: { type: 'string' } },
  required: ['button'],
  additionalProperties: false,
}

/** A call in a conversation, and the tool's answer to it if there is one. */
interface Step {
  readonly id: string
  readonly call: ToolCall
  readonly answers?: string
}

interface Provider {
  readonly protocol: () => Protocol
  readonly headers: (apiKey: string) => Readonly<Record<string, string>>
  /** A request as its clients make it. */
  readonly request: (steps: readonly Step[]) => Readonly<Record<string, unknown>>
  /** The id of the first call that it makes. */
  readonly callId: string
}

const bearer = (apiKey: string) => ({ authorization: `Bearer ${apiKey}` })

const providers: Readonly<Record<string, Provider>> = {
  'OpenAI Responses': {
    protocol: openAiResponses,
    headers: bearer,
    callId: 'call_1',
    request: (steps) => ({
      model: 'gpt-5-mini',
      tools: [{ type: 'function', name: 'click', parameters: schema, strict: true }],
      input: [
        { role: 'user', content: 'Buy paper' },
        ...steps.flatMap(({ id, call, answers }) => {
          const input = JSON.stringify(call.input)
          return [
            { type: 'function_call', call_id: id, name: call.tool, arguments: input },
            ...(answers === undefined
              ? []
              : [{ type: 'function_call_output', call_id: id, output: answers }]),
          ]
        }),
      ],
    }),
  },
  'OpenAI Chat Completions': {
    protocol: openAiChat,
    headers: bearer,
    callId: 'call_1',
    request: (steps) => ({
      model: 'gpt-5-mini',
      tools: [{ type: 'function', function: { name: 'click', parameters: schema, strict: true } }],
      messages: [
        { role: 'user', content: 'Buy paper' },
        ...steps.flatMap(({ id, call, answers }) => {
          const called = { name: call.tool, arguments: JSON.stringify(call.input) }
          return [
            { role: 'assistant', tool_calls: [{ id, type: 'function', function: called }] },
            ...(answers === undefined
              ? []
              : [{ role: 'tool', tool_call_id: id, content: answers }]),
          ]
        }),
      ],
    }),
  },
  'Anthropic Messages': {
    protocol: anthropicMessages,
    headers: (apiKey) => ({ 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }),
    callId: 'toolu_1',
    request: (steps) => ({
      model: 'claude-sonnet-4-5',
      max_tokens: 1_000,
      system: 'You shop for Ada.',
      stream: true,
      tools: [{ name: 'click', input_schema: schema }],
      messages: [
        { role: 'user', content: 'Buy paper' },
        ...steps.flatMap(({ id, call, answers }) => [
          {
            role: 'assistant',
            content: [{ type: 'tool_use', id, name: call.tool, input: call.input }],
          },
          answers === undefined
            ? { role: 'user', content: 'Go on' }
            : {
                role: 'user',
                content: [{ type: 'tool_result', tool_use_id: id, content: answers }],
              },
        ]),
      ],
    }),
  },
}

describe.each(Object.entries(providers))('%s', (_name, provider) => {
  const { protocol, headers, request, callId } = provider
  const done = { id: callId, call: click, answers: 'DONE. Order 10042.' }

  async function start(calls: readonly ToolCall[] = [click]) {
    const model = await startModel(protocol(), scripted(calls))
    onTestFinished(() => model.close())
    const ask = (body: unknown, more: Readonly<Record<string, string>> = {}) =>
      send(model, protocol().path, body, { ...headers(model.apiKey), ...more })
    return { model, ask }
  }

  test('it calls its tool, and stops once the tool answers with a verdict', async () => {
    const { model, ask } = await start()
    expect((await ask(request([]))).status).toBe(200)
    expect(model.said).toBeUndefined()
    const last = await ask(request([done]))
    expect(last.status).toBe(200)
    expect(await last.text()).toContain('DONE. Order 10042.')
    expect(model).toMatchObject({ taken: 2, toolResults: ['DONE. Order 10042.'], complaints: [] })
  })

  const refused: Readonly<Record<string, { readonly body: unknown; readonly why: RegExp }>> = {
    'a parameter that the provider does not know': {
      body: { ...request([done]), max_steps: 3 },
      why: /max_steps/,
    },
    'a conversation without tools': { body: { ...request([done]), tools: [] }, why: /tools/ },
    'a call without its answer': {
      body: request([{ id: callId, call: click }]),
      why: new RegExp(callId),
    },
    'an answer to a call that was never made': {
      body: request([{ ...done, id: 'call_9' }]),
      why: /call_9/,
    },
    'a call whose input was changed': {
      body: request([{ ...done, call: { tool: 'click', input: { button: 'Cancel' } } }]),
      why: /the model never made the call/,
    },
    'a conversation that leaves a call out': { body: request([]), why: /was left out/ },
  }
  for (const [what, { body, why }] of Object.entries(refused)) {
    test(`${what} is refused and remembered`, async () => {
      const { model, ask } = await start()
      await ask(request([]))
      expect((await ask(body)).status).toBe(400)
      expect(model.complaints).toEqual([expect.stringMatching(why)])
      expect(model.taken).toBe(1)
    })
  }

  test('a wrong key and another address are refused and remembered', async () => {
    const { model, ask } = await start()
    expect((await ask(request([]), headers('sk-other'))).status).toBe(401)
    expect((await send(model, '/v1/other', {}, headers(model.apiKey))).status).toBe(404)
    expect(model.complaints).toHaveLength(2)
  })

  test('its script can call no tool that it was not given, nor with other input', async () => {
    for (const call of [
      { ...click, tool: 'buy' },
      { ...click, input: { name: 'Place order' } },
    ]) {
      const { model, ask } = await start([call])
      expect((await ask(request([]))).status).toBe(400)
      expect(model.complaints).toHaveLength(1)
    }
  })

  test('a tool that answers without a verdict, after the last call, is a complaint', async () => {
    const { model, ask } = await start()
    await ask(request([]))
    expect((await ask(request([{ ...done, answers: 'Checkout' }]))).status).toBe(400)
    expect(model.complaints[0]).toContain('no verdict after the last call')
  })
})

describe('OpenAI', () => {
  test('a strict tool must be closed', async () => {
    const model = await startModel(openAiResponses(), scripted([click]))
    onTestFinished(() => model.close())
    const parameters = { ...schema, required: [] }
    const body = {
      ...providers['OpenAI Responses']?.request([]),
      tools: [{ type: 'function', name: 'click', parameters, strict: true }],
    }
    const answer = await send(model, '/v1/responses', body, bearer(model.apiKey))
    expect(answer.status).toBe(400)
    expect(model.complaints[0]).toContain('"button" must be required in strict mode')
  })

  test('a computer that gives no picture is refused', async () => {
    const actions = [{ type: 'screenshot' }]
    const model = await startModel(
      openAiResponses(),
      scripted([{ tool: 'computer', input: { actions } }]),
    )
    onTestFinished(() => model.close())
    const body = { model: 'gpt-5.4', tools: [{ type: 'computer' }] }
    const input = [{ role: 'user', content: 'Buy paper' }]
    await send(model, '/v1/responses', { ...body, input }, bearer(model.apiKey))
    const output = { type: 'computer_screenshot', image_url: '' }
    const answered = [
      ...input,
      { type: 'computer_call', id: 'item_1', call_id: 'call_1', actions },
      { type: 'computer_call_output', call_id: 'call_1', output },
    ]
    const answer = await send(
      model,
      '/v1/responses',
      { ...body, input: answered },
      bearer(model.apiKey),
    )
    expect(answer.status).toBe(400)
    expect(model.complaints[0]).toContain('image_url')
  })
})

test('Anthropic refuses a call that comes back without the thought that led to it', async () => {
  const provider = providers['Anthropic Messages'] as Provider
  const model = await startModel(anthropicMessages(), scripted([click]))
  onTestFinished(() => model.close())
  const thinking = { type: 'enabled', budget_tokens: 1_024 }
  const ask = (steps: readonly Step[]) =>
    send(
      model,
      '/v1/messages',
      { ...provider.request(steps), thinking },
      provider.headers(model.apiKey),
    )
  expect((await ask([])).status).toBe(200)
  expect((await ask([{ id: 'toolu_1', call: click, answers: 'DONE.' }])).status).toBe(400)
  expect(model.complaints[0]).toContain('Expected `thinking`')
})

function send(
  { origin }: ScriptedModel,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  return fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}
