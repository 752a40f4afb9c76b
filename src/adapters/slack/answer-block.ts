import type { ActionsBlock, Button, StaticSelect } from '@slack/types'
import { offeredEdits } from '../../core/edit.ts'
import { formatMoney } from '../../core/money.ts'
import type { ApprovalRequest } from '../../core/request.ts'
import { ACTIONS, answerBlockId, OTHER_REASON, reasonsFor } from './answer-id.ts'
import { plain } from './text.ts'
import type { MessageView } from './view.ts'

/**
 * The buttons. No Approve until the picture stands in the message, unless the policy says otherwise;
 * nothing but Open where clicks cannot come back.
 */
export function answerBlock(view: MessageView): ActionsBlock {
  const { request } = view
  const id = {
    requestId: request.id,
    termsDigest: request.termsDigest,
    evidenceDigest: request.evidenceDigest,
  }
  const approvals = [
    approveButton(request),
    ...(offeredEdits(request).length === 0 ? [] : [editButton(request)]),
  ]
  const answers = view.interactive
    ? [...(mayApprove(view) ? approvals : []), rejectSelect(request)]
    : []
  return {
    type: 'actions',
    block_id: answerBlockId(id, view.revision),
    elements: [...answers, openButton(view)],
  }
}

export function openButton(view: Pick<MessageView, 'url'>): Button {
  return { type: 'button', action_id: ACTIONS.open, text: plain('Open', 75), url: view.url }
}

function mayApprove({ request, picture }: MessageView): boolean {
  if (request.policy.approveWithoutImage) return true
  // A black picture shows nothing, and an approval of it is refused.
  return picture.state === 'shown' && request.evidence.picture?.blackedOut === false
}

function approveButton(request: ApprovalRequest): Button {
  const button: Button = {
    type: 'button',
    action_id: ACTIONS.approve,
    style: 'primary',
    text: plain(approveLabel(request), 75),
    value: request.id,
  }
  if (request.kind !== 'deletion') return button
  return {
    ...button,
    style: 'danger',
    confirm: {
      title: plain(`${request.title}?`, 100),
      text: plain('It runs at once. Holdpoint cannot undo it.', 300),
      confirm: plain('Approve deletion', 30),
      deny: plain('Back', 30),
      style: 'danger',
    },
  }
}

function editButton({ id }: ApprovalRequest): Button {
  return { type: 'button', action_id: ACTIONS.edit, text: plain('Edit…', 75), value: id }
}

function approveLabel({ terms, kind }: ApprovalRequest): string {
  if (kind === 'deletion') return 'Approve deletion'
  if (typeof terms.amount === 'object') return `Approve ${formatMoney(terms.amount)}`
  return kind === 'form-submission' ? 'Approve sending' : 'Approve'
}

function rejectSelect(request: ApprovalRequest): StaticSelect {
  const option = (value: string, text: string) => ({ text: plain(text, 75), value })
  return {
    type: 'static_select',
    action_id: ACTIONS.reject,
    placeholder: plain('Reject…', 150),
    options: [
      ...reasonsFor(request.kind).map(([value, text]) => option(value, text)),
      option(OTHER_REASON, 'Other…'),
    ],
  }
}
