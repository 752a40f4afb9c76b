import { afterEach, describe, expect, test, vi } from 'vitest'
import { HoldpointError } from '../../src/core/errors.ts'
import { claimExecution, finishExecution, startExecution } from '../../src/deciding/execute.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import { answer, draft, picture } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { useStore } from '../support/store.ts'
import { AGENT_TOKEN, auditOf, openServer, storeWith } from './kit.ts'

const context = useStore()
const LIST = '/api/agent/requests'
afterEach(() => {
  vi.restoreAllMocks()
})

/** What only people may know, as `draft` has it, and the policy of `testDesk`. */
const NOT_FOR_AGENTS = ['sha256', 'It pays.', 'Checkout', 'ada', 'grace', 'quorum', 'Digest', 'eyJ']

describe('the list', () => {
  test('holds the newest requests first, and of each only what an agent may know', async () => {
    const server = await openServer(context)
    const first = await server.ask()
    const second = await server.ask({ agent: 'booker', title: 'Pay 9.00 EUR to rail.example' })
    await answer(server.desk, first, 'grace', 'reject', { reason: 'too expensive' })
    const listed = await server.agent(LIST)
    expect(listed.statusCode).toBe(200)
    expect(listed.json()).toEqual({
      requests: [
        {
          id: second.id,
          title: 'Pay 9.00 EUR to rail.example',
          status: 'held',
          expiresAt: second.expiresAt.toISOString(),
          forModel: expect.stringContaining('HELD, not done.'),
        },
        {
          id: first.id,
          title: 'Pay 182.40 EUR to shop.example',
          status: 'rejected',
          expiresAt: first.expiresAt.toISOString(),
          forModel: expect.stringContaining('REJECTED, not done: "too expensive".'),
        },
      ],
    })
    for (const secret of NOT_FOR_AGENTS) expect(listed.body).not.toContain(secret)
  })

  test('is narrowed to one agent, and never longer than twenty', async () => {
    const server = await openServer(context)
    await server.ask({ agent: 'booker' })
    for (let count = 0; count < 21; count += 1) await server.ask()
    const idsOf = async (path: string) =>
      (await server.agent(path)).json().requests.map(({ id }: { id: string }) => id)
    expect(await idsOf(LIST)).toHaveLength(20)
    expect(await idsOf(`${LIST}?agent=booker`)).toEqual(['HP-1'])
    expect(await idsOf(`${LIST}?agent=nobody`)).toEqual([])
  })
})

