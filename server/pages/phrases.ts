import type { ApprovalRequest } from '../../src/core/request.ts'
import { plainLine } from '../../src/core/text.ts'

const MINUTE_MS = 60_000

/** `answer within 12 min` */
export function timeLeft(expiresAt: Date, now: Date): string {
  const leftMs = expiresAt.getTime() - now.getTime()
  if (leftMs <= 0) return 'its time is up'
  return `answer within ${span(leftMs)}`
}

/** `3 min ago` */
export function ago(at: Date, now: Date): string {
  return `${span(Math.max(0, now.getTime() - at.getTime()))} ago`
}

function span(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.max(1, Math.round(ms / 1000))} s`
  if (ms < 60 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`
  return `${Math.round(ms / (60 * MINUTE_MS))} h`
}

/** `shopper for Ada`. Whoever starts the agent wrote these. */
export function whose(
  { agent, onBehalfOf }: Pick<ApprovalRequest, 'agent' | 'onBehalfOf'>,
  names: Readonly<Record<string, string>>,
): string {
  if (onBehalfOf === undefined) return plainLine(agent, 60)
  const name = Object.hasOwn(names, onBehalfOf) ? names[onBehalfOf] : undefined
  return `${plainLine(agent, 60)} for ${plainLine(name ?? onBehalfOf, 60)}`
}

/** Where a request stands, with its execution, in a few words. */
export function stateText(request: ApprovalRequest): string {
  if (request.state === 'pending') return 'waiting for an answer'
  if (request.state !== 'approved') {
    const why = request.closedReason
    return why === undefined ? request.state : `${request.state}: ${plainLine(why, 100)}`
  }
  const { state, label } = request.execution
  const named = label === undefined ? '' : `: ${plainLine(label, 100)}`
  switch (state) {
    case 'none':
    case 'claimed':
    case 'started':
    case 'sent':
      return 'approved, being carried out'
    case 'succeeded':
      return `done${named}`
    case 'unverified':
      return `sent; the site's answer could not be read as a success${named}`
    case 'failed':
      return `approved, but nothing was sent${named}`
    case 'refused':
      return `approved, then refused${named}`
    case 'in-doubt':
      return `in doubt: it may have gone through${named}`
    case 'settled':
      return `settled${named}`
  }
}

/** Whether something is still going to change by itself. */
export function isMoving(request: ApprovalRequest): boolean {
  return (
    request.state === 'approved' &&
    ['none', 'claimed', 'started', 'sent'].includes(request.execution.state)
  )
}
