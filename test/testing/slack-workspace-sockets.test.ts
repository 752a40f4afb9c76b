import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../src/testing/slack-workspace/index.ts'
import { clientFor, postPurchase, receiveInteractions } from './slack-workspace-kit.ts'
import { askForSocket, dial, openSocket } from './slack-workspace-socket-kit.ts'

let workspace: SlackWorkspace
let ts: string

beforeEach(async () => {
  workspace = await startSlackWorkspace({ socketMode: true })
  ts = await postPurchase(clientFor(workspace), workspace)
})
afterEach(() => workspace.close())

const pageFor = async (as: string, where = workspace) =>
  (await fetch(`${where.url}/?as=${as}`)).text()

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

describe('the address of a socket', () => {
  test('it is given for the app-level token, in the header of a POST', async () => {
    expect(await askForSocket(workspace)).toEqual({
      ok: true,
      url: expect.stringMatching(
        new RegExp(
          `^ws://127\\.0\\.0\\.1:\\d+/link/\\?ticket=[0-9a-f]{32}&app_id=${workspace.appId}$`,
        ),
      ),
    })
  })

  test.each<[string, (place: SlackWorkspace) => RequestInit]>([
    ['not_authed', () => ({})],
    ['not_allowed_token_type', (place) => bearer(place.botToken)],
    ['invalid_auth', () => bearer('xapp-1-guess')],
    ['invalid_auth', (place) => ({ body: new URLSearchParams({ token: place.appToken }) })],
    ['insecure_request', (place) => ({ method: 'GET', ...bearer(place.appToken) })],
  ])('%s without it', async (error, init) => {
    expect(await askForSocket(workspace, init(workspace))).toEqual({ ok: false, error })
  })

  test('the app-level token needs connections:write, and is good for nothing else', async () => {
    await using weak = await startSlackWorkspace({ appScopes: ['authorizations:read'] })
    expect(await askForSocket(weak)).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'connections:write',
      provided: 'authorizations:read',
    })
    const elsewhere = await fetch(`${workspace.apiUrl}auth.test`, {
      method: 'POST',
      ...bearer(workspace.appToken),
    })
    expect(await elsewhere.json()).toEqual({ ok: false, error: 'not_allowed_token_type' })
    expect(elsewhere.headers.has('x-oauth-scopes')).toBe(false)
  })

  test('it is good for one socket', async () => {
    const address = String((await askForSocket(workspace)).url)
    await dial(address).next()
    await expect(dial(address).closed).rejects.toThrow('Unexpected server response: 404')
    await expect(dial(`${address}0`).closed).rejects.toThrow('404')
    const unused = String((await askForSocket(workspace)).url)
    await expect(dial(unused.replace('/link/', '/')).closed).rejects.toThrow('404')
  })

  test('a foreign host name that leads here is turned away', async () => {
    const address = String((await askForSocket(workspace)).url)
    const { closed } = dial(address, { host: 'evil.example' })
    await expect(closed).rejects.toThrow('Unexpected server response: 421')
  })
})

describe('connecting', () => {
  test('a socket is greeted with the number of connections', async () => {
    await openSocket(workspace)
    const second = await openSocket(workspace, { greeted: false })
    expect(await second.next()).toEqual({
      type: 'hello',
      num_connections: 2,
      debug_info: {
        host: expect.stringMatching(/^applink-\d+$/),
        build_number: expect.any(Number),
        approximate_connection_time: 18_060,
      },
      connection_info: { app_id: workspace.appId },
    })
    expect(workspace.socketCount).toBe(2)
  })

  test('the eleventh socket is told so and closed, and ungreeted', async () => {
    for (let opened = 0; opened < 10; opened += 1) await openSocket(workspace)
    const eleventh = await openSocket(workspace, { greeted: false })
    expect(await eleventh.next()).toMatchObject({
      type: 'disconnect',
      reason: 'too_many_websockets',
    })
    expect(await eleventh.closed).toBe(1000)
    expect(workspace.socketCount).toBe(10)
  })

  test('an app that has Socket Mode turned off learns it on the socket', async () => {
    await using off = await startSlackWorkspace()
    const socket = await openSocket(off, { greeted: false })
    expect(await socket.next()).toMatchObject({ type: 'disconnect', reason: 'link_disabled' })
    await socket.closed
    expect(socket.received).toHaveLength(1)
  })

  test('sockets are pinged', async () => {
    await using eager = await startSlackWorkspace({ socketMode: true, socketPingMs: 20 })
    const socket = await openSocket(eager)
    await expect.poll(() => socket.pings.length).toBeGreaterThan(1)
    expect(socket.pings[0]).toMatch(/^Ping from applink-/)
  })
})

