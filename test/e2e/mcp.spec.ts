import { resolve } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { runAction } from 'holdpoint'
import { partsOf } from '../../src/compose/holdpoint.ts'
import {
  type Desk,
  expect,
  heldAction,
  heldOrder,
  placeOrder,
  test as stage,
} from './support/stage.ts'

type Call = (name: string, given?: object) => Promise<string>

interface Parts {
  /** Starts `holdpoint mcp` beside the agent, in a process of its own, for an agent of this name or for all. */
  readonly mcp: (agent?: string) => Promise<Call>
}

const test = stage.extend<Parts>({
  mcp: async ({ desk }, use) => {
    const clients: Client[] = []
    await use(async (agent) => {
      const client = new Client({ name: 'another framework', version: '1.0.0' })
      clients.push(client)
      await client.connect(new StdioClientTransport(commandFor(desk, agent)))
      return async (name, given = {}) => {
        const { content } = await client.callTool({ name, arguments: { ...given } })
        return (content as { readonly text: string }[]).map(({ text }) => text).join('\n')
      }
    })
    for (const client of clients) await client.close()
  },
})

function commandFor(desk: Desk, agent: string | undefined) {
  const { dataDir } = partsOf(desk.holdpoint)
  const named = agent === undefined ? [] : ['--agent', agent]
  const main = resolve('src/cli/main.ts')
  const args = ['--conditions=@holdpoint/source', main, 'mcp', '--data-dir', dataDir, ...named]
  return { command: process.execPath, args, env: {} }
}

test('an agent that waits over MCP reads that its order was placed', async ({
  desk,
  shop,
  agent,
  mcp,
}) => {
  const { request, ended } = await heldOrder(agent, shop, desk)
  const call = await mcp(request.agent)
  expect(await call('list_my_requests')).toContain(`${request.id} "Pay 182.40 EUR`)
  const waiting = call('wait_for_approval', { request_id: request.id })
  await desk.approve(request.id)
  expect(await waiting).toBe('DONE. Approved by a person; order 10042.')
  await ended
  expect(shop.orders).toHaveLength(1)
})

test('an act that was left held is approved, and done when it is made again', async ({
  desk,
  shop,
  agent,
  mcp,
}) => {
  const { page, guarded } = agent
  await page.goto(shop.checkoutUrl)
  const left = await runAction(guarded, { waitMs: 50 }, () => placeOrder(page).click())
  if (left.status !== 'held') throw new Error(`it ended as ${left.status}`)
  const { id } = left.request
  expect(left.forModel).toContain(`Call wait_for_approval("${id}")`)
  const call = await mcp()
  const waiting = call('wait_for_approval', { request_id: id })
  await desk.approve(id)
  expect(await waiting).toMatch(/^APPROVED, but not done yet.* Make exactly the same act once more/)
  expect(shop.orders).toHaveLength(0)
  await placeOrder(page).click()
  expect(shop.orders).toHaveLength(1)
  expect(desk.held).toEqual([id])
  expect(await call('wait_for_approval', { request_id: id })).toContain('DONE. Approved')
})

test('an act that is withdrawn over MCP is not done', async ({ desk, shop, agent, mcp }) => {
  const { request, outcome } = await heldAction(agent, shop, desk)
  const call = await mcp()
  const words = 'the agent took it back, saying "found it cheaper"'
  expect(await call('withdraw', { request_id: request.id, reason: 'found it cheaper' })).toBe(
    `WITHDRAWN, not done: ${words}. Start over if it is still needed.`,
  )
  expect(await outcome).toMatchObject({
    status: 'withdrawn',
    forModel: `WITHDRAWN, not done: ${words}. Start over if it is still needed.`,
  })
  expect(shop.orders).toHaveLength(0)
})

test('a price that rose after the approval is told, with the request that asks about it', async ({
  desk,
  shop,
  agent,
  mcp,
}) => {
  const { request, outcome } = await heldAction(agent, shop, desk)
  const call = await mcp()
  const waiting = call('wait_for_approval', { request_id: request.id })
  shop.misbehave({ kind: 'raise-total', totalMinor: 199_00 })
  await agent.page.getByText('199.00').first().waitFor()
  await desk.approve(request.id)
  const drifted = await outcome
  expect(drifted.status).toBe('drifted')
  expect(await waiting).toBe(drifted.forModel)
})

test('another agent’s request is not found, and stays as it is', async ({
  desk,
  shop,
  agent,
  mcp,
}) => {
  const { request, ended } = await heldOrder(agent, shop, desk)
  const call = await mcp('somebody-else')
  expect(await call('list_my_requests')).toBe('Nothing is held, and nothing was.')
  for (const name of ['wait_for_approval', 'withdraw']) {
    expect(await call(name, { request_id: request.id })).toContain(
      `there is no request ${request.id}.`,
    )
  }
  expect((await desk.read(request.id)).state).toBe('pending')
  await desk.reject(request.id)
  await ended
})
