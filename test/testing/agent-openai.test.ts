import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Observation } from '../../src/testing/agent/observation.ts'
import { openaiBrain } from '../../src/testing/agent/openai-brain.ts'
import { type FakeOpenAi, type Reply, startFakeOpenAi } from './openai-server.ts'

const TASK = 'Buy two boxes of printer paper'
const SEEN: Observation = {
  url: 'https://shop.example/checkout',
  title: 'Checkout',
  headings: ['Your order', 'Payment'],
  elements: [
    { index: 0, tag: 'input', type: 'text', name: 'Quantity', value: '2' },
    { index: 1, tag: 'button', type: 'submit', name: 'Place order', value: '' },
  ],
}
const CLICK = {
  says: 'cheapest',
  tool: 'click',
  index: 1,
  text: null,
  submit: null,
  requestId: null,
}
const UNUSABLE = { tool: 'done', report: 'The model gave no usable answer.' }

let openai: FakeOpenAi
beforeEach(async () => {
  openai = await startFakeOpenAi()
  vi.stubEnv('OPENAI_API_KEY', openai.apiKey)
  vi.stubEnv('OPENAI_BASE_URL', openai.url)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await openai.close()
})

/** One decision after `lastResult`, when OpenAI gives these replies. */
async function decided(replies: readonly Reply[], lastResult = '') {
  openai.next(...replies)
  const brain = await openaiBrain()
  return brain.next(TASK, SEEN, lastResult)
}

/** The newest message of the newest request. */
function lastMessage(): string {
  const input = openai.requests.at(-1)?.['input'] as { role: string; content: string }[]
  return input.at(-1)?.content ?? ''
}

describe('what is asked', () => {
  test('is a request that the Responses API takes, which keeps nothing of it', async () => {
    await decided([{ says: CLICK }])
    expect(openai.complaints).toEqual([])
    expect(openai.requests).toMatchObject([{ model: 'gpt-5-mini', store: false }])
  })

  test('goes to the model that the caller names', async () => {
    openai.next({ says: CLICK })
    const brain = await openaiBrain({ model: 'gpt-x' })
    expect(brain.name).toBe('gpt-x')
    await brain.next(TASK, SEEN, '')
    expect(openai.requests[0]).toMatchObject({ model: 'gpt-x' })
  })

  test('is the task, the page and its elements by number', async () => {
    await decided([{ says: CLICK }])
    expect(lastMessage()).toBe(
      [
        'Task: Buy two boxes of printer paper',
        'Last result: none',
        'Page: Checkout https://shop.example/checkout',
        'Headings: Your order | Payment',
        '[0] <input text> Quantity 2',
        '[1] <button submit> Place order',
      ].join('\n'),
    )
  })

  test('holds what the last act came to word for word, so that the model can obey it', async () => {
    const forModel =
      'REJECTED, not done: "too expensive". Do not repeat this order; change it to meet the reason, or stop and report.'
    await decided([{ says: CLICK }], forModel)
    expect(lastMessage()).toContain(`\nLast result: ${forModel}\n`)
  })

  test("holds the model's own earlier answers, and of a long session the newest only", async () => {
    const brain = await openaiBrain()
    for (let step = 0; step < 20; step += 1) {
      openai.next({ says: { ...CLICK, index: step } })
      await brain.next(TASK, SEEN, `result ${step}`)
    }
    expect(openai.complaints).toEqual([])
    const input = openai.requests.at(-1)?.['input'] as { role: string; content: string }[]
    expect(input).toHaveLength(12)
    expect(input.at(-2)).toEqual({
      role: 'assistant',
      content: JSON.stringify({ ...CLICK, index: 18 }),
    })
    expect(input.at(-1)?.content).toContain('result 19')
  })

  test('two brains share nothing', async () => {
    await decided([{ says: CLICK }])
    await decided([{ says: CLICK }])
    expect(openai.requests[1]?.['input']).toHaveLength(1)
  })
})

