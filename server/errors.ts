import type { FastifyInstance } from 'fastify'
import { type ErrorCode, isHoldpointError } from '../src/core/errors.ts'
import type { Desk } from '../src/deciding/desk.ts'
import { safeError } from '../src/deciding/safe-error.ts'
import { messagePage } from './pages/message-page.ts'

const STATUS: Partial<Record<ErrorCode, number>> = {
  HP_ERR_OPTION_INVALID: 400,
  HP_ERR_DECISION_UNAUTHENTIC: 401,
  HP_ERR_REVIEWER_NOT_ALLOWED: 403,
  HP_ERR_REQUEST_NOT_FOUND: 404,
  HP_ERR_REQUEST_CLOSED: 409,
  HP_ERR_REQUEST_CHANGED: 409,
  HP_ERR_EVIDENCE_MISSING: 409,
  HP_ERR_STORE_UNAVAILABLE: 503,
}

/**
 * Status and page of every error, in one place. What is not Holdpoint's own is never shown, nor what went
 * wrong on this side: it names hosts and tables, and is for the log.
 */
export function answerErrors(app: FastifyInstance, desk: Pick<Desk, 'logger'>): void {
  app.setErrorHandler(async (error, request, reply) => {
    reply.type('text/html; charset=utf-8')
    const status = statusOf(error)
    if (status >= 500) {
      desk.logger.error('a page failed', {
        url: request.routeOptions.url,
        error: safeError(error),
      })
      const text = isHoldpointError(error)
        ? error.hint
        : 'Look where it stands before you try again.'
      return reply.code(status).send(messagePage({ title: 'That did not work', text }))
    }
    if (isHoldpointError(error)) {
      const back = /^\/requests\/HP-\d+/.exec(request.url)?.[0]
      return reply.code(status).send(
        messagePage({
          title: error.message,
          text: error.hint,
          ...(back === undefined ? {} : { back }),
        }),
      )
    }
    const title = status === 429 ? 'Too many tries' : 'That request was not understood'
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

function statusOf(error: unknown): number {
  if (isHoldpointError(error)) return STATUS[error.code] ?? 500
  const { statusCode } = error as { statusCode?: unknown }
  // An SDK's error may carry another server's status: a failure must not look like a success.
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 ? statusCode : 500
}
