import { SocketModeClient } from '@slack/socket-mode'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import { eventually } from '../support/eventually.ts'
import { clientFor, postPurchase, QUIET_LOGGER } from './slack-workspace-kit.ts'
import { type AppSocket, askForSocket, dial, openSocket } from './slack-workspace-socket-kit.ts'

let workspace: SlackWorkspace
let ts: string

beforeEach(async () => {
  workspace = await startSlackWorkspace({ socketMode: true })
  ts = await postPurchase(clientFor(workspace), workspace)
})
afterEach(() => workspace.close())

const answeredBy = async (socket: AppSocket) => {
  const click = workspace.click('grace', ts, 'approve')
  await socket.acknowledge()
  return (await click).socket
}

describe('being told to go', () => {
  test('a socket that must refresh gets nothing more, and is closed after a while', async () => {
    const socket = await openSocket(workspace)
    const refreshed = workspace.refreshSockets({ closeAfterMs: 40 })
    expect(await socket.next()).toEqual({
      type: 'disconnect',
      reason: 'refresh_requested',
      debug_info: { host: expect.stringMatching(/^applink-/) },
    })
    expect(workspace.socketCount).toBe(0)
    expect(await workspace.click('grace', ts, 'approve')).toMatchObject({ status: 'refused' })
    await refreshed
    expect(await socket.closed).toBe(1000)
  })

  test('the app may close it first', async () => {
    const socket = await openSocket(workspace)
    const refreshed = workspace.refreshSockets({ closeAfterMs: 600_000 })
    await socket.next()
    await socket.close()
    await refreshed
  })

  test('a warned socket still gets envelopes', async () => {
    const socket = await openSocket(workspace)
    const refreshed = workspace.refreshSockets({ reason: 'warning', closeAfterMs: 600_000 })
    expect(await socket.next()).toMatchObject({ type: 'disconnect', reason: 'warning' })
    expect(await answeredBy(socket)).toBe(1)
    await socket.close()
    await refreshed
  })

  test('some time after the warning it must refresh, and is closed', async () => {
    const socket = await openSocket(workspace)
    const refreshed = workspace.refreshSockets({ reason: 'warning', closeAfterMs: 20 })
    expect(await socket.next()).toMatchObject({ reason: 'warning' })
    expect(await socket.next()).toMatchObject({ reason: 'refresh_requested' })
    await refreshed
    expect(await socket.closed).toBe(1000)
  })

  test('one of two may be told; the other takes the clicks', async () => {
    const [first, second] = [await openSocket(workspace), await openSocket(workspace)]
    const refreshed = workspace.refreshSockets({ socket: 1, closeAfterMs: 600_000 })
    expect(workspace.socketCount).toBe(1)
    for (let clicks = 0; clicks < 3; clicks += 1) expect(await answeredBy(second)).toBe(2)
    await first.close()
    await refreshed
    await expect(workspace.refreshSockets({ socket: 1 })).rejects.toThrow(/no such socket/)
  })

  test('turning Socket Mode off tells every socket why it is closed', async () => {
    const sockets = [await openSocket(workspace), await openSocket(workspace)]
    workspace.disableSocketMode()
    for (const socket of sockets) {
      expect(await socket.next()).toMatchObject({ type: 'disconnect', reason: 'link_disabled' })
      expect(await socket.closed).toBe(1000)
    }
    expect(workspace.socketCount).toBe(0)
  })
})

describe('when the network breaks', () => {
  test('down cuts every socket, and lets none connect until the faults are cleared', async () => {
    const socket = await openSocket(workspace)
    const address = String((await askForSocket(workspace)).url)
    workspace.faults.add({ method: '*', kind: 'down' })
    expect(await socket.closed).toBe(1006)
    expect(workspace.socketCount).toBe(0)
    await expect(dial(address).closed).rejects.toThrow('socket hang up')
    workspace.faults.clear()
    await dial(address).next()
    expect(workspace.socketCount).toBe(1)
  })

  test('a fault may keep the next socket from connecting, and not its address from being used', async () => {
    const address = String((await askForSocket(workspace)).url)
    workspace.faults.add({ method: 'socket', kind: 'drop_before' })
    await expect(dial(address).closed).rejects.toThrow('socket hang up')
    expect(await dial(address).next()).toMatchObject({ type: 'hello' })
  })

  test('the workspace closes although sockets are open', async () => {
    const socket = await openSocket(workspace)
    await workspace.close()
    expect(await socket.closed).toBe(1006)
  })

  test('a connection may stay open after both sides closed its socket, as it does at Slack', async () => {
    await using slow = await startSlackWorkspace({ socketMode: true, socketLingerMs: 600_000 })
    const lingering = await openSocket(slow)
    let isClosed = false
    void lingering.close().then(() => {
      isClosed = true
    })
    await eventually(() => expect(slow.socketCount).toBe(0))
    // One that does not linger is closed in the meantime.
    await (await openSocket(workspace)).close()
    expect(isClosed).toBe(false)
  })
})

describe('the official client', () => {
  const start = async (place: SlackWorkspace) => {
    const client = new SocketModeClient({
      appToken: place.appToken,
      clientPingTimeout: 100,
      clientOptions: { slackApiUrl: place.apiUrl },
      logger: QUIET_LOGGER,
    })
    client.on('interactive', ({ ack }) => ack())
    await client.start()
    return client
  }

  test('it connects, answers, and comes back after a refresh', async () => {
    const client = await start(workspace)
    expect(await workspace.click('grace', ts, 'approve')).toMatchObject({ acked: true, socket: 1 })
    await workspace.refreshSockets()
    await eventually(() => expect(workspace.socketCount).toBe(1))
    expect(await workspace.click('grace', ts, 'approve')).toMatchObject({ acked: true, socket: 2 })
    await client.disconnect()
    await eventually(() => expect(workspace.socketCount).toBe(0))
  })

  test('a wrong token ends its start', async () => {
    const client = new SocketModeClient({
      appToken: 'xapp-1-guess',
      clientOptions: { slackApiUrl: workspace.apiUrl },
      logger: QUIET_LOGGER,
    })
    await expect(client.start()).rejects.toMatchObject({ data: { error: 'invalid_auth' } })
  })
})
