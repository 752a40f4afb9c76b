import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type AgentDeskOptions, agentDesk } from '../../../src/adapters/mcp/agent-desk.ts'
import { eventually } from '../../support/eventually.ts'

const never = new AbortController().signal
const request = {
  id: 'HP-41',
  title: 'Pay 182.40 EUR to shop.example',
  status: 'held',
  expiresAt: '2126-11-21T16:30:00.000Z',
  forModel: 'HELD, not done.',
}

/** A server with a token of its own. What it is asked with another one it refuses, as the real one does. */
async function desk(
  token: string,
  answer: (asked: IncomingMessage, reply: ServerResponse) => void,
) {
  const asked: { readonly method: string; readonly url: string; readonly body: string }[] = []
  const reached = vi.fn()
  const server = createServer(async (incoming, reply) => {
    reached()
    if (incoming.headers.authorization !== `Bearer ${token}`) {
      reply.writeHead(401).end('{"error":{"message":"That token","hint":"Read it."}}')
      return
    }
    const { method = '', url = '' } = incoming
    asked.push({ method, url, body: await text(incoming) })
    answer(incoming, reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  const { port } = server.address() as AddressInfo
  return { asked, reached, close, address: { url: `http://127.0.0.1:${port}`, token } }
}

const json =
  (value: unknown, status = 200) =>
  (_asked: unknown, reply: ServerResponse) => {
    reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  }

const over = (find: AgentDeskOptions['find'], agent?: string) =>
  agentDesk({ find, folder: '/data', ...(agent === undefined ? {} : { agent }) })

describe('it asks', () => {
  test('for the list, for an outcome with a wait, and for a withdrawal with a reason', async () => {
    const one = await desk('one', (asked, reply) =>
      json(asked.url?.endsWith('requests') ? { requests: [request] } : request)(asked, reply),
    )
    const client = over(() => one.address)
    expect(await client.list(never)).toEqual([request])
    expect(await client.outcome('HP-41', 50_000, never)).toEqual(request)
    expect(await client.withdraw('HP-41', 'not needed', never)).toEqual(request)
    await client.withdraw('HP-41', undefined, never)
    const path = '/api/agent/requests'
    expect(one.asked).toEqual([
      { method: 'GET', url: path, body: '' },
      { method: 'GET', url: `${path}/HP-41/outcome?waitMs=50000`, body: '' },
      { method: 'POST', url: `${path}/HP-41/withdraw`, body: '{"reason":"not needed"}' },
      { method: 'POST', url: `${path}/HP-41/withdraw`, body: '{}' },
    ])
  })

  test('as one agent, when it was started for one', async () => {
    const one = await desk('one', json(request))
    const client = over(() => one.address, 'shopper@home')
    await client.outcome('HP-41', 0, never)
    await client.withdraw('HP-41', undefined, never)
    const queries = one.asked.map(({ url }) => new URL(url, 'http://x').searchParams.get('agent'))
    expect(queries).toEqual(['shopper@home', 'shopper@home'])
  })
})

describe('it is told', () => {
  test('why not, and what to do', async () => {
    const error = { message: 'there is no request HP-41', hint: 'Check the number.' }
    const one = await desk('one', json({ error }, 404))
    await expect(over(() => one.address).outcome('HP-41', 0, never)).rejects.toThrow(
      'there is no request HP-41. Check the number.',
    )
  })

  test.each([
    ['a success that is none of ours', json({ approved: true })],
    ['a refusal that is none of ours', json({ nope: true }, 418)],
    ['a request with the status of a failure', json(request, 500)],
    ['a status that it does not know', json({ ...request, status: 'blessed' })],
  ])('nothing by %s', async (_what, answer) => {
    const one = await desk('one', answer)
    await expect(over(() => one.address).outcome('HP-41', 0, never)).rejects.toThrow(
      /was not understood; is it another version/,
    )
  })
})

test('without a desk it says for which folder there is none', async () => {
  const none = 'no Holdpoint runs for /data; start your agent first'
  const client = over(() => undefined)
  await expect(client.list(never)).rejects.toThrow(none)
  await expect(client.outcome('HP-41', 50_000, never)).rejects.toThrow(none)
  await expect(client.withdraw('HP-41', undefined, never)).rejects.toThrow(none)
})

describe('a desk that starts again', () => {
  test('elsewhere during a wait is found, and asked for the rest of the wait', async () => {
    const first = await desk('one', () => {})
    const second = await desk('two', json(request))
    const found = [first.address, undefined, undefined]
    const find = () => (found.length === 0 ? second.address : found.shift())
    const told = over(find).outcome('HP-41', 50_000, never)
    await eventually(() => expect(first.asked).toHaveLength(1))
    first.close()
    expect(await told).toEqual(request)
    const [asked] = second.asked
    const waitMs = Number(new URL(asked?.url ?? '', 'http://x').searchParams.get('waitMs'))
    expect(waitMs).toBeGreaterThan(40_000)
    expect(waitMs).toBeLessThan(50_000)
  })

  test('at the same port with another token is found', async () => {
    const second = await desk('two', json(request))
    const addresses = [{ ...second.address, token: 'one' }, second.address]
    const find = () => addresses.shift() ?? second.address
    expect(await over(find).outcome('HP-41', 0, never)).toEqual(request)
  })

  test('after it said that it closes is found', async () => {
    const first = await desk('one', json({ error: { message: 'closing', hint: '' } }, 503))
    const second = await desk('two', json(request))
    const addresses = [first.address, first.address, second.address]
    const find = () => addresses.shift() ?? second.address
    expect(await over(find).outcome('HP-41', 0, never)).toEqual(request)
  })

  test('is not waited for by a client that has gone', async () => {
    const first = await desk('one', () => {})
    const gone = new AbortController()
    const told = over(() => first.address).outcome('HP-41', 50_000, gone.signal)
    told.catch(() => undefined)
    await eventually(() => expect(first.asked).toHaveLength(1))
    first.close()
    gone.abort(new Error('the client has gone'))
    await expect(told).rejects.toThrow('the client has gone')
  })
})

describe('a desk that does not come back', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test.each([
    ['is gone', undefined, 'no Holdpoint runs for /data'],
    ['does not answer', { url: 'http://127.0.0.1:1', token: 'one' }, 'does not answer; what is'],
  ])('is waited for five seconds, and then it %s', async (_what, later, says) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
    let found: { url: string; token: string } | undefined = {
      url: 'http://127.0.0.1:1',
      token: 'one',
    }
    const failed = vi.fn()
    const told = over(() => found).list(never)
    told.catch(failed)
    found = later
    await vi.advanceTimersByTimeAsync(4_900)
    expect(failed).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(300)
    await expect(told).rejects.toThrow(says)
  })
})

test('the token is not taken along to another address', async () => {
  const elsewhere = await desk('one', json(request))
  const one = await desk('one', (_asked, reply) => {
    reply.writeHead(302, { location: `${elsewhere.address.url}/stolen` }).end()
  })
  const stop = AbortSignal.timeout(500)
  await expect(over(() => one.address).outcome('HP-41', 0, stop)).rejects.toThrow()
  expect(elsewhere.reached).not.toHaveBeenCalled()
})
