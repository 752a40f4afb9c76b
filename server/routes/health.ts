import type { FastifyInstance } from 'fastify'
import type { Desk } from '../../src/deciding/desk.ts'

/** For load balancers: 200 while the store answers, 503 otherwise. Says nothing else. */
export function healthRoute(app: FastifyInstance, desk: Pick<Desk, 'store'>): void {
  app.get('/healthz', async (_request, reply) => {
    try {
      await desk.store.list({ limit: 1 })
      return { status: 'ok' }
    } catch {
      return reply.code(503).send({ status: 'store unavailable' })
    }
  })
}
