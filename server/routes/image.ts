import type { FastifyInstance } from 'fastify'
import { sessionOf } from '../authenticate.ts'
import type { HoldpointServerOptions } from '../plugin.ts'

/** A request's pictures, for who is signed in. */
export function imageRoute(app: FastifyInstance, options: HoldpointServerOptions): void {
  app.get<{ Params: { id: string; role: string } }>(
    '/requests/:id/images/:role',
    async (request, reply) => {
      if ((await sessionOf(request, options.signIn)) === undefined) {
        return reply.code(401).type('text/plain').send('Sign in first.')
      }
      const { store } = options.desk
      const images = await store.images(request.params.id)
      const image = images.find((candidate) => candidate.role === request.params.role)
      const bytes = image === undefined ? undefined : await store.imageBytes(image.sha256)
      if (image === undefined || bytes === undefined) {
        return reply.code(404).type('text/plain').send('There is no such picture.')
      }
      return reply
        .type(image.mediaType)
        .header('cache-control', 'private, no-store')
        .header('content-disposition', 'inline')
        .send(Buffer.from(bytes))
    },
  )
}
