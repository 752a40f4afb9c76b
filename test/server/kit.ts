import fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify'
import { onTestFinished } from 'vitest'
import { type CallbackHandler, holdpointServer } from '../../server/plugin.ts'
import { openSignIn } from '../../src/adapters/postgres/sign-in.ts'
import { sha256Hex } from '../../src/core/canonical.ts'
import type { PolicyInput } from '../../src/core/policy.ts'
import type { ApprovalRequest, RequestDraft } from '../../src/core/request.ts'
import type { Desk } from '../../src/deciding/desk.ts'
import { openRequest } from '../../src/deciding/open-request.ts'
import type { EvidenceImage } from '../../src/ports/approvals.ts'
import type { Channel } from '../../src/ports/channel.ts'
import type { Logger } from '../../src/ports/log.ts'
import type { SignIn } from '../../src/ports/sign-in.ts'
import type { Store } from '../../src/ports/store.ts'
import { draft, picture, type StillClock, stillClock, testDesk } from '../support/desk.ts'
import type { StoreInUse } from '../support/store.ts'

/** Where the desk's pages stand, as `testDesk` says it. */
export const HOST = '127.0.0.1:4300'
export const COOKIE = 'holdpoint_session'
const LINK_MS = 24 * 60 * 60_000
/** With which agents come in. */
export const AGENT_TOKEN = 'agent-token'.padEnd(43, '0')

export type Form = Readonly<Record<string, string>>

/** A browser that has signed in: only the cookie. */
export interface Browser {
  readonly reviewer: string
  readonly token: string
  readonly cookies: Readonly<Record<string, string>>
}

export interface TestServer {
  readonly app: FastifyInstance
  readonly desk: Desk & { readonly clock: StillClock }
  readonly signIn: SignIn
  /** `GET /requests/:id…`: method and path of everything that is served. */
  readonly routes: readonly { readonly method: string; readonly url: string }[]
  /** Opens a request, with a picture unless others are given. */
  ask(change?: Partial<RequestDraft>, images?: readonly EvidenceImage[]): Promise<ApprovalRequest>
  /** Signs in by a link, over HTTP. */
  signedIn(reviewer: string): Promise<Browser>
  get(path: string, browser?: Browser, headers?: Form): Promise<LightMyRequestResponse>
  /** Sends a form, as a browser does that stands at `HOST`. */
  post(
    path: string,
    fields: Form | string,
    browser?: Browser,
    headers?: Form,
  ): Promise<LightMyRequestResponse>
  /** Comes in as an agent does, with its token; `body` makes it a POST. */
  agent(path: string, body?: object, headers?: Form): Promise<LightMyRequestResponse>
  /** The hidden fields of the decision form that this browser is shown. */
  formOf(request: Pick<ApprovalRequest, 'id'>, browser: Browser): Promise<Form>
}

export interface ServerOptions {
  readonly policy?: Partial<PolicyInput>
  readonly channels?: readonly Channel[]
  readonly callbacks?: (desk: Desk) => readonly CallbackHandler[]
  readonly requestsPerMinute?: number
  readonly publicUrl?: string
  readonly clock?: StillClock
  readonly logger?: Logger
  readonly store?: Store
  readonly signIn?: (real: SignIn) => SignIn
}

/** The real plugin over the real store. It listens nowhere; it is closed after the test. */
export async function openServer(
  context: StoreInUse,
  options: ServerOptions = {},
): Promise<TestServer> {
  const clock = options.clock ?? stillClock()
  const { policy, channels } = options
  const desk = {
    ...(await testDesk(options.store ?? context.store, {
      clock,
      ...(policy === undefined ? {} : { policy }),
      ...(channels === undefined ? {} : { channels }),
    })),
    ...(options.logger === undefined ? {} : { logger: options.logger }),
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
  }
  const real = openSignIn(context.sql, clock)
  const app = fastify({ routerOptions: { maxParamLength: 200 } })
  onTestFinished(() => app.close())
  const routes: { method: string; url: string }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url })
  })
  const { requestsPerMinute } = options
  await app.register(holdpointServer, {
    desk,
    signIn: options.signIn?.(real) ?? real,
    callbacks: options.callbacks?.(desk) ?? [],
    agentTokenSha256: sha256Hex(AGENT_TOKEN),
    // Only the tests of the limit come near it.
    requestsPerMinute: requestsPerMinute ?? 1_000,
  })
  const self: TestServer = {
    app,
    desk,
    signIn: real,
    routes,
    // By the store itself, also where the server is given one that fails.
    ask: (change, images = draft(change).evidence.picture ? [picture] : []) =>
      openRequest({ ...desk, store: context.store }, draft(change), images),
    async signedIn(reviewer) {
      const { sessionToken: token } = (await real.useLink(
        await real.createLink(reviewer, LINK_MS),
      )) ?? { sessionToken: '' }
      return { reviewer, token, cookies: { [COOKIE]: token } }
    },
    get: (path, browser, headers) =>
      app.inject({
        method: 'GET',
        url: path,
        headers: { host: HOST, ...headers },
        ...(browser === undefined ? {} : { cookies: { ...browser.cookies } }),
      }),
    post: (path, fields, browser, headers) =>
      app.inject({
        method: 'POST',
        url: path,
        headers: {
          host: HOST,
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
        payload: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
        ...(browser === undefined ? {} : { cookies: { ...browser.cookies } }),
      }),
    agent: (path, body, headers) =>
      app.inject({
        method: body === undefined ? 'GET' : 'POST',
        url: path,
        headers: { host: HOST, authorization: `Bearer ${AGENT_TOKEN}`, ...headers },
        ...(body === undefined ? {} : { payload: body }),
      }),
    async formOf(request, browser) {
      const shown = await self.get(`/requests/${request.id}`, browser)
      const [, form = ''] = /<form[^>]*\/decision"[^>]*>(.*?)<\/form>/s.exec(shown.body) ?? []
      const hidden = form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
      return Object.fromEntries([...hidden].map(([, name, value]) => [name, value]))
    },
  }
  return self
}

/** A browser whose cookie says `token`, whatever that is. */
export function browserWith(token: string): Browser {
  return { reviewer: 'nobody', token, cookies: { [COOKIE]: token } }
}

/** The audit entries of a request, or those of no request, as event, actor and details. */
export async function auditOf(
  context: StoreInUse,
  requestId?: string,
): Promise<readonly { event: string; actor: string; details: Record<string, unknown> }[]> {
  const { rows } = await context.sql.query<{
    event: string
    actor: string
    details: Record<string, unknown>
  }>(
    `select event, actor, details from holdpoint.audit
     where request_id is not distinct from $1 order by seq`,
    [requestId ?? null],
  )
  return rows
}

/** The store, with some of its methods replaced. */
export function storeWith(store: Store, change: Partial<Store>): Store {
  return new Proxy(store, {
    get(target, key) {
      const value = Reflect.get(change, key) ?? Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
