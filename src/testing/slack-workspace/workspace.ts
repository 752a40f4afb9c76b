import { randomBytes } from 'node:crypto'
import fastify from 'fastify'
import { apiRoutes } from './api/routes.ts'
import { createFaultQueue } from './faults.ts'
import type { SlackUserIds, SlackWorkspace } from './handle.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { createInteractionDesk, type InteractionDesk } from './interactions/desk.ts'
import { createDeliveryGate } from './interactions/hold.ts'
import { httpTransport } from './interactions/http-transport.ts'
import { responseUrlRoutes } from './interactions/response-url.ts'
import { chosenTransport } from './interactions/transport.ts'
import {
  isOwnHost,
  LOOPBACK,
  loopbackUrl,
  refuseUnknown,
  refuseUnsafe,
  type SlackWorkspaceOptions,
} from './options.ts'
import { findPerson, SISTER_ID, TRANSFER_ID } from './people.ts'
import { createSocketHub } from './sockets/hub.ts'
import { socketTransport } from './sockets/transport.ts'
import { serveSockets } from './sockets/upgrade.ts'
import { changed, createState, nextTs, type WorkspaceState } from './state.ts'
import type { StoredMessage } from './types.ts'

/** Slack gives an app three seconds to acknowledge an interaction. */
const ACK_TIMEOUT_MS = 3000
const SOCKET_PING_MS = 10_000

/**
 * Starts a workspace that stands in for slack.com: its Web API, which is as strict and can fail as
 * Slack's, and a web inbox to click in. For development and tests; it refuses to run in production
 * and listens on 127.0.0.1 only.
 */
export async function startSlackWorkspace(
  options: SlackWorkspaceOptions = {},
): Promise<SlackWorkspace> {
  refuseUnknown(options)
  refuseUnsafe(options)
  let interactivityUrl =
    options.interactivityUrl === undefined ? undefined : loopbackUrl(options.interactivityUrl)
  const state = createState(options, {
    botToken: options.botToken ?? `xoxb-local-${randomBytes(18).toString('hex')}`,
    appToken: options.appToken ?? `xapp-1-local-${randomBytes(18).toString('hex')}`,
    signingSecret: options.signingSecret ?? randomBytes(16).toString('hex'),
  })
  const faults = createFaultQueue()
  const ackTimeoutMs = options.ackTimeoutMs ?? ACK_TIMEOUT_MS
  const hub = createSocketHub(state, {
    ackTimeoutMs,
    pingMs: options.socketPingMs ?? SOCKET_PING_MS,
  })
  const transports = {
    socket: socketTransport(hub),
    http: httpTransport({
      url: () => interactivityUrl,
      signingSecret: state.signingSecret,
      ackTimeoutMs,
    }),
  }
  const gate = createDeliveryGate()
  const desk = createInteractionDesk(
    state,
    chosenTransport(transports, () => (state.socketMode ? 'socket' : 'http')),
    gate,
  )
  const say = sayer(state)

  const app = fastify({ forceCloseConnections: true })
  app.addHook('onRequest', async (request, reply) => {
    if (isOwnHost(request.headers.host)) return
    return reply.code(421).type('text/plain').send('Reach the local workspace as 127.0.0.1.')
  })
  serveSockets(app.server, { state, faults, hub, lingerMs: options.socketLingerMs ?? 0 })
  // A server waits for connections that became sockets.
  app.addHook('preClose', async () => hub.cut())
  await app.register(apiRoutes, { state, faults })
  await app.register(responseUrlRoutes, { state })
  await app.register(inboxRoutes, { state, desk, say })
  state.url = await app.listen({ host: LOOPBACK, port: options.port ?? 0 })

  return {
    url: state.url,
    apiUrl: `${state.url}/api/`,
    botToken: state.botToken,
    appToken: state.appToken,
    signingSecret: state.signingSecret,
    teamId: state.teamId,
    ...(state.enterprise
      ? { enterprise: { id: state.enterprise.id, sister: SISTER_ID, transfer: TRANSFER_ID } }
      : {}),
    appId: state.appId,
    channelId: state.channelId,
    users: Object.fromEntries(
      state.people.map(({ key, id }) => [key, id]),
    ) as unknown as SlackUserIds,
    channels: {
      general: channelNamed(state, 'general'),
      notJoined: channelNamed(state, 'random'),
      hidden: channelNamed(state, 'board'),
      archived: channelNamed(state, 'old-approvals'),
    },
    setInteractivityUrl(url) {
      interactivityUrl = loopbackUrl(url)
    },
    enableSocketMode() {
      state.socketMode = true
    },
    disableSocketMode() {
      state.socketMode = false
      hub.disable()
    },
    get socketCount() {
      return hub.count
    },
    refreshSockets: hub.refresh,
    holdDeliveries: gate.hold,
    faults: {
      add(fault) {
        faults.add(fault)
        if (fault.kind === 'down' && ['socket', '*'].includes(fault.method)) hub.cut()
      },
      clear: faults.clear,
    },
    // Copies: what a test holds does not change under its hands.
    messages: (channelId) =>
      structuredClone(
        state.messages.filter(({ channel }) => channelId === undefined || channel === channelId),
      ),
    ephemerals: () => structuredClone(state.ephemerals),
    views: (user) =>
      structuredClone(
        [...state.views.values()].filter((open) => user === undefined || open.user === user),
      ),
    calls: () => structuredClone(state.calls),
    deliveries: () => structuredClone(state.deliveries),
    click: desk.click,
    submitView: submitter(desk),
    closeView: desk.close,
    redeliver: desk.redeliver,
    say: (as, text, where = {}) => structuredClone(say(as, text, where)),
    close: () => app.close(),
    [Symbol.asyncDispose]: () => app.close(),
  }
}

function channelNamed(state: WorkspaceState, wanted: string): string {
  return state.channels.find(({ name }) => name === wanted)?.id ?? ''
}

function submitter(desk: InteractionDesk): SlackWorkspace['submitView'] {
  return async (as, viewId, values, variation) => {
    const { delivery, errors } = await desk.submit(as, viewId, values, variation)
    if (delivery) return delivery
    throw new TypeError(`the form is incomplete: ${JSON.stringify(errors)}`)
  }
}

function sayer(state: WorkspaceState) {
  return (
    as: string,
    text: string,
    where: { readonly channel?: string; readonly threadTs?: string },
  ): StoredMessage => {
    const person = findPerson(state.people, as)
    const channel = state.channels.find(({ id }) => id === (where.channel ?? state.channelId))
    if (!person || !channel?.members.includes(person.id)) {
      throw new TypeError(`${as} is not in that channel`)
    }
    const message: StoredMessage = {
      channel: channel.id,
      ts: nextTs(state),
      ...(where.threadTs === undefined ? {} : { threadTs: where.threadTs }),
      broadcast: false,
      user: person.id,
      byApp: false,
      // What a person types is text: Slack escapes it before anybody reads it.
      text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      blocks: [],
      fileIds: [],
      unfurlLinks: true,
      unfurlMedia: true,
      versions: [],
      deleted: false,
    }
    state.messages.push(message)
    changed(state)
    return message
  }
}
