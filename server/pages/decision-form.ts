import { formatMoney } from '../../src/core/money.ts'
import { nameOf } from '../../src/core/names.ts'
import type { ApprovalRequest } from '../../src/core/request.ts'
import { html } from './html.ts'
import type { RequestPageParts } from './request-page.ts'

const REASONS = ['Too expensive', 'Wrong item', 'Wrong address', 'Not needed']

/** Two forms that work without JavaScript, or why this person cannot answer. */
export function decisionForm(parts: RequestPageParts): unknown {
  const { request, session, names } = parts
  if (request.state !== 'pending') return null
  const why = whyNot(request, session.reviewer, names)
  if (why !== undefined) return html`<p class="notice">${why}</p>`
  const action = `/requests/${request.id}/decision`
  const mayApprove = request.policy.approveWithoutImage || hasPicture(request)
  return html`<div class="answers">
    ${
      mayApprove
        ? html`<form method="post" action=${action}>
            ${hidden(parts)}
            <button class="button approve" name="answer" value="approve">${approveLabel(request)}</button>
          </form>`
        : html`<p class="notice">There is no picture to approve on, so it can only be rejected.</p>`
    }
    <form method="post" action=${action} class="reject">
      ${hidden(parts)}
      <label for="reason">Reason, told to the agent</label>
      <input id="reason" name="reason" list="reasons" maxlength="300" autocomplete="off" />
      <datalist id="reasons">${REASONS.map((reason) => html`<option value=${reason}></option>`)}</datalist>
      <button class="button reject" name="answer" value="reject">Reject</button>
    </form>
    <p class="faint">Nothing has been sent.</p>
  </div>`
}

function hidden({ request, session, nonce }: RequestPageParts): unknown {
  return html`
    <input type="hidden" name="csrf" value=${session.csrf} />
    <input type="hidden" name="nonce" value=${nonce} />
    <input type="hidden" name="termsDigest" value=${request.termsDigest} />
    <input type="hidden" name="evidenceDigest" value=${request.evidenceDigest} />
  `
}

function approveLabel(request: ApprovalRequest): string {
  const { amount } = request.terms
  if (typeof amount === 'object') return `Approve ${formatMoney(amount)}`
  return request.kind === 'form-submission' ? 'Approve sending' : 'Approve'
}

function hasPicture(request: ApprovalRequest): boolean {
  const { picture } = request.evidence
  return picture !== undefined && !picture.blackedOut
}

function whyNot(
  request: ApprovalRequest,
  reviewer: string,
  names: Readonly<Record<string, string>>,
): string | undefined {
  if (reviewer === request.onBehalfOf && !request.policy.soloReviewer) {
    return 'It runs on your own behalf, so somebody else has to answer.'
  }
  if (!request.policy.reviewers.includes(reviewer)) {
    const allowed = request.policy.reviewers.map((id) => nameOf(names, id)).join(' or ')
    return `Only ${allowed} may answer this.`
  }
  return undefined
}
