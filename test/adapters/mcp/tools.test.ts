import { Client } from '@modelcontextprotocol/client'
import { InMemoryTransport } from '@modelcontextprotocol/server'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type AgentDesk, DeskError } from '../../../src/adapters/mcp/agent-desk.ts'
import { createMcpServer } from '../../../src/adapters/mcp/tools.ts'
import type { AgentRequest } from '../../../src/core/agent-api.ts'
import { eventually } from '../../support/eventually.ts'

const held: AgentRequest = {
  id: 'HP-41',
  title: 'Pay 182.40 EUR to shop.example',
  status: 'held',
  expiresAt: '2126-11-21T16:30:00.000Z',
  forModel: 'Still HELD, not done.',
}

/** A desk that writes down what it is asked, and a client of the tools over it. */
async function connected(change: Partial<AgentDesk> = {}) {
  const desk = {
    list: vi.fn<AgentDesk['list']>(async () => [held]),
    outcome: vi.fn<AgentDesk['outcome']>(async () => held),
    withdraw: vi.fn<AgentDesk['withdraw']>(async () => ({ ...held, status: 'withdrawn' })),
    ...change,
  }
  const [near, far] = InMemoryTransport.createLinkedPair()
  const server = createMcpServer(desk, '1.2.3')
  await server.connect(far)
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(near)
  onTestFinished(() => client.close())
  return { desk, client }
}

const call = (client: Client, name: string, given: object = {}) =>
  client.callTool({ name, arguments: { ...given } })
const wait = { request_id: 'HP-41' }

test('there are three tools, and none of them decides', async () => {
  const { client } = await connected()
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual([
    'wait_for_approval',
    'list_my_requests',
    'withdraw',
  ])
  const argumentsOf = tools.map(({ inputSchema }) => Object.keys(inputSchema.properties ?? {}))
  expect(argumentsOf).toEqual([['request_id'], [], ['request_id', 'reason']])
  expect(Object.keys(client.getServerCapabilities() ?? {})).toEqual(['tools'])
  for (const name of ['approve', 'reject', 'decide', 'sign_in']) {
    await expect(call(client, name, wait)).rejects.toThrow(`Tool ${name} not found`)
  }
})

describe('an answer', () => {
  test('of a wait of 50 seconds is the text for the model, and its status for a program', async () => {
    const { desk, client } = await connected()
    expect(await call(client, 'wait_for_approval', wait)).toMatchObject({
      content: [{ type: 'text', text: 'Still HELD, not done.' }],
      structuredContent: held,
    })
    expect(desk.outcome).toHaveBeenCalledExactlyOnceWith('HP-41', 50_000, expect.any(AbortSignal))
  })

  test('of the list is a line for each request', async () => {
    const { client } = await connected({
      list: async () => [{ ...held, id: 'HP-42', forModel: 'DONE.' }, held],
    })
    const { content, structuredContent } = await call(client, 'list_my_requests')
    const lines = [
      'HP-42 "Pay 182.40 EUR to shop.example": DONE.',
      'HP-41 "Pay 182.40 EUR to shop.example": Still HELD, not done.',
    ]
    expect(content).toEqual([{ type: 'text', text: lines.join('\n') }])
    expect(structuredContent).toMatchObject({ requests: [{ id: 'HP-42' }, { id: 'HP-41' }] })
  })

  test('of an empty list says so', async () => {
    const { client } = await connected({ list: async () => [] })
    const { content } = await call(client, 'list_my_requests')
    expect(content).toEqual([{ type: 'text', text: 'Nothing is held, and nothing was.' }])
  })

  test('of a withdrawal carries the reason on, or none', async () => {
    const { desk, client } = await connected()
    await call(client, 'withdraw', { ...wait, reason: 'not needed' })
    await call(client, 'withdraw', wait)
    const signal = expect.any(AbortSignal)
    expect(desk.withdraw).toHaveBeenNthCalledWith(1, 'HP-41', 'not needed', signal)
    expect(desk.withdraw).toHaveBeenNthCalledWith(2, 'HP-41', undefined, signal)
  })

  test('of a desk that cannot be asked is an error of the tool, with what to do', async () => {
    const message = 'no Holdpoint runs for /data; start your agent first'
    const refused = () => Promise.reject(new DeskError(message))
    const { client } = await connected({ list: refused, outcome: refused, withdraw: refused })
    for (const name of ['wait_for_approval', 'list_my_requests', 'withdraw']) {
      const given = name === 'list_my_requests' ? {} : wait
      expect(await call(client, name, given)).toMatchObject({
        isError: true,
        content: [{ type: 'text', text: message }],
      })
    }
  })
})

