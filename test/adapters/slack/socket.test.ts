import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { openSocket } from '../../../src/adapters/slack/socket.ts'
import { type Logger, silentLogger } from '../../../src/ports/log.ts'
import {
  type SlackWorkspace,
  type SlackWorkspaceOptions,
  startSlackWorkspace,
} from '../../../src/testing/slack-workspace/index.ts'
import { startChild } from '../../support/child.ts'
import { eventually } from '../../support/eventually.ts'
import { clientFor } from '../../testing/slack-workspace-kit.ts'

let workspace: SlackWorkspace
let socket: { close(): Promise<void> } | undefined
let ts: string
let heard: number
let log: string[]

afterEach(async () => {
  await socket?.close()
  socket = undefined
  await workspace.close()
})

/** A workspace in Socket Mode, with a button to click on. */
async function start(options: SlackWorkspaceOptions = {}): Promise<void> {
  workspace = await startSlackWorkspace({ socketMode: true, ...options })
  heard = 0
  log = []
  const posted = await clientFor(workspace).chat.postMessage({
    channel: workspace.channelId,
    text: 'A button',
    blocks: [
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'press', text: { type: 'plain_text', text: 'Press' } },
        ],
      },
    ],
  })
  ts = String(posted.ts)
}

async function listen(
  answer: () => Promise<object | undefined> = async () => undefined,
  appToken = workspace.appToken,
): Promise<void> {
  const write =
    (level: string): Logger['info'] =>
    (message, facts) =>
      log.push(`${level}: ${message} ${JSON.stringify(facts)}`)
  const logger = { info: write('info'), warn: write('warn'), error: write('error') }
  socket = await openSocket({ appToken, slackApiUrl: workspace.apiUrl }, logger, () => {
    heard += 1
    return answer()
  })
}

const press = () => workspace.click('grace', ts, 'press')
const both = () => eventually(() => expect(workspace.socketCount).toBe(2))
const warnings = () => log.filter((line) => line.startsWith('warn'))

test('a click is heard, and what is said to it is part of the acknowledgement', async () => {
  await start()
  await listen(async () => ({ response_action: 'clear' }))
  expect(await press()).toMatchObject({ acked: true, answer: '{"response_action":"clear"}' })
  expect(heard).toBe(1)
})

test.each(['refresh_requested', 'warning'] as const)(
  'while one socket is opened anew (%s) the other hears every click',
  async (reason) => {
    await start()
    await listen()
    await both()
    const { socket: first } = await press()
    const refreshed = workspace.refreshSockets({ reason, socket: Number(first) })
    const clicks = [await press(), await press(), await press()]
    await refreshed
    await both()
    clicks.push(await press(), await press())
    expect(clicks.map(({ acked }) => acked)).toEqual([true, true, true, true, true])
    expect(heard).toBe(6)
    expect(warnings()).toEqual([])
  },
)

test('when both are to be opened anew at once, one is before the SDK alone would begin', async () => {
  await start()
  await listen()
  await both()
  const refreshed = workspace.refreshSockets({ closeAfterMs: 10_000 })
  const startedMs = performance.now()
  await eventually(() => expect(workspace.socketCount).toBeGreaterThan(0))
  // The SDK alone takes five seconds and more.
  expect(performance.now() - startedMs).toBeLessThan(3_000)
  expect((await press()).acked).toBe(true)
  await refreshed
})

test.each([
  ['a wrong token', {}, 'invalid_auth', 'connections:write'],
  ['a token without its scope', { appScopes: [] }, 'missing_scope', 'connections:write'],
  ['an app whose Socket Mode is off', { socketMode: false }, 'Socket Mode is off', 'switch it on'],
])('starting with %s is refused with what to do', async (what, options, why, remedy) => {
  await start(options)
  const token = what === 'a wrong token' ? 'xapp-1-A0OTHER0001-wrong' : workspace.appToken
  const error = await listen(undefined, token).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'HP_ERR_OPTION_INVALID',
    message: expect.stringContaining(why),
  })
  expect(error).toMatchObject({ message: expect.stringContaining(remedy) })
  expect(error).toMatchObject({ message: expect.not.stringContaining('wrong') })
})

test('Slack can say already when it gives the address that Socket Mode is off', async () => {
  await start()
  const error = 'socket_mode_not_enabled'
  workspace.faults.add({ method: 'apps.connections.open', kind: 'error', error })
  await expect(listen()).rejects.toThrow('slackChannel.appToken: Socket Mode is off for this app')
})

