import { describeAction } from '../core/describe.ts'
import { describeEdits, type FieldEdit } from '../core/edit.ts'
import { HoldpointError } from '../core/errors.ts'
import { formatMoney } from '../core/money.ts'
import type { ApprovalRequest } from '../core/request.ts'
import { describeChanges, type FieldChange, type Terms } from '../core/terms.ts'
import { plainLine } from '../core/text.ts'

export type { FieldEdit } from '../core/edit.ts'

/** How a held action ended, before it is joined with the value that `run` gave. */
export type Ending =
  | {
      readonly status: 'succeeded' | 'unverified'
      readonly request: ApprovalRequest
      readonly label?: string
      /** What the reviewer changed before approving. */
      readonly edited: readonly FieldEdit[]
      /** The amount of what ran; the request's own may be higher. */
      readonly amount?: Terms['amount'] | undefined
    }
  | { readonly status: 'held'; readonly request: ApprovalRequest }
  | {
      readonly status: 'rejected'
      readonly request: ApprovalRequest
      readonly reviewer: string
      readonly reason?: string
    }
  | {
      readonly status: 'drifted'
      readonly request: ApprovalRequest
      readonly changed: readonly FieldChange[]
      readonly newRequest?: ApprovalRequest
    }
  | { readonly status: 'withdrawn'; readonly request: ApprovalRequest; readonly reason: string }
  | {
      readonly status: 'expired' | 'lapsed' | 'failed' | 'in-doubt'
      readonly request: ApprovalRequest
    }
  | { readonly status: 'forbidden' | 'frozen'; readonly why: string }

/** An ending that went through. */
type GoodEnding = Extract<Ending, { readonly status: 'succeeded' | 'unverified' }>

/** An ending that did not go through. */
export type BadEnding = Exclude<Ending, GoodEnding>

export function isBad(ending: Ending): ending is BadEnding {
  return ending.status !== 'succeeded' && ending.status !== 'unverified'
}

/**
 * How an agent's action ended. `forModel` is the text to hand to a language model; empty when nothing was
 * held. A reviewer's "no" is a value here, and an error from a plain guarded call.
 */
export type Outcome<T> = { readonly forModel: string } & (
  | { readonly status: 'passed'; readonly value: T }
  | {
      readonly status: 'succeeded' | 'unverified'
      readonly value: T
      readonly request: ApprovalRequest
      readonly edited: readonly FieldEdit[]
    }
  | { readonly status: 'held'; readonly request: ApprovalRequest; readonly expiresAt: Date }
  | {
      readonly status: 'rejected'
      readonly request: ApprovalRequest
      readonly reviewer: string
      readonly reason?: string
    }
  | {
      readonly status: 'drifted'
      readonly request: ApprovalRequest
      readonly changed: readonly FieldChange[]
      readonly newRequest?: ApprovalRequest
    }
  | {
      readonly status: 'expired' | 'withdrawn' | 'lapsed' | 'failed' | 'in-doubt'
      readonly request: ApprovalRequest
    }
  | { readonly status: 'forbidden' | 'frozen'; readonly why: string }
)

/** What to tell the model. The reviewer's words are quoted and shortened; nothing else in it is free text. */
export function textForModel(ending: Ending): string {
  switch (ending.status) {
    case 'succeeded': {
      const label = ending.label === undefined ? '' : `; ${plainLine(ending.label, 80)}`
      const edits = editsText(ending)
      return edits === undefined
        ? `DONE. Approved by a person${label}.`
        : `DONE, with changes by the reviewer: ${edits}${label}. Report these figures.`
    }
    case 'unverified': {
      const edits = editsText(ending)
      return `SENT after approval${edits === undefined ? '' : `, with changes by the reviewer (${edits})`}; the site's answer could not be read as a success. Look at the page, do not repeat it.`
    }
    case 'held':
      return `HELD, not done. A person must approve "${ending.request.title}" (${ending.request.id}, until ${clockTime(ending.request.expiresAt)}). Do not repeat it or try another way. Call wait_for_approval("${ending.request.id}") or do other work.`
    case 'rejected': {
      const reason =
        ending.reason === undefined ? 'no reason given' : `"${plainLine(ending.reason, 300)}"`
      return `REJECTED, not done: ${reason}. Do not repeat this ${nounOf(ending.request)}; change it to meet the reason, or stop and report.`
    }
    case 'drifted': {
      const next =
        ending.newRequest === undefined
          ? 'Look at the page and start over.'
          : `${ending.newRequest.id} asks about ${aboutOf(ending.changed)}; wait for it.`
      return `REFUSED, not done: ${plainLine(describeChanges(ending.changed), 300)} after approval. ${next}`
    }
    case 'expired':
      return 'EXPIRED, not done: nobody answered. Report it; do not ask again.'
    case 'withdrawn':
      return `WITHDRAWN, not done: ${plainLine(ending.reason, 120)}. Start over if it is still needed.`
    case 'lapsed':
      return 'LAPSED, not done: approved, but too long ago. A new request asks again.'
    case 'failed':
      return 'FAILED, not done: nothing was sent. You may try once more.'
    case 'in-doubt':
      return 'IN DOUBT: it may have happened. Never repeat it. A person is checking. Stop.'
    case 'forbidden':
      return `FORBIDDEN by policy: ${plainLine(ending.why, 120)}. Do not try another way; report it.`
    case 'frozen':
      return 'FROZEN: a person has paused this agent. Stop.'
  }
}

