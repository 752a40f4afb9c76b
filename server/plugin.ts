import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import type { Desk } from '../src/deciding/desk.ts'
import type { CallbackRequest, CallbackResponse } from '../src/ports/channel.ts'
import type { SignIn } from '../src/ports/sign-in.ts'
import { answerErrors } from './errors.ts'
import { refuseStrangeOrigins } from './origins.ts'
import { agentRoutes } from './routes/agent.ts'
import { callbackRoutes } from './routes/callbacks.ts'
import { decisionRoute } from './routes/decision.ts'
import { healthRoute } from './routes/health.ts'
import { imageRoute } from './routes/image.ts'
import { requestPageRoute } from './routes/request-page.ts'
import { requestsRoute } from './routes/requests.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { styleRoute } from './routes/style.ts'
import type { Watchers } from './watchers.ts'

/** A channel's HTTP callback, with its answers already bound to the desk. */
export interface CallbackHandler {
  readonly name: string
  handle(request: CallbackRequest): Promise<CallbackResponse>
}

/** What the pages and callbacks for reviewers stand on. */
export interface HoldpointServerOptions {
  readonly desk: Desk
  readonly signIn: SignIn
  readonly callbacks: readonly CallbackHandler[]
  /** SHA-256 (hex) of the token with which agents come in. Default: there is no agent API. */
  readonly agentTokenSha256?: string
  /** Told which pages are open on an order that is being placed. Default: nobody waits for them. */
  readonly watchers?: Watchers
  /** Requests a minute and address before 429, for sign-in, decisions, callbacks and agents. Default 60. */
  readonly requestsPerMinute?: number
}

/**
 * Health, callbacks, what agents may ask, and the pages where people sign in, look and decide. Register
 * it on any Fastify app.
 */
export async function holdpointServer(
  app: FastifyInstance,
  options: HoldpointServerOptions,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        imgSrc: ["'self'"],
        styleSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    hsts: false,
  })
  // Evidence, forms and refusals alike: a browser that keeps a 404 would not find what was asked later.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  // Before anything that compares secrets, so that guesses are counted.
  await app.register(rateLimit, {
    global: false,
    max: options.requestsPerMinute ?? 60,
    timeWindow: '1 minute',
  })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: 16 * 1024 })
  refuseStrangeOrigins(app, options.desk)
  answerErrors(app, options.desk)
  healthRoute(app, options.desk)
  styleRoute(app)
  signInRoutes(app, options)
  requestsRoute(app, options)
  requestPageRoute(app, options)
  imageRoute(app, options)
  decisionRoute(app, options)
  await app.register((scope) => callbackRoutes(scope, options))
  const { agentTokenSha256 } = options
  if (agentTokenSha256 !== undefined) {
    await app.register((scope) => agentRoutes(scope, { ...options, agentTokenSha256 }))
  }
}