describe('an argument that is wrong is an error that names it:', () => {
  test.each<[string, object, string]>([
    ['wait_for_approval', {}, 'request_id: must be the number of a request, such as "HP-41"'],
    ['wait_for_approval', { request_id: 41 }, 'request_id: must be the number of a request'],
    ['wait_for_approval', { request_id: '41' }, 'request_id: must be the number of a request'],
    ['wait_for_approval', { request_id: 'HP-1/../HP-2' }, 'request_id: must be the number'],
    ['wait_for_approval', { ...wait, approve: true }, 'Unrecognized key: "approve"'],
    ['withdraw', { reason: 'x' }, 'request_id: must be the number of a request'],
    ['withdraw', { ...wait, reason: 5 }, 'reason: must be a text'],
    ['withdraw', { ...wait, reason: 'x'.repeat(201) }, 'reason: must be a text of at most 200'],
    ['list_my_requests', { agent: 'booker' }, 'Unrecognized key: "agent"'],
  ])('%s %j', async (name, given, says) => {
    const { desk, client } = await connected()
    const refused = await call(client, name, given)
    expect(refused).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: expect.stringContaining(says) }],
    })
    for (const asked of [desk.list, desk.outcome, desk.withdraw]) {
      expect(asked).not.toHaveBeenCalled()
    }
  })
})

describe('while it waits', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  function waiting() {
    let answer: (request: AgentRequest) => void = () => {}
    const signals: AbortSignal[] = []
    const outcome: AgentDesk['outcome'] = (_id, _waitMs, signal) => {
      signals.push(signal)
      return new Promise((resolve) => {
        answer = resolve
      })
    }
    return { signals, outcome, answer: () => answer(held) }
  }

  test('a client that wants to know hears every five seconds that it goes on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { outcome, answer, signals } = waiting()
    const { client } = await connected({ outcome })
    const heard: unknown[] = []
    const told = client.callTool(
      { name: 'wait_for_approval', arguments: wait },
      { onprogress: (progress) => heard.push(progress) },
    )
    await eventually(() => expect(signals).toHaveLength(1))
    await vi.advanceTimersByTimeAsync(11_000)
    const message = 'HP-41 waits for a person'
    await eventually(() =>
      expect(heard).toEqual([
        { progress: 5, total: 50, message },
        { progress: 10, total: 50, message },
      ]),
    )
    answer()
    await told
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a client that did not ask for it hears nothing', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { outcome, answer, signals } = waiting()
    const { client } = await connected({ outcome })
    const told = call(client, 'wait_for_approval', wait)
    await eventually(() => expect(signals).toHaveLength(1))
    expect(vi.getTimerCount()).toBe(0)
    answer()
    await told
  })

  test('a client that gives up ends the wait', async () => {
    const { outcome, signals } = waiting()
    const { client } = await connected({ outcome })
    const gone = new AbortController()
    const told = client.callTool(
      { name: 'wait_for_approval', arguments: wait },
      { signal: gone.signal },
    )
    told.catch(() => undefined)
    await eventually(() => expect(signals[0]?.aborted).toBe(false))
    gone.abort('enough')
    await eventually(() => expect(signals[0]?.aborted).toBe(true))
  })
})
