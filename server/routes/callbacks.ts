import type { FastifyInstance } from 'fastify'
import type { HoldpointServerOptions } from '../plugin.ts'

/** Providers answer within 3 seconds or show an error; the work after a decision runs in jobs. */
const MAX_BODY_BYTES = 512 * 1024
const MINUTE_MS = 60_000
/** Refusals that are written down, a minute: whoever reaches the address must not fill the log. */
const MAX_AUDITED_PER_MINUTE = 60

/**
 * `POST /callbacks/<channel>`: raw bytes to the channel, which checks the signature before anything else.
 * Not limited by the caller's address: behind a tunnel all have the same, and anybody's nonsense would
 * shut out the provider's clicks.
 */
export async function callbackRoutes(
  app: FastifyInstance,
  options: HoldpointServerOptions,
): Promise<void> {
  const { desk } = options
  // The signature covers the bytes as they came; a parsed body could not be checked.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const mayWrite = atMost(MAX_AUDITED_PER_MINUTE, desk)
  for (const callback of options.callbacks) {
    app.post(
      `/callbacks/${callback.name}`,
      { bodyLimit: MAX_BODY_BYTES, config: { provenBySignature: true } },
      async (request, reply) => {
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const answer = await callback.handle({ rawBody, headers: request.headers })
        if (answer.refused !== undefined && mayWrite()) {
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

/** True so often in each minute; says once when it ends. */
function atMost(times: number, { clock, logger }: HoldpointServerOptions['desk']): () => boolean {
  let untilMs = 0
  let count = 0
  return () => {
    const nowMs = clock.now().getTime()
    if (nowMs >= untilMs) {
      untilMs = nowMs + MINUTE_MS
      count = 0
    }
    count += 1
    if (count === times + 1)
      logger.warn('many callbacks are refused; no more are written down for now')
    return count <= times
  }
}