test('when Slack is down at the start it goes on trying', async () => {
  await start()
  workspace.faults.add({ method: '*', kind: 'down' })
  await listen()
  expect(warnings().length).toBeGreaterThan(0)
  workspace.faults.clear()
  await eventually(() => expect(workspace.socketCount).toBeGreaterThan(0))
  expect((await press()).acked).toBe(true)
})

test('a connection that breaks is opened again', async () => {
  await start()
  await listen()
  await both()
  workspace.faults.add({ method: '*', kind: 'down' })
  await eventually(() => expect(warnings().length).toBeGreaterThan(1))
  workspace.faults.clear()
  await both()
  expect((await press()).acked).toBe(true)
})

test('a token that is revoked later ends neither the process nor the trying', async () => {
  await start()
  await listen()
  await both()
  workspace.faults.add({
    method: 'apps.connections.open',
    kind: 'error',
    error: 'token_revoked',
    times: 3,
  })
  await workspace.refreshSockets()
  await eventually(() => expect(warnings().join()).toContain('token_revoked'))
  await both()
})

test('a rate limit says when to come back', async () => {
  await start()
  // Of the second socket as well.
  const limit = { kind: 'ratelimited', retryAfterS: 3, times: 2 } as const
  workspace.faults.add({ method: 'apps.connections.open', ...limit })
  const startedMs = performance.now()
  await listen()
  await eventually(() => expect(workspace.socketCount).toBeGreaterThan(0))
  expect(performance.now() - startedMs).toBeGreaterThan(2_900)
})

test('a click that nobody could act on is not acknowledged, and that is told', async () => {
  await start({ ackTimeoutMs: 300 })
  await listen(() => Promise.reject(new Error('too bad')))
  expect((await press()).acked).toBe(false)
  expect(warnings().join()).toContain('too bad')
})

test.each([
  ['open', {}, undefined],
  ['whose other side never says goodbye', { socketLingerMs: 60_000 }, undefined],
  ['that are only being opened', {}, { method: 'apps.connections.open', kind: 'slow', ms: 4_000 }],
] as const)(
  'sockets %s are closed without waiting for the other side',
  async (_, options, fault) => {
    await start(options)
    await listen()
    if (fault === undefined) await both()
    else {
      workspace.faults.add({ ...fault, times: 2 })
      await workspace.refreshSockets()
    }
    const startedMs = performance.now()
    await socket?.close()
    // One that is waited for stays for half a minute.
    expect(performance.now() - startedMs).toBeLessThan(3_000)
    await eventually(() => expect(workspace.socketCount).toBe(0))
    expect((await press()).acked).toBe(false)
    expect(heard).toBe(0)
  },
)

test('when it closes before the second socket is due, that one is not opened', async () => {
  await start()
  await listen()
  await socket?.close()
  await eventually(() => expect(workspace.socketCount).toBe(0))
  const opened = workspace.calls().filter(({ method }) => method === 'apps.connections.open')
  expect(opened).toHaveLength(1)
})

test('no timer keeps a process alive once its sockets are closed, whatever the other side does', async () => {
  await start({ socketLingerMs: 60_000 })
  const options = { appToken: workspace.appToken, slackApiUrl: workspace.apiUrl }
  const child = startChild(`
    const { openSocket } = await import(source('src/adapters/slack/socket.ts'))
    const logger = { info() {}, warn() {}, error() {} }
    const socket = await openSocket(${JSON.stringify(options)}, logger, async () => undefined)
    const timers = () =>
      process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length
    console.log(timers() > 0)
    await socket.close()
    console.log(timers())
  `)
  expect([await child.line(), await child.line()]).toEqual(['true', '0'])
  await child.kill()
})

/** A Slack whose sockets fall silent: nothing is closed, and nothing is answered any more. */
async function silentSlack() {
  const sockets: WebSocket[] = []
  const server = createServer((_, response) => {
    const { port } = server.address() as AddressInfo
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/` }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  new WebSocketServer({ server }).on('connection', (opened) => {
    sockets.push(opened)
    opened.send(JSON.stringify({ type: 'hello' }))
  })
  return {
    sockets,
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    close() {
      for (const each of sockets) each.terminate()
      server.close()
    },
  }
}

test('a connection that falls silent is opened anew', async () => {
  await start()
  const slack = await silentSlack()
  const silent = await openSocket(
    { appToken: workspace.appToken, slackApiUrl: slack.apiUrl },
    silentLogger,
    async () => undefined,
  )
  try {
    // The server's end reads nothing any more, as behind a broken network.
    slack.sockets[0]?.pause()
    await eventually(() => expect(slack.sockets).toHaveLength(3))
  } finally {
    await silent.close()
    slack.close()
  }
})
