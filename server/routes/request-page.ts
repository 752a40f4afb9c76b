import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { notFound } from '../../src/deciding/locked.ts'
import { sessionOf } from '../authenticate.ts'
import { requestPage } from '../pages/request-page.ts'
import { signedOutPage } from '../pages/sign-in-page.ts'
import type { HoldpointServerOptions } from '../plugin.ts'
import { REQUEST } from './paths.ts'

/** One request: evidence, terms, the decision form, deliveries, outcome. Works without JavaScript. */
export function requestPageRoute(app: FastifyInstance, options: HoldpointServerOptions): void {
  app.get<{ Params: { id: string } }>(REQUEST, async (request, reply) => {
    reply.type('text/html; charset=utf-8')
    const session = await sessionOf(request, options.signIn)
    // Without a session there is no evidence and no form, not even whether the request exists.
    if (session === undefined) return reply.code(401).send(signedOutPage())
    const { store, names, clock } = options.desk
    const found = await store.read(request.params.id)
    if (found === undefined) throw notFound(request.params.id)
    const [images, deliveries, audit, followedBy] = await Promise.all([
      store.images(found.id),
      store.deliveries(found.id),
      store.auditOf(found.id),
      store.followerOf(found.id),
    ])
    return reply.send(
      requestPage({
        request: found,
        images,
        deliveries,
        audit,
        session,
        names,
        now: clock.now(),
        nonce: randomBytes(16).toString('base64url'),
        ...(followedBy === undefined ? {} : { followedBy }),
      }),
    )
  })
}
