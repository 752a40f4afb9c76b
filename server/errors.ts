import type { FastifyInstance, FastifyRequest } from 'fastify'
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
    const { status, message, hint } = answerFor(error, request, desk)
    const ours = isHoldpointError(error) && status < 500
    const back = ours ? /^\/requests\/HP-\d+/.exec(request.url)?.[0] : undefined
    return reply
      .code(status)
      .send(messagePage({ title: message, text: hint, ...(back === undefined ? {} : { back }) }))
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

/** The same for programs: `{ error: { message, hint } }`. */
export function answerErrorsAsJson(scope: FastifyInstance, desk: Pick<Desk, 'logger'>): void {
  scope.setErrorHandler(async (error, request, reply) => {
    const { status, ...told } = answerFor(error, request, desk)
    return reply.code(status).send({ error: told })
  })
}

function answerFor(
  error: unknown,
  request: FastifyRequest,
  desk: Pick<Desk, 'logger'>,
): { readonly status: number; readonly message: string; readonly hint: string } {
  const status = statusOf(error)
  if (status >= 500) {
    desk.logger.error('a page failed', { url: request.routeOptions.url, error: safeError(error) })
    const hint = isHoldpointError(error) ? error.hint : 'Look where it stands before you try again.'
    return { status, message: 'That did not work', hint }
  }
  if (isHoldpointError(error)) return { status, message: error.message, hint: error.hint }
  return status === 429
    ? { status, message: 'Too many tries', hint: 'Wait a minute, then try again.' }
    : { status, message: 'That request was not understood', hint: 'Nothing was changed.' }
}

function statusOf(error: unknown): number {
  if (isHoldpointError(error)) return STATUS[error.code] ?? 500
  const { statusCode } = error as { statusCode?: unknown }
  // An SDK's error may carry another server's status: a failure must not look like a success.
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 ? statusCode : 500
}