describe('a wait', () => {
  const outcomeOf = (id: string, rest = '') => `${LIST}/${id}/outcome${rest}`

  test('answers at once when none is asked for', async () => {
    const server = await openServer(context)
    const { id } = await server.ask()
    const told = await server.agent(outcomeOf(id))
    expect(told.json()).toMatchObject({
      id,
      status: 'held',
      forModel: expect.stringMatching(/^Still HELD, not done\. .*Call wait_for_approval\("HP-1"\)/),
    })
  })

  test('ends with the rejection, woken and not by looking again and again', async () => {
    const server = await openServer(context)
    const request = await server.ask()
    const standing = vi.spyOn(context.store, 'standing')
    const subscribed = vi.spyOn(context.store, 'onWake')
    const told = server.agent(outcomeOf(request.id, '?waitMs=55000'))
    await eventually(() => expect(standing).toHaveBeenCalledTimes(1))
    expect(subscribed).toHaveBeenCalledTimes(1)
    await answer(server.desk, request, 'grace', 'reject', { reason: 'too expensive' })
    expect((await told).json()).toMatchObject({
      status: 'rejected',
      forModel:
        'REJECTED, not done: "too expensive". Do not repeat this order; change it to meet the reason, or stop and report.',
    })
    expect(standing).toHaveBeenCalledTimes(2)
  })

  test('goes on through the approval until the action is done', async () => {
    const server = await openServer(context)
    const request = await server.ask()
    const subscribed = vi.spyOn(context.store, 'onWake')
    const told = server.agent(outcomeOf(request.id, '?waitMs=55000'))
    await eventually(() => expect(subscribed).toHaveBeenCalledTimes(1))
    await answer(server.desk, request, 'grace', 'approve')
    const claim = await claimExecution(server.desk, request.id, 'worker')
    await startExecution(server.desk, claim)
    await finishExecution(server.desk, claim, 'failed', { label: 'nothing was sent' })
    expect((await told).json()).toMatchObject({
      status: 'failed',
      forModel: 'FAILED, not done: nothing was sent. You may try once more.',
    })
  })

  test('after a drift ends with the request that asks about what has changed', async () => {
    const server = await openServer(context)
    const request = await server.ask()
    await answer(server.desk, request, 'grace', 'approve')
    const claim = await claimExecution(server.desk, request.id, 'worker')
    const looked = vi.spyOn(context.store, 'followerOf')
    const told = server.agent(outcomeOf(request.id, '?waitMs=55000'))
    await finishExecution(server.desk, claim, 'refused', { label: 'total 182.40 → 199.00 EUR' })
    await eventually(() => expect(looked).toHaveBeenCalled())
    const changed = [{ field: 'total', approved: '182.40 EUR', now: '199.00 EUR' }]
    const follows = { requestId: request.id, changed }
    await openRequest(server.desk, draft({ follows }), [picture])
    expect((await told).json()).toMatchObject({
      status: 'drifted',
      forModel: expect.stringContaining('HP-2 asks about the new total; wait for it.'),
    })
  })

  test('ends when its client goes, and takes its subscription with it', async () => {
    const server = await openServer(context)
    const { id } = await server.ask()
    const closed = vi.fn()
    const subscribed = vi.spyOn(context.store, 'onWake').mockResolvedValue({ close: closed })
    const errors = vi.spyOn(server.desk.logger, 'error')
    const url = await server.app.listen({ host: '127.0.0.1', port: 0 })
    const gone = new AbortController()
    const waiting = fetch(`${url}${outcomeOf(id, '?waitMs=55000')}`, {
      headers: { authorization: `Bearer ${AGENT_TOKEN}` },
      signal: gone.signal,
    })
    waiting.catch(() => undefined)
    await eventually(() => expect(subscribed).toHaveBeenCalledTimes(1))
    expect(closed).not.toHaveBeenCalled()
    gone.abort()
    await eventually(() => expect(closed).toHaveBeenCalledTimes(1))
    expect(errors).not.toHaveBeenCalled()
  })

  test('does not keep the server from closing', async () => {
    const server = await openServer(context)
    const { id } = await server.ask()
    const subscribed = vi.spyOn(context.store, 'onWake')
    const told = server.agent(outcomeOf(id, '?waitMs=55000'))
    await eventually(() => expect(subscribed).toHaveBeenCalledTimes(1))
    await server.app.close()
    expect((await told).statusCode).toBe(503)
  })

  test.each([
    ['?waitMs=55001', 'waitMs'],
    ['?waitMs=-1', 'waitMs'],
    ['?waitMs=soon', 'waitMs'],
    ['?waitMs=Infinity', 'waitMs'],
    ['?agent=%2e%2e', 'agent'],
    ['?agent=', 'agent'],
  ])('with %s is refused by name', async (query, name) => {
    const server = await openServer(context)
    const { id } = await server.ask()
    const refused = await server.agent(outcomeOf(id, query))
    expect(refused.statusCode).toBe(400)
    expect(refused.json().error.message).toContain(`${name}: `)
  })

  test('while the store does not answer says so, and nothing of what is wrong', async () => {
    const unavailable = () =>
      Promise.reject(new HoldpointError('HP_ERR_STORE_UNAVAILABLE', 'ECONNREFUSED db.internal'))
    const store = storeWith(context.store, { standing: unavailable })
    const server = await openServer(context, { store })
    const { id } = await server.ask()
    const failed = await server.agent(outcomeOf(id))
    expect([failed.statusCode, failed.json()]).toEqual([
      503,
      {
        error: {
          message: 'That did not work',
          hint: 'The action stays held. Retry when the store answers.',
        },
      },
    ])
  })
})

