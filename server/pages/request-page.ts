import { describeEdits, editsOf } from '../../src/core/edit.ts'
import type { Looking } from '../../src/core/looking.ts'
import { formatMoney } from '../../src/core/money.ts'
import { nameOf } from '../../src/core/names.ts'
import type { ApprovalRequest, Decision } from '../../src/core/request.ts'
import { type LineItem, showField } from '../../src/core/terms.ts'
import { plainLine } from '../../src/core/text.ts'
import type { WebSession } from '../../src/ports/sign-in.ts'
import type { StoredAuditEntry, StoredDelivery, StoredImage } from '../../src/ports/store.ts'
import { REFRESH_S } from '../watchers.ts'
import { decisionForm } from './decision-form.ts'
import { html, pageOf } from './html.ts'
import { ago, isMoving, stateText, timeLeft, whose } from './phrases.ts'

export interface RequestPageParts {
  readonly request: ApprovalRequest
  readonly images: readonly StoredImage[]
  readonly deliveries: readonly StoredDelivery[]
  readonly audit: readonly StoredAuditEntry[]
  readonly session: WebSession
  readonly names: Readonly<Record<string, string>>
  readonly now: Date
  /** Makes a form that is sent twice the same decision. */
  readonly nonce: string
  readonly followedBy?: string
  /** Who has it open, the reader included. */
  readonly looking: readonly Looking[]
}

/** Everything a person needs to answer, amount first, and everything that happened after. */
export function requestPage(parts: RequestPageParts): string {
  const { request, session, names, now } = parts
  return pageOf({
    title: `${request.id} ${plainLine(request.title, 80)}`,
    ...(isMoving(request) ? { refreshSeconds: REFRESH_S } : {}),
    body: html`
      <header class="bar">
        <a href="/requests">All requests</a>
        <span>${nameOf(names, session.reviewer)}</span>
      </header>
      <article class="card">
        <p class=${`state ${request.state}`}>
          ${request.id} · ${request.state === 'pending' ? timeLeft(request.expiresAt, now) : stateText(request)}
        </p>
        <h1>${plainLine(request.title, 200)}?</h1>
        <p class="faint">
          ${whose(request, names)}
          ${request.task === undefined ? '' : ` · task: “${plainLine(request.task, 200)}”`}
        </p>
        ${difference(request)} ${followed(parts)} ${warnings(request)}
        ${picture(request, parts.images, 'full', 'The page when it was held')}
        ${termsTable(request)}
        ${looking(parts)} ${progress(parts)} ${decisionForm(parts)}
      </article>
      ${after(parts)} ${held(request)} ${summary(request)} ${decisions(parts)} ${deliveries(parts)} ${audit(parts)}
    `,
  })
}

