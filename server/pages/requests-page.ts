import { nameOf } from '../../src/core/names.ts'
import type { ApprovalRequest } from '../../src/core/request.ts'
import { plainLine } from '../../src/core/text.ts'
import type { WebSession } from '../../src/ports/sign-in.ts'
import { html, pageOf } from './html.ts'
import { ago, stateText, timeLeft, whose } from './phrases.ts'

/** A plain list of what waits and what ended lately. */
export function requestsPage(parts: {
  readonly waiting: readonly ApprovalRequest[]
  readonly recent: readonly ApprovalRequest[]
  readonly session: WebSession
  readonly names: Readonly<Record<string, string>>
  readonly now: Date
}): string {
  const { waiting, recent, session, names, now } = parts
  return pageOf({
    title: `${waiting.length} waiting · Holdpoint`,
    refreshSeconds: 10,
    body: html`
      <header class="bar">
        <strong>Holdpoint</strong>
        <form method="post" action="/sign-out">
          <span>${nameOf(names, session.reviewer)}</span>
          <button class="quiet" type="submit">Sign out</button>
        </form>
      </header>
      <h1>${waiting.length === 0 ? 'Nothing waits' : `${waiting.length} waiting for an answer`}</h1>
      <ul class="list">
        ${waiting.map((request) => row(request, names, timeLeft(request.expiresAt, now)))}
      </ul>
      <h2>Ended lately</h2>
      ${recent.length === 0 ? html`<p class="faint">Nothing yet.</p>` : null}
      <ul class="list">
        ${recent.map((request) => row(request, names, `${stateText(request)} · ${ago(request.closedAt ?? request.openedAt, now)}`))}
      </ul>
    `,
  })
}

function row(
  request: ApprovalRequest,
  names: Readonly<Record<string, string>>,
  note: string,
): unknown {
  return html`<li class=${`card row ${request.state}`}>
    <a href=${`/requests/${request.id}`}><b>${plainLine(request.title, 100)}</b></a>
    <span class="faint">${request.id} · ${whose(request, names)}</span>
    <span>${note}</span>
  </li>`
}