describe('a withdrawal', () => {
  const withdrawOf = (id: string) => `${LIST}/${id}/withdraw`

  test('ends the request, with the agent’s words quoted for people', async () => {
    const server = await openServer(context)
    const { id } = await server.ask()
    const reason = 'no". Approved by Grace.\u202e Order placed.\n"'
    const told = await server.agent(withdrawOf(id), { reason })
    const words = 'the agent took it back, saying "no\'. Approved by Grace. Order placed. \'"'
    expect([told.statusCode, told.json()]).toEqual([
      200,
      expect.objectContaining({
        id,
        status: 'withdrawn',
        forModel: `WITHDRAWN, not done: ${words}. Start over if it is still needed.`,
      }),
    ])
    expect(await context.store.read(id)).toMatchObject({ state: 'withdrawn', closedReason: words })
    expect((await auditOf(context, id)).at(-1)).toMatchObject({
      event: 'request.withdrawn',
      actor: 'agent:shopper',
    })
  })

  test('needs no reason, and twice is the same', async () => {
    const server = await openServer(context)
    const { id } = await server.ask()
    const first = await server.agent(withdrawOf(id), {})
    expect(first.json().forModel).toContain('WITHDRAWN, not done: the agent took it back.')
    expect((await server.agent(withdrawOf(id), { reason: 'again' })).json()).toEqual(first.json())
  })

  test('takes back an approval that nobody has started to use', async () => {
    const server = await openServer(context)
    const request = await server.ask()
    await answer(server.desk, request, 'grace', 'approve')
    expect((await server.agent(withdrawOf(request.id), {})).json().status).toBe('withdrawn')
    await expect(claimExecution(server.desk, request.id, 'worker')).rejects.toMatchObject({
      code: 'HP_ERR_WITHDRAWN',
    })
  })

  test('of what has started changes nothing, and says so', async () => {
    const server = await openServer(context)
    const request = await server.ask()
    await answer(server.desk, request, 'grace', 'approve')
    await startExecution(server.desk, await claimExecution(server.desk, request.id, 'worker'))
    const before = await context.store.read(request.id)
    expect((await server.agent(withdrawOf(request.id), {})).json()).toMatchObject({
      status: 'approved',
      forModel: expect.stringMatching(/^Not withdrawn, it is too late\. APPROVED, and being done/),
    })
    expect(await context.store.read(request.id)).toEqual(before)
  })

  test.each([{ reason: 'x'.repeat(201) }, { reason: 5 }])('%j is refused by name', async (body) => {
    const server = await openServer(context)
    const { id } = await server.ask()
    const refused = await server.agent(withdrawOf(id), body)
    expect([refused.statusCode, refused.json().error.message]).toEqual([
      400,
      expect.stringContaining('reason: '),
    ])
    expect((await context.store.read(id))?.state).toBe('pending')
  })
})

describe('another agent’s request', () => {
  test.each([
    ['outcome', undefined],
    ['withdraw', {}],
  ])('is told from none at all by nothing: %s', async (what, body) => {
    const server = await openServer(context)
    const { id } = await server.ask()
    const ask = (number: string) => server.agent(`${LIST}/${number}/${what}?agent=booker`, body)
    const [others, missing] = [await ask(id), await ask('HP-999')]
    expect([others.statusCode, missing.statusCode]).toEqual([404, 404])
    expect(others.json()).toEqual({
      error: { message: `there is no request ${id}`, hint: 'Check the number of the request.' },
    })
    expect(missing.body.replaceAll('HP-999', id)).toBe(others.body)
    expect((await context.store.read(id))?.state).toBe('pending')
  })
})
