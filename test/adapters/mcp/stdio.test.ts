import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createHoldpoint } from '../../../src/compose/create-holdpoint.ts'
import { type Holdpoint, ownerOf } from '../../../src/compose/holdpoint.ts'
import { definePolicy } from '../../../src/core/policy.ts'
import type { ApprovalRequest } from '../../../src/core/request.ts'
import { openRequest } from '../../../src/deciding/open-request.ts'
import type { ChannelDefinition } from '../../../src/ports/channel.ts'
import { silentLogger } from '../../../src/ports/log.ts'
import { answer, draft, picture } from '../../support/desk.ts'
import { eventually } from '../../support/eventually.ts'

const COMMAND = ['--conditions=@holdpoint/source', resolve('src/cli/main.ts'), 'mcp']

let dataDir = ''
let holdpoint: Holdpoint
beforeAll(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'holdpoint-test-')), '.holdpoint')
  holdpoint = await open()
})
afterAll(async () => {
  await holdpoint.close()
  await rm(join(dataDir, '..'), { recursive: true, force: true, maxRetries: 5 })
})

/** What the channel was shown last, by request. */
const cards = new Map<string, ApprovalRequest>()
const pager: ChannelDefinition = {
  name: 'pager',
  start: async ({ identities }) => ({
    channel: {
      name: 'pager',
      identities,
      async show({ request }) {
        cards.set(request.id, request)
        return { ref: {} }
      },
    },
  }),
}

function open(): Promise<Holdpoint> {
  const policy = definePolicy({
    reviewers: ['grace'],
    askAgainAfterMs: 0,
    maxOpenPerAgent: 100,
    maxNewPerHour: 100,
  })
  const config = { channels: [pager], reviewers: { grace: { pager: '7' } }, policy }
  return createHoldpoint({ dataDir, config, logger: silentLogger, onHeld() {} })
}

const ask = (agent = 'shopper') => openRequest(ownerOf(holdpoint).desk, draft({ agent }), [picture])

/** A client of `holdpoint mcp` in a process of its own. */
async function connected(options: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...COMMAND, ...options],
    env: { ...env },
    stderr: 'inherit',
  })
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(transport)
  onTestFinished(() => client.close())
  return async (name: string, given: object = {}) => {
    const { content, isError = false } = await client.callTool({ name, arguments: { ...given } })
    const [first] = content as { readonly text: string }[]
    return { text: first?.text ?? '', isError }
  }
}

/** The command with plain pipes, for what no client does. */
function started(...options: readonly string[]) {
  const child = spawn(process.execPath, [...COMMAND, ...options], { env: {} })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, exited: once(child, 'exit'), lines: createInterface({ input: child.stdout }) }
}

const message = (id: number, method: string, params: object) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`
const HELLO = message(1, 'initialize', {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'test', version: '1.0.0' },
})

test('an agent in another process waits, and reads why it was rejected', async () => {
  const call = await connected(['--data-dir', dataDir])
  const request = await ask()
  const waiting = call('wait_for_approval', { request_id: request.id })
  await answer(ownerOf(holdpoint).desk, request, 'grace', 'reject', { reason: 'too expensive' })
  expect(await waiting).toEqual({
    text: 'REJECTED, not done: "too expensive". Do not repeat this order; change it to meet the reason, or stop and report.',
    isError: false,
  })
})

test.each<[string, (name: string) => readonly string[], (name: string) => Record<string, string>]>([
  ['--agent', (name) => ['--agent', name], () => ({ HOLDPOINT_AGENT: 'other' })],
  ['HOLDPOINT_AGENT', () => [], (name) => ({ HOLDPOINT_AGENT: name })],
])('%s narrows it to the requests of one agent', async (_how, options, env) => {
  const [mine, others] = [await ask('booker'), await ask('shopper')]
  const call = await connected(['--data-dir', dataDir, ...options('booker')], env('booker'))
  const listed = await call('list_my_requests')
  expect(listed.text).toContain(`${mine.id} "`)
  expect(listed.text).not.toContain(`${others.id} "`)
  for (const name of ['wait_for_approval', 'withdraw']) {
    expect(await call(name, { request_id: others.id })).toEqual({
      text: `there is no request ${others.id}. Check the number of the request.`,
      isError: true,
    })
  }
  const { store } = ownerOf(holdpoint).desk
  expect((await store.read(others.id))?.state).toBe('pending')
  expect((await call('withdraw', { request_id: mine.id })).text).toContain('WITHDRAWN, not done')
  expect((await store.read(mine.id))?.state).toBe('withdrawn')
})

