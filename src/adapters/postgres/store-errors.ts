import { HoldpointError } from '../../core/errors.ts'

const unavailableStates = new Set([
  '25006', // read-only: the server became a standby
  '53300', // too many connections
  '57P01', // administrator shut the connection down
  '57P02', // crash shutdown
  '57P03', // starting up or shutting down
])

const unavailableMessages =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|client was closed|connection error and is not queryable/i

/** The store did not answer. Whatever waited for it stays held. */
export function storeUnavailable(
  message: string,
  cause?: unknown,
): HoldpointError<'HP_ERR_STORE_UNAVAILABLE'> {
  return new HoldpointError('HP_ERR_STORE_UNAVAILABLE', message, {}, { cause })
}

/** An error of `pg` as callers see it: a lost or refused connection as `HP_ERR_STORE_UNAVAILABLE`. */
export function fromPgError(error: unknown): unknown {
  return isUnavailable(error)
    ? storeUnavailable(`the database does not answer: ${messageOf(error)}`, error)
    : error
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // A connection to several addresses fails with one error for each of them.
  if (error instanceof AggregateError) return error.errors.some(isUnavailable)
  if ('severity' in error) return code.startsWith('08') || unavailableStates.has(code)
  if ('syscall' in error || /^(E[A-Z]+|EAI_[A-Z]+)$/.test(code)) return true
  return unavailableMessages.test(error.message)
}

/** What an error says, also one that stands for several. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
