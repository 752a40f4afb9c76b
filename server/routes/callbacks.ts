import type { FastifyInstance } from 'fastify'
import type { HoldpointServerOptions } from '../plugin.ts'

/** Providers answer within 3 seconds or show an error; the work after a decision runs in jobs. */
const MAX_BODY_BYTES = 512 * 1024

/** `POST /callbacks/<channel>`: raw bytes to the channel, which checks the signature before anything else. */
export async function callbackRoutes(
  app: FastifyInstance,
  options: HoldpointServerOptions,
): Promise<void> {
  const { desk } = options
  // The signature covers the bytes as they came; a parsed body could not be checked.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  for (const callback of options.callbacks) {
    app.post(
      `/callbacks/${callback.name}`,
      { bodyLimit: MAX_BODY_BYTES, config: { rateLimit: {}, provenBySignature: true } },
      async (request, reply) => {
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const answer = await callback.handle({ rawBody, headers: request.headers })
        if (answer.refused !== undefined) {
          const why = answer.refused
          await desk.store.transaction((tx) =>
            tx.appendAudit({
              event: 'callback.refused',
              actor: `channel:${callback.name}`,
              details: { why, status: answer.status },
              at: desk.clock.now(),
            }),
          )
        }
        return reply
          .code(answer.status)
          .type(answer.contentType ?? 'text/plain; charset=utf-8')
          .send(answer.body ?? '')
      },
    )
  }
}