test('what is taken back is taken back on the card too, in the agent’s own words', async () => {
  const { id } = await ask()
  await eventually(() => expect(cards.get(id)?.state).toBe('pending'))
  const call = await connected(['--data-dir', dataDir])
  await call('withdraw', { request_id: id, reason: 'found it cheaper' })
  await eventually(() =>
    expect(cards.get(id)).toMatchObject({
      state: 'withdrawn',
      closedReason: 'the agent took it back, saying "found it cheaper"',
    }),
  )
})

test('without one it stands for all agents of the folder', async () => {
  const [one, two] = [await ask('booker'), await ask('shopper')]
  const listed = await (await connected(['--data-dir', dataDir]))('list_my_requests')
  for (const { id } of [one, two]) expect(listed.text).toContain(`${id} "`)
})

test('an owner that starts again is found again', async () => {
  const call = await connected(['--data-dir', dataDir])
  const request = await ask()
  expect((await call('list_my_requests')).text).toContain(request.id)
  const waiting = call('wait_for_approval', { request_id: request.id })
  await holdpoint.close()
  expect(await call('list_my_requests')).toEqual({
    text: `no Holdpoint runs for ${dataDir}; start your agent first`,
    isError: true,
  })
  expect((await waiting).text).toContain('no Holdpoint runs')
  holdpoint = await open()
  expect((await call('list_my_requests')).text).toContain(request.id)
})

test('the lines that docs/mcp.md gives for a client start it', async () => {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(await readFile('docs/mcp.md', 'utf8')) ?? []
  const { command, args } = JSON.parse(json).mcpServers.holdpoint
  expect([command, ...args.splice(0, 3)]).toEqual(['npx', '-y', 'holdpoint', 'mcp'])
  const call = await connected(args)
  expect((await call('list_my_requests')).text).toMatch(/^no Holdpoint runs for .+\.holdpoint;/)
})

test('where no Holdpoint runs it starts all the same, and says so', async () => {
  const call = await connected(['--data-dir', join(dataDir, 'nothing')])
  expect(await call('wait_for_approval', { request_id: 'HP-1' })).toEqual({
    text: `no Holdpoint runs for ${join(dataDir, 'nothing')}; start your agent first`,
    isError: true,
  })
})

test('it writes nothing but the protocol to standard output, and ends when its input does', async () => {
  const { id } = await ask()
  const { child, exited, lines } = started('--data-dir', dataDir)
  const ends = lines[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await ends.next()).value ?? '""')
  child.stdin.write(HELLO)
  expect(await next()).toMatchObject({ id: 1, result: { serverInfo: { name: 'holdpoint' } } })
  child.stdin.write('this is no message\n')
  child.stdin.write(message(2, 'tools/call', { name: 'list_my_requests', arguments: {} }))
  expect(await next()).toMatchObject({ jsonrpc: '2.0', id: 2 })
  // A wait that is under way does not keep it.
  const given = { name: 'wait_for_approval', arguments: { request_id: id } }
  child.stdin.end(message(3, 'tools/call', given))
  expect(await exited).toEqual([0, null])
  expect((await ends.next()).done).toBe(true)
})

test('--help tells how to use it, and a wrong option is refused by name', async () => {
  const help = started('--help')
  expect(await text(help.child.stdout)).toContain('holdpoint mcp [--data-dir DIR] [--agent NAME]')
  const wrong = started('--agent', 'two words')
  expect(await text(wrong.child.stderr)).toContain('--agent: is "two words"; it must be the short')
  const unknown = started('--approve')
  expect(await text(unknown.child.stderr)).toContain('See holdpoint mcp --help')
  expect([await help.exited, await wrong.exited, await unknown.exited]).toEqual([
    [0, null],
    [1, null],
    [1, null],
  ])
})
