import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { lookersOf } from '../../src/core/looking.ts'
import { notFound } from '../../src/deciding/locked.ts'
import { look } from '../../src/deciding/look.ts'
import { sessionOf } from '../authenticate.ts'
import { isMoving } from '../pages/phrases.ts'
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
    if (isShown(request)) await look(options.desk, found.id, session.reviewer, 'page')
    const [images, deliveries, looks, audit, followedBy] = await Promise.all([
      store.images(found.id),
      store.deliveries(found.id),
      store.looks(found.id),
      store.auditOf(found.id),
      store.followerOf(found.id),
    ])
    if (isShown(request)) options.watchers?.shown(found.id, isMoving(found))
    const now = clock.now()
    return reply.send(
      requestPage({
        request: found,
        images,
        deliveries,
        audit,
        session,
        names,
        now,
        looking: lookersOf(found, looks, now),
        nonce: randomBytes(16).toString('base64url'),
        ...(followedBy === undefined ? {} : { followedBy }),
      }),
    )
  })
}

/** A browser that loads the page in advance, or asks for its headers only, shows it to nobody. */
function isShown({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers['sec-purpose'] === undefined
}
