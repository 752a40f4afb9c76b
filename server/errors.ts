import type { FastifyInstance } from 'fastify'
import { type ErrorCode, isHoldpointError } from '../src/core/errors.ts'
import type { Desk } from '../src/deciding/desk.ts'
import { messagePage } from './pages/message-page.ts'

const STATUS: Partial<Record<ErrorCode, number>> = {
  HP_ERR_OPTION_INVALID: 400,
  HP_ERR_DECISION_UNAUTHENTIC: 401,
  HP_ERR_REVIEWER_NOT_ALLOWED: 403,
  HP_ERR_REQUEST_NOT_FOUND: 404,
  HP_ERR_REQUEST_CLOSED: 409,
  HP_ERR_REQUEST_CHANGED: 409,
  HP_ERR_STORE_UNAVAILABLE: 503,
}

/** Status and page of every error, in one place. What is not Holdpoint's own is never shown. */
export function answerErrors(app: FastifyInstance, desk: Pick<Desk, 'logger'>): void {
  app.setErrorHandler(async (error, request, reply) => {
    reply.type('text/html; charset=utf-8')
    if (isHoldpointError(error)) {
      const back = /^\/requests\/HP-\d+/.exec(request.url)?.[0]
      return reply.code(STATUS[error.code] ?? 500).send(
        messagePage({
          title: error.message,
          text: error.hint,
          ...(back === undefined ? {} : { back }),
        }),
      )
    }
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status >= 500)
      desk.logger.error('a page failed', { url: request.routeOptions.url, error: String(error) })
    const title =
      status === 429
        ? 'Too many tries'
        : status < 500
          ? 'That request was not understood'
          : 'That did not work'
    const text = status === 429 ? 'Wait a minute, then try again.' : 'Nothing was changed.'
    return reply.code(status).send(messagePage({ title, text }))
  })
  app.setNotFoundHandler(async (_request, reply) =>
    reply
      .code(404)
      .type('text/html; charset=utf-8')
      .send(
        messagePage({
          title: 'There is no such page',
          text: 'Requests stand at /requests.',
          back: '/requests',
        }),
      ),
  )
}
