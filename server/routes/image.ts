import type { FastifyInstance } from 'fastify'
import { sha256Hex } from '../../src/core/canonical.ts'
import type { StoredImage } from '../../src/ports/store.ts'
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
      const images = await store.images(id)
      const image = images.find((candidate) => candidate.role === role)
      const bytes = image && (await pictureOf(id, image))
      if (image === undefined || bytes === undefined) {
        return reply.code(404).type('text/plain').send('There is no such picture.')
      }
      return reply
        .type(image.mediaType)
        .header('content-disposition', 'inline')
        .send(Buffer.from(bytes))
    },
  )

  async function pictureOf(id: string, image: StoredImage): Promise<Uint8Array | undefined> {
    if (!PICTURES.has(image.mediaType)) return undefined
    const bytes = await store.imageBytes(image.sha256)
    // Whoever can write to the database could show another picture than the evidence that is agreed to.
    const digest =
      image.role === 'full' ? (await store.read(id))?.evidence.picture?.sha256 : image.sha256
    return bytes !== undefined && sha256Hex(bytes) === digest ? bytes : undefined
  }
}
