import { randomBytes } from 'node:crypto'
import fastify from 'fastify'
import { HoldpointError } from 'holdpoint'
import { apiRoutes } from './api/routes.ts'
import { createFaultQueue } from './faults.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { createInteractionDesk, type InteractionDesk } from './interactions/desk.ts'
import { responseUrlRoutes } from './interactions/response-url.ts'
import { httpTransport, loopbackUrl } from './interactions/transport.ts'
import { findPerson } from './people.ts'
import { changed, createState, nextTs, type WorkspaceState } from './state.ts'
import type { SlackUserIds, SlackWorkspace, SlackWorkspaceOptions, StoredMessage } from './types.ts'

const LOOPBACK = '127.0.0.1'
/** Slack gives an app three seconds to acknowledge an interaction. */
const ACK_TIMEOUT_MS = 3000

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
    signingSecret: options.signingSecret ?? randomBytes(16).toString('hex'),
  })
  const faults = createFaultQueue()
  const desk = createInteractionDesk(
    state,
    httpTransport({
      url: () => interactivityUrl,
      signingSecret: state.signingSecret,
      ackTimeoutMs: options.ackTimeoutMs ?? ACK_TIMEOUT_MS,
    }),
  )
  const say = sayer(state)

  const app = fastify({ forceCloseConnections: true })
  // A foreign host name that resolves to this machine would let any web page read and click here.
  app.addHook('onRequest', async (request, reply) => {
    const name = URL.parse(`http://${request.headers.host}`)?.hostname
    if (name === LOOPBACK || name === 'localhost') return
    return reply.code(421).type('text/plain').send('Reach the local workspace as 127.0.0.1.')
  })
  await app.register(apiRoutes, { state, faults })
  await app.register(responseUrlRoutes, { state })
  await app.register(inboxRoutes, { state, desk, say })
  state.url = await app.listen({ host: LOOPBACK, port: options.port ?? 0 })

  return {
    url: state.url,
    apiUrl: `${state.url}/api/`,
    botToken: state.botToken,
    signingSecret: state.signingSecret,
    teamId: state.teamId,
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
    faults: { add: faults.add, clear: faults.clear },
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

// As a record, so that the compiler sees to it that none is left out.
const KNOWN = Object.keys({
  port: true,
  host: true,
  interactivityUrl: true,
  fileReadyDelayMs: true,
  ackTimeoutMs: true,
  teamId: true,
  teamName: true,
  appId: true,
  appName: true,
  channelId: true,
  botToken: true,
  signingSecret: true,
  scopes: true,
  now: true,
} satisfies Record<keyof SlackWorkspaceOptions, true>)

function refuseUnknown(options: SlackWorkspaceOptions): void {
  const refuse = (option: string, problem: string) =>
    new HoldpointError('HP_ERR_OPTION_INVALID', `${option}: ${problem}`, { option })
  if (typeof options !== 'object' || options === null) {
    throw refuse('options', `must be an object; known are ${KNOWN.join(', ')}`)
  }
  const unknown = Object.keys(options).find((key) => !KNOWN.includes(key))
  if (unknown !== undefined) throw refuse(unknown, `is unknown; known are ${KNOWN.join(', ')}`)
}

function refuseUnsafe(options: SlackWorkspaceOptions): void {
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'The local Slack workspace is for development and tests: NODE_ENV is production.',
    )
  }
  if (options.host !== undefined && options.host !== LOOPBACK && options.host !== 'localhost') {
    throw new TypeError(
      `"host" must be ${LOOPBACK}: anyone who can reach the local Slack workspace can approve in it`,
    )
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
