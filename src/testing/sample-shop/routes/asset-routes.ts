import type { FastifyInstance } from 'fastify'
import { SHOP_MARK } from '../assets/pictures.ts'
import { SCRIPTS } from '../assets/scripts.ts'
import { STYLES } from '../assets/styles.ts'

/** Style sheet, icon and page scripts, and the address for analytics. */
export function assetRoutes(app: FastifyInstance): void {
  app.get('/assets/shop.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STYLES),
  )
  app.get('/assets/icon.svg', (_request, reply) =>
    reply
      .type('image/svg+xml')
      .send(SHOP_MARK.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')),
  )
  for (const [name, source] of SCRIPTS) {
    app.get(`/assets/${name}`, (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send(source),
    )
  }
  app.post('/collect', (_request, reply) => reply.code(204).send())
}