/** `quantity 2 → 1, total 91.20 EUR` */
function editsText(ending: GoodEnding): string | undefined {
  if (ending.edited.length === 0) return undefined
  const total = typeof ending.amount === 'object' ? [`total ${formatMoney(ending.amount)}`] : []
  return plainLine([describeEdits(ending.edited), ...total].join(', '), 300)
}

/** The error that a plain guarded call throws; its message is the model's text. */
export function errorOf(ending: BadEnding): HoldpointError {
  const text = textForModel(ending)
  switch (ending.status) {
    case 'held':
      return new HoldpointError('HP_ERR_HELD', text, {
        requestId: ending.request.id,
        expiresAt: ending.request.expiresAt,
      })
    case 'rejected':
      return new HoldpointError('HP_ERR_REJECTED', text, {
        requestId: ending.request.id,
        reviewer: ending.reviewer,
        ...(ending.reason === undefined ? {} : { reason: ending.reason }),
      })
    case 'drifted':
      return new HoldpointError('HP_ERR_DRIFTED', text, {
        requestId: ending.request.id,
        changed: ending.changed,
        ...(ending.newRequest === undefined ? {} : { newRequestId: ending.newRequest.id }),
      })
    case 'withdrawn':
      return new HoldpointError('HP_ERR_WITHDRAWN', text, {
        requestId: ending.request.id,
        reason: ending.reason,
      })
    case 'expired':
      return new HoldpointError('HP_ERR_EXPIRED', text, { requestId: ending.request.id })
    case 'lapsed':
      return new HoldpointError('HP_ERR_LAPSED', text, { requestId: ending.request.id })
    case 'failed':
      return new HoldpointError('HP_ERR_NOT_SENT', text, { requestId: ending.request.id })
    case 'in-doubt':
      return new HoldpointError('HP_ERR_IN_DOUBT', text, { requestId: ending.request.id })
    case 'forbidden':
      return new HoldpointError('HP_ERR_FORBIDDEN', text)
    case 'frozen':
      return new HoldpointError('HP_ERR_FROZEN', text)
  }
}

/** The outcome of a run that gave `value`, and whose holds, if there were any, ended well. */
export function outcomeOf<T>(endings: readonly Ending[], value: T): Outcome<T>
/** The outcome of what did not go through: one of the endings is bad. */
export function outcomeOf(endings: readonly Ending[]): Outcome<never>
export function outcomeOf<T>(endings: readonly Ending[], value?: T): Outcome<T> {
  const ending = endings.find(isBad) ?? endings.at(-1)
  if (ending === undefined) return { status: 'passed', value: value as T, forModel: '' }
  // Of all: a model that reads of the rejected second order only would repeat the first. Each once, as
  // two calls of one act end alike.
  const forModel = [...new Set(endings.map(textForModel))].join(' ')
  switch (ending.status) {
    case 'succeeded':
    case 'unverified':
      return {
        status: ending.status,
        value: value as T,
        request: ending.request,
        edited: ending.edited,
        forModel,
      }
    case 'held':
      return { ...ending, expiresAt: ending.request.expiresAt, forModel }
    case 'withdrawn':
      return { status: 'withdrawn', request: ending.request, forModel }
    default:
      return { ...ending, forModel }
  }
}

function nounOf(request: ApprovalRequest): string {
  return request.kind === 'purchase'
    ? 'order'
    : request.kind === 'form-submission'
      ? 'form'
      : 'action'
}

function aboutOf(changed: readonly FieldChange[]): string {
  const first = changed[0]
  return changed.length === 1 && first !== undefined
    ? `the new ${plainLine(first.field, 60)}`
    : 'what changed'
}

/** `16:30`, in the machine's own zone. */
export function clockTime(date: Date): string {
  return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

/** Title of the request that an attempt's finding asks. */
export const titleOf = describeAction

/** `182.40 EUR`, or undefined when there is no readable amount. */
export function amountText(request: Pick<ApprovalRequest, 'terms'>): string | undefined {
  return typeof request.terms.amount === 'object' ? formatMoney(request.terms.amount) : undefined
}
