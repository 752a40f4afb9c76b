import type { FastifyInstance } from 'fastify'
import { STYLE } from '../pages/style.ts'

export function styleRoute(app: FastifyInstance): void {
  app.get('/style.css', async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .send(STYLE),
  )
}
