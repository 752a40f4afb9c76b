import type { FastifyInstance } from 'fastify'
import { sessionOf } from '../authenticate.ts'
import { requestsPage } from '../pages/requests-page.ts'
import { signedOutPage } from '../pages/sign-in-page.ts'
import type { HoldpointServerOptions } from '../plugin.ts'

const RECENT = 50

/** What waits, and what ended lately. */
export function requestsRoute(app: FastifyInstance, options: HoldpointServerOptions): void {
  app.get('/', async (_request, reply) => reply.redirect('/requests', 303))
  app.get('/requests', async (request, reply) => {
    reply.type('text/html; charset=utf-8')
    const session = await sessionOf(request, options.signIn)
    if (session === undefined) return reply.code(401).send(signedOutPage())
    const { store, names, clock } = options.desk
    const [waiting, recent] = await Promise.all([
      store.list({ states: ['pending'], limit: RECENT }),
      store.list({
        states: ['approved', 'rejected', 'expired', 'withdrawn', 'lapsed'],
        limit: RECENT,
      }),
    ])
    return reply.send(requestsPage({ waiting, recent, session, names, now: clock.now() }))
  })
}
