import type { KnownBlock } from '@slack/types'
import { describeEdits, editsOf } from '../../core/edit.ts'
import { formatMoney } from '../../core/money.ts'
import { openButton } from './answer-block.ts'
import { markdown, mrkdwn, timeToken } from './text.ts'
import { deciders, type MessageView, stageOf } from './view.ts'

/** A request that has been answered or has ended: two lines, and no buttons that answer. */
export function ended(view: MessageView): KnownBlock[] {
  const { request } = view
  const id = (part: string): string => `${part}.${request.id}.${view.revision}`
  const blocks: KnownBlock[] = [
    { type: 'section', block_id: id('ended'), text: markdown(endedLine(view)) },
    {
      type: 'context',
      block_id: id('ref'),
      elements: [markdown(`${request.id} · ${mrkdwn(request.title, 120)} · <${view.url}|Open>`)],
    },
  ]
  if (stageOf(request) !== 'in-doubt') return blocks
  return [...blocks, { type: 'actions', block_id: id('look'), elements: [openButton(view)] }]
}

/** What became of it, in one line of `mrkdwn`. */
export function endedLine(view: MessageView): string {
  const { request } = view
  const who = mrkdwn(deciders(view), 120)
  const label = request.execution.label === undefined ? '' : mrkdwn(request.execution.label, 200)
  const changes = changesText(view)
  // With changes it was less, and nobody here knows how much.
  const amount =
    typeof request.terms.amount === 'object' && changes === ''
      ? `, ${formatMoney(request.terms.amount)}`
      : changes
  const next = view.followedBy === undefined ? '' : ` See ${mrkdwn(view.followedBy, 20)}.`
  const nothing = request.kind === 'deletion' ? 'Nothing deleted.' : 'Nothing sent.'
  switch (stageOf(request)) {
    case 'asking':
      return 'Waiting for an answer.'
    case 'placing':
      return `Approved by ${who}${decidedAt(view)}${changes}, ${doingText(view)}…`
    case 'done':
      return `✅ ${doneText(view, label)}${amount} · ${who} · waited ${waited(view)}`
    case 'unverified':
      return `⚠ Sent${amount} · ${who} · the site's answer could not be read as a success; please look.`
    case 'refused':
      return `Refused: ${label === '' ? 'the page changed after approval' : label}.${next} ${nothing}`
    case 'failed':
      return `Approved by ${who}, but it failed${reasonPart(label)}. ${nothing}`
    case 'in-doubt':
      return `⚠ May have gone through${label === '' ? '' : ` (${label})`}. Somebody has to look at the site.`
    case 'settled':
      return `Settled by a person${label === '' ? '' : `: ${label}`}.`
    case 'rejected':
      return `⛔ Rejected by ${who}: ${mrkdwn(reasonOf(view), 300)}. ${nothing}`
    case 'expired':
      return `Expired ${timeToken(request.expiresAt, request.openedAt)}. Nothing was sent; the agent was told.`
    case 'withdrawn':
      return `Withdrawn: ${mrkdwn(request.closedReason ?? 'no longer needed', 200)}. ${nothing}`
    case 'lapsed':
      return `Approved by ${who}, but the agent did not come back in time. ${nothing}`
  }
}

/** ` with changes: quantity 2 → 1`, or nothing. */
function changesText({ request }: MessageView): string {
  const { values } = request.decisions.at(-1) ?? {}
  const edits = values === undefined ? [] : editsOf(request.evidence.editable ?? [], values)
  return edits.length === 0 ? '' : ` with changes: ${mrkdwn(describeEdits(edits), 300)}`
}

function decidedAt({ request }: MessageView): string {
  const last = request.decisions.at(-1)
  return last === undefined ? '' : ` ${timeToken(last.decidedAt, request.openedAt)}`
}

function doingText({ request }: MessageView): string {
  if (request.kind === 'purchase') return 'placing order'
  if (request.kind === 'form-submission') return 'sending'
  return request.kind === 'deletion' ? 'deleting' : 'carrying it out'
}

function doneText({ request }: MessageView, label: string): string {
  const order = /^order (\S+)$/.exec(label)?.[1]
  if (order !== undefined) return `Order ${order} placed`
  if (label !== '') return `Done: ${label}`
  return request.kind === 'form-submission' ? 'Sent' : 'Done'
}

/** The guarded call says `nothing was sent` itself; saying it twice helps nobody. */
function reasonPart(label: string): string {
  return label === '' || label === 'nothing was sent' ? '' : `: ${label}`
}

/** The lower-case first letter reads right after a colon. */
function reasonOf({ request }: MessageView): string {
  const reason = request.decisions.find((decision) => decision.answer === 'reject')?.reason
  if (reason === undefined) return 'no reason given'
  return reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, '')
}

function waited({ request }: MessageView): string {
  const decided = request.decisions.at(-1)
  const ms = decided === undefined ? 0 : decided.decidedAt.getTime() - request.openedAt.getTime()
  if (ms < 60_000) return `${Math.max(1, Math.round(ms / 1000))} s`
  return ms < 3 * 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`
}