function difference(request: ApprovalRequest): unknown {
  if (request.follows === undefined) return null
  return html`<section class="changed">
    <h2>Changed since <a href=${`/requests/${request.follows.requestId}`}>${request.follows.requestId}</a></h2>
    <table>
      <thead><tr><th scope="col"></th><th scope="col">approved</th><th scope="col">now</th></tr></thead>
      <tbody>
        ${request.follows.changed.map(
          (change) => html`<tr>
            <th scope="row">${plainLine(change.field, 80)}</th>
            <td><del>${plainLine(change.approved, 200)}</del></td>
            <td><ins>${plainLine(change.now, 200)}</ins></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

function followed({ followedBy }: RequestPageParts): unknown {
  if (followedBy === undefined) return null
  return html`<p class="notice">It was refused, as the page had changed. <a href=${`/requests/${followedBy}`}>${followedBy}</a> asks about what is there now.</p>`
}

function warnings(request: ApprovalRequest): unknown {
  const { evidence } = request
  const said = [
    ...(request.warnings ?? []),
    ...(evidence.picture?.blackedOut
      ? ['The picture is black, as it could not be made safe to show.']
      : []),
    ...(evidence.picture?.stale ? ['The picture is an earlier one of this page.'] : []),
    ...(evidence.pictureMissing === undefined
      ? []
      : [`There is no picture: ${evidence.pictureMissing}.`]),
    ...(evidence.summary.truncated ? ['The page was too large to be read in full.'] : []),
    ...evidence.summary.opaque.map((part) => `Part of the page could not be read: ${part}.`),
    ...(evidence.summary.payable?.disagreeing ?? []).map(
      (other) => `The page also shows a total of ${other}.`,
    ),
  ]
  if (said.length === 0) return null
  return html`<ul class="warnings">${said.map((text) => html`<li>${plainLine(text, 300)}</li>`)}</ul>`
}

function picture(
  request: ApprovalRequest,
  images: readonly StoredImage[],
  role: StoredImage['role'],
  caption: string,
): unknown {
  if (!images.some((image) => image.role === role)) return null
  const source = `/requests/${request.id}/images/${role}`
  const alt =
    role === 'after'
      ? 'The page after the action'
      : plainLine(request.evidence.picture?.altText ?? caption, 500)
  const { widthPx, heightPx } = request.evidence.picture ?? { widthPx: 1280, heightPx: 800 }
  return html`<figure>
    <a href=${source}><img src=${source} alt=${alt} width=${widthPx} height=${heightPx} /></a>
    <figcaption class="faint">${caption}. Secrets are black. Tap to enlarge.</figcaption>
  </figure>`
}

function termsTable(request: ApprovalRequest): unknown {
  const { terms } = request
  // Without a total that could be read, nobody knows the currency of a price.
  const currency = typeof terms.amount === 'object' ? terms.amount.currency : undefined
  const price = ({ unitMinor, totalMinor }: LineItem): string => {
    const amountMinor = unitMinor ?? totalMinor
    if (amountMinor === undefined || currency === undefined) return ''
    return `${formatMoney({ amountMinor, currency })}${unitMinor === undefined ? '' : ' each'}`
  }
  return html`<table class="terms">
    <caption>What you agree to</caption>
    <tbody>
      ${
        terms.amount === undefined
          ? null
          : html`<tr class="amount"><th scope="row">Amount</th><td>${terms.amount === 'unreadable' ? 'could not be read' : formatMoney(terms.amount)}</td></tr>`
      }
      ${terms.recipient === undefined ? null : html`<tr><th scope="row">To</th><td>${plainLine(terms.recipient, 200)}</td></tr>`}
      ${(terms.items ?? []).map(
        (item) =>
          html`<tr><th scope="row">${item.quantity} ×</th><td>${plainLine(item.name, 200)} <span class="faint">${price(item)}</span></td></tr>`,
      )}
      ${(terms.fields ?? []).map(
        (field) =>
          html`<tr><th scope="row">${plainLine(field.label, 100)}</th><td>${plainLine(showField(field), 300)}</td></tr>`,
      )}
      <tr><th scope="row">Recurring</th><td>${terms.recurrence === 'recurring' ? 'yes' : 'no'}</td></tr>
    </tbody>
  </table>`
}

function looking({ looking: all, session, names }: RequestPageParts): unknown {
  const others = all.filter(({ reviewer }) => reviewer !== session.reviewer)
  return others.map(
    ({ reviewer, since }) =>
      html`<p class="notice">
        ${nameOf(names, reviewer)} is looking since <time datetime=${since.toISOString()}>${since.toISOString().slice(11, 16)} UTC</time>. You may answer all the same.
      </p>`,
  )
}

/** `Approved so far: 1 of 2, Grace.` */
function progress({ request, names }: RequestPageParts): unknown {
  const { quorum } = request.policy
  if (request.state !== 'pending' || quorum === 1) return null
  // While it waits, every answer is an approval: one rejection would have ended it.
  const people = request.decisions.map(({ reviewer }) => nameOf(names, reviewer))
  return html`<p class="faint">Approved so far: ${[`${people.length} of ${quorum}`, ...people].join(', ')}.</p>`
}

function after(parts: RequestPageParts): unknown {
  const shown = picture(parts.request, parts.images, 'after', 'The page after the action')
  if (parts.request.execution.state === 'none') return null
  return html`<section class="card"><h2>Outcome</h2><p>${stateText(parts.request)}</p>${shown}</section>`
}

function held(request: ApprovalRequest): unknown {
  return html`<section class="card">
    <h2>Why it is held</h2>
    <ul>${request.findings.map((finding) => html`<li>${plainLine(finding.why, 400)} <span class="faint">(${finding.guard}, ${finding.risk} risk)</span></li>`)}</ul>
    ${request.says === undefined ? null : html`<p>The agent says, unverified: <q>${plainLine(request.says, 300)}</q></p>`}
  </section>`
}

function summary(request: ApprovalRequest): unknown {
  const { summary: page } = request.evidence
  const form = page.form
  return html`<details class="card">
    <summary>What the page said</summary>
    <p>${plainLine(`${page.origin}${page.path}`, 300)}: ${plainLine(page.title, 200)}</p>
    ${form === undefined ? null : html`<p>Sends by ${form.method.toUpperCase()} to ${plainLine(form.action, 300)}</p>`}
    <ul>${(form?.fields ?? []).filter((field) => field.visible && field.filled).map((field) => html`<li>${plainLine(field.label || field.name, 100)}: ${field.secret ? '(given, not shown)' : plainLine(field.value, 200)}</li>`)}</ul>
    ${page.notes.map((note) => html`<p class="faint">${plainLine(note, 300)}</p>`)}
  </details>`
}

function decisions({ request, names, now }: RequestPageParts): unknown {
  if (request.decisions.length === 0) return null
  return html`<section class="card"><h2>Decisions</h2><ul>
    ${request.decisions.map(
      (decision) => html`<li>
        ${decision.answer === 'approve' ? 'Approved' : 'Rejected'} by ${nameOf(names, decision.reviewer)},
        ${ago(decision.decidedAt, now)}, by ${decision.channel}${decision.reason === undefined ? '' : `: “${plainLine(decision.reason, 300)}”`}${changes(request, decision)}
      </li>`,
    )}
  </ul></section>`
}

function changes({ evidence }: ApprovalRequest, { values }: Decision): string {
  if (values === undefined) return ''
  return `, with changes: ${describeEdits(editsOf(evidence.editable ?? [], values))}`
}

function deliveries({ deliveries: sent, now }: RequestPageParts): unknown {
  if (sent.length === 0) return null
  return html`<section class="card"><h2>Messages</h2><ul>
    ${sent.map(
      (delivery) => html`<li>
        ${delivery.channel}: ${delivery.deliveredAt === undefined ? `not delivered yet, ${delivery.attempts} ${delivery.attempts === 1 ? 'attempt' : 'attempts'}` : `delivered ${ago(delivery.deliveredAt, now)}`}${delivery.lastError === undefined ? '' : `; last error: ${plainLine(delivery.lastError, 200)}`}
      </li>`,
    )}
  </ul></section>`
}

function audit({ audit: entries }: RequestPageParts): unknown {
  return html`<details class="card">
    <summary>Audit (${entries.length})</summary>
    <ol class="audit">${entries.map((entry) => html`<li><time>${entry.at.toISOString().slice(0, 19).replace('T', ' ')}</time> ${entry.event} · ${plainLine(entry.actor, 100)}</li>`)}</ol>
  </details>`
}