describe('delivering', () => {
  test('an envelope carries what the Request URL would get, and its id acknowledges it', async () => {
    const socket = await openSocket(workspace)
    const [delivery, envelope] = await Promise.all([
      workspace.click('grace', ts, 'approve'),
      socket.acknowledge(),
    ])
    expect(envelope).toEqual({
      envelope_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      payload: delivery.payload,
      type: 'interactive',
      accepts_response_payload: true,
    })
    expect(envelope.payload).toMatchObject({
      type: 'block_actions',
      user: { id: workspace.users.grace },
      actions: [{ action_id: 'approve', value: 'HP-41' }],
    })
    expect(delivery).toMatchObject({ transport: 'socket', status: 200, acked: true, socket: 1 })
    expect(delivery.headers).toEqual({})
    expect(await pageFor('grace')).not.toContain('didn’t respond')
  })

  test('each envelope goes to one socket, in turn', async () => {
    const sockets = [await openSocket(workspace), await openSocket(workspace)]
    for (const place of [0, 1, 0]) {
      const click = workspace.click('grace', ts, 'approve')
      await sockets[place]?.acknowledge()
      expect(await click).toMatchObject({ acked: true, socket: place + 1 })
    }
    expect(sockets.map(({ received }) => received.length)).toEqual([3, 2])
  })

  test('nothing goes to the Request URL while Socket Mode is on, and all of it afterwards', async () => {
    const receiver = await receiveInteractions(workspace.signingSecret)
    workspace.setInteractivityUrl(receiver.url)
    const socket = await openSocket(workspace)
    await Promise.all([workspace.click('grace', ts, 'approve'), socket.acknowledge()])
    expect(receiver.received).toHaveLength(0)
    workspace.disableSocketMode()
    expect(await workspace.click('grace', ts, 'approve')).toMatchObject({ transport: 'http' })
    expect(receiver.received).toHaveLength(1)
    await receiver.close()
  })

  test('a click while no socket is connected is lost, which the person sees', async () => {
    expect(await workspace.click('grace', ts, 'approve')).toMatchObject({
      status: 'refused',
      acked: false,
      answer: 'no socket is connected',
    })
    expect(await pageFor('grace')).toContain('Holdpoint didn’t respond')
    expect(await pageFor('ada')).not.toContain('didn’t respond')
    const late = await openSocket(workspace)
    await Promise.all([workspace.click('grace', ts, 'open'), late.acknowledge()])
    expect(late.received).toMatchObject([
      { type: 'hello' },
      { payload: { actions: [{ action_id: 'open' }] } },
    ])
    expect(await pageFor('grace')).not.toContain('didn’t respond')
  })

  test('the variations of a signed request are refused, as an envelope has no signature', async () => {
    await openSocket(workspace)
    for (const variation of [{ badSignature: true }, { timestampOffsetMs: -600_000 }]) {
      const click = workspace.click('grace', ts, 'approve', undefined, variation)
      await expect(click).rejects.toThrow(/neither a timestamp nor a signature/)
    }
  })
})

describe('an envelope that is not acknowledged', () => {
  let hasty: SlackWorkspace

  beforeEach(async () => {
    hasty = await startSlackWorkspace({ socketMode: true, ackTimeoutMs: 60 })
    ts = await postPurchase(clientFor(hasty), hasty)
  })
  afterEach(() => hasty.close())

  test('the person sees it, and an answer that comes too late changes nothing', async () => {
    const socket = await openSocket(hasty)
    expect(await hasty.click('grace', ts, 'approve')).toMatchObject({
      status: 'timeout',
      acked: false,
    })
    await socket.acknowledge()
    await Promise.all([hasty.click('ada', ts, 'approve'), socket.acknowledge()])
    expect(hasty.deliveries().map(({ acked }) => acked)).toEqual([false, true])
    expect(await pageFor('grace', hasty)).toContain('didn’t respond')
  })

  test.each([
    ['another id', { envelope_id: 'dbdd0ef3-1543-4f94-bfb4-133d0e6c1545' }],
    ['no id', { payload: {} }],
    ['what cannot be read', '{'],
    ['a payload that is no object', 'text'],
  ])('%s is no acknowledgement', async (what, message) => {
    const socket = await openSocket(hasty)
    const click = hasty.click('grace', ts, 'approve')
    const { envelope_id } = await socket.next()
    socket.send(what.startsWith('a payload') ? { envelope_id, payload: message } : message)
    expect(await click).toMatchObject({ status: 'timeout' })
  })

  test('the id counts on the socket that carried it', async () => {
    const [first, second] = [await openSocket(hasty), await openSocket(hasty)]
    const click = hasty.click('grace', ts, 'approve')
    const { envelope_id } = await first.next()
    second.send({ envelope_id })
    expect(await click).toMatchObject({ status: 'timeout' })
  })

  test('a socket that closes first leaves the click unanswered at once', async () => {
    const socket = await openSocket(workspace)
    const unhurried = await postPurchase(clientFor(workspace), workspace)
    const click = workspace.click('grace', unhurried, 'approve')
    await socket.next()
    await socket.close()
    expect(await click).toMatchObject({ status: 'refused', acked: false })
  })
})
