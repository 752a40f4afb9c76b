import { formatMoney } from '../../core/money.ts'
import { nameOf } from '../../core/names.ts'
import { plainLine } from '../../core/text.ts'
import { clockTime, cut, escapeText } from './text.ts'
import { deciders, type MessageView, type Stage, stageOf } from './view.ts'

const MAX_CHARS = 99

/**
 * The message's `text`: what a lock screen shows. Amount first, under 100 characters, and never an
 * address, a card or a label that a page wrote.
 */
export function fallbackText(view: MessageView): string {
  const stage = stageOf(view.request)
  return cut(escapeText(stage === 'asking' ? question(view) : endedText(view, stage)), MAX_CHARS)
}

/** The same for a notice about a question that waits. */
export function noticeText(view: MessageView): string {
  return cut(escapeText(`${view.request.id} waits: ${question(view)}`), MAX_CHARS)
}

function question(view: MessageView): string {
  const { request, names } = view
  const { onBehalfOf } = request
  return [
    ...whatFor(view),
    ...(onBehalfOf === undefined ? [] : [`for ${plainLine(nameOf(names, onBehalfOf), 20)}`]),
    `by ${clockTime(request.expiresAt, request.openedAt)}`,
  ].join(' · ')
}

/** The action and how much of it there is. */
function whatFor(view: MessageView): readonly string[] {
  const { terms, kind } = view.request
  const recipient = plainLine(terms.recipient ?? 'an unknown site', 40)
  const items = counted(terms.quantity, 'item')
  if (kind === 'deletion') return [`DELETE ${items[0] ?? 'something'}`, recipient]
  if (typeof terms.amount === 'object' && view.lockScreen === 'full') {
    return [`${formatMoney(terms.amount)} to ${recipient}`, ...items]
  }
  if (kind !== 'form-submission') return [`Approval for ${recipient}`, ...items]
  const { form } = view.request.evidence.summary
  const files = form?.fields.reduce((sum, field) => sum + (field.files?.length ?? 0), 0)
  const counts = [...counted(terms.fields?.length, 'field'), ...counted(files || undefined, 'file')]
  return [`Send form to ${recipient}`, ...(counts.length === 0 ? [] : [counts.join(', ')])]
}

function counted(count: number | undefined, what: string): readonly string[] {
  return count === undefined ? [] : [`${count} ${count === 1 ? what : `${what}s`}`]
}

function endedText(view: MessageView, stage: Exclude<Stage, 'asking'>): string {
  const who = plainLine(deciders(view), 40)
  const texts: Record<Exclude<Stage, 'asking'>, string> = {
    placing: `approved by ${who}`,
    done: 'done',
    unverified: 'sent, but please look at the site',
    refused: 'refused: it changed after approval. Nothing was sent',
    failed: 'failed. Nothing was sent',
    'in-doubt': 'may have gone through. Somebody has to look',
    settled: 'settled by a person',
    rejected: `rejected by ${who}. Nothing was sent`,
    expired: 'expired. Nothing was sent',
    withdrawn: 'withdrawn. Nothing was sent',
    lapsed: 'approved, but the agent did not come back. Nothing was sent',
  }
  return `${view.request.id} ${texts[stage]}`
}