describe('what is decided', () => {
  test.each<[string, object, object]>([
    ['click', {}, { tool: 'click', index: 1, says: 'cheapest' }],
    [
      'type',
      { text: '3', index: 0 },
      { tool: 'type', index: 0, text: '3', submit: false, says: 'cheapest' },
    ],
    [
      'type',
      { text: '3', submit: true, says: null },
      { tool: 'type', index: 1, text: '3', submit: true },
    ],
    ['select', { text: 'EUR' }, { tool: 'select', index: 1, option: 'EUR', says: 'cheapest' }],
    [
      'wait_for_approval',
      { requestId: 'HP-1', says: null },
      { tool: 'wait_for_approval', requestId: 'HP-1' },
    ],
    ['done', { text: 'Bought.', says: null }, { tool: 'done', report: 'Bought.' }],
  ])('%s is what the model says: %j', async (tool, change, expected) => {
    expect(await decided([{ says: { ...CLICK, tool, ...change } }])).toEqual(expected)
  })

  test('an element that the model does not name is none', async () => {
    expect(await decided([{ says: { ...CLICK, index: null } }])).toMatchObject({ index: -1 })
  })

  test('a report that the model does not give is not a success', async () => {
    const done = await decided([{ says: { ...CLICK, tool: 'done' } }])
    expect(done).toMatchObject({ tool: 'done', report: 'The model gave no report.' })
  })

  test('what the agent says for the reviewer is shortened', async () => {
    const { says } = await decided([{ says: { ...CLICK, says: 's'.repeat(5_000) } }])
    expect(says).toHaveLength(200)
  })
})

describe('an answer that is garbage leads to no act', () => {
  test.each<[string, Reply]>([
    ['an unknown tool', { says: { ...CLICK, tool: 'evaluate' } }],
    ['an index that is a text', { says: { ...CLICK, index: '1' } }],
    ['an index between two elements', { says: { ...CLICK, index: 0.5 } }],
    ['a member that is missing', { says: { tool: 'click', index: 1 } }],
    ['a list', { says: [CLICK] }],
    ['text to type that is missing', { says: { ...CLICK, tool: 'type' } }],
    ['an option that is missing', { says: { ...CLICK, tool: 'select' } }],
    ['no JSON', { text: 'Sure! I will click "Place order".' }],
    ['JSON that is cut off', { text: JSON.stringify(CLICK).slice(0, 30), status: 'incomplete' }],
    ['an empty text', { text: '' }],
    ['a refusal', { refuses: 'I cannot help with that.' }],
    [
      'no output at all',
      { raw: '{"id":"resp_1","object":"response","status":"completed","output":[]}' },
    ],
    ['a body that is no JSON', { raw: '<html>gateway</html>' }],
  ])('%s', async (_, reply) => {
    expect(await decided([reply])).toEqual(UNUSABLE)
    expect(openai.complaints).toEqual([])
  })
})

describe('a failure of the service', () => {
  const soon = { 'retry-after': '0.01' }

  test.each<[string, Reply]>([
    ['429 with Retry-After', { fails: 429, headers: soon, code: 'rate_limit_exceeded' }],
    ['500', { fails: 500, headers: soon }],
    ['503', { fails: 503, headers: soon }],
    ['a connection that is dropped before the answer', { drops: 'before' }],
  ])('%s is tried once more, with the same question', async (_, reply) => {
    expect(await decided([reply, { says: CLICK }])).toMatchObject({ tool: 'click', index: 1 })
    expect(openai.requests).toHaveLength(2)
    expect(openai.requests[1]).toEqual(openai.requests[0])
  })

  test.each<[string, Reply, object, number]>([
    ['429 again', { fails: 429, headers: soon }, { status: 429 }, 2],
    ['500 again', { fails: 500, headers: soon }, { status: 500 }, 2],
    ['a connection dropped again', { drops: 'before' }, { name: 'Error' }, 2],
    ['401', { fails: 401, code: 'invalid_api_key' }, { status: 401 }, 1],
    ['400', { fails: 400 }, { status: 400 }, 1],
    ['a model that does not exist', { fails: 404, code: 'model_not_found' }, { status: 404 }, 1],
  ])('%s is an error, never a decision', async (_, reply, expected, requests) => {
    await expect(decided([reply, reply])).rejects.toMatchObject(expected)
    expect(openai.requests).toHaveLength(requests)
  })

  test('a connection dropped within the answer is no decision', async () => {
    const ended = await decided([{ drops: 'within' }, { drops: 'within' }]).catch((error) => error)
    expect(ended instanceof Error || ended.report === UNUSABLE.report).toBe(true)
  })

  test('a wrong key is refused by the service, and is not in the error', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-wrong-987')
    const error: unknown = await decided([{ says: CLICK }]).catch((error) => error)
    expect(error).toMatchObject({ status: 401 })
    expect(String(error)).not.toContain('sk-wrong-987')
    expect(openai.requests).toEqual([])
  })

  test('without a key there is no brain, and nobody is asked', async () => {
    vi.stubEnv('OPENAI_API_KEY', undefined)
    await expect(openaiBrain()).rejects.toThrow(/OPENAI_API_KEY/)
    expect(openai.complaints).toEqual([])
  })
})
