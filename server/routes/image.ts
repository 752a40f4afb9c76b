import type { FastifyInstance } from 'fastify'
import { pictureOf } from '../../src/deciding/message.ts'
import { sessionOf } from '../authenticate.ts'
import type { HoldpointServerOptions } from '../plugin.ts'
import { REQUEST } from './paths.ts'

// Anything else, markup above all, would be a page of this origin.
const PICTURES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])

/** A request's pictures, for who is signed in. */
export function imageRoute(app: FastifyInstance, options: HoldpointServerOptions): void {
  const { store } = options.desk
  app.get<{ Params: { id: string; role: string } }>(
    `${REQUEST}/images/:role`,
    async (request, reply) => {
      if ((await sessionOf(request, options.signIn)) === undefined) {
        return reply.code(401).type('text/plain').send('Sign in first.')
      }
      const { id, role } = request.params
      const found = await store.read(id)
      const image = (await store.images(id)).find((candidate) => candidate.role === role)
      const bytes =
        found !== undefined && image !== undefined && PICTURES.has(image.mediaType)
          ? await pictureOf(options.desk, found, image)
          : undefined
      if (image === undefined || bytes === undefined) {
        return reply.code(404).type('text/plain').send('There is no such picture.')
      }
      return reply
        .type(image.mediaType)
        .header('content-disposition', 'inline')
        .send(Buffer.from(bytes))
    },
  )
}
