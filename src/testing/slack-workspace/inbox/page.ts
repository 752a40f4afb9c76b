import { render } from 'preact-render-to-string'
import type { Channel } from '../people.ts'
import type { MessageRecord } from '../state.ts'
import type { OpenView } from '../types.ts'
import { blocks, textObject } from './blocks.ts'
import { type Children, html } from './html.ts'
import { ephemeralItem, messageItem, pageAddress } from './message.ts'
import { dateElement } from './mrkdwn.ts'
import type { InboxView } from './view-model.ts'

/** The whole inbox as a document. The page's script fetches it again when something changed. */
export function inboxPage(view: InboxView): string {
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
      <meta name="color-scheme" content="light dark" />
      <title>${view.channel.kind === 'im' ? view.state.appName : `#${view.channel.name}`} · ${view.state.teamName}</title>
      <link rel="icon" href="/inbox/icon.svg" />
      <link rel="stylesheet" href="/inbox/style.css" />
      <script src="/inbox/script.js" defer></script>
    </head>
    <body data-as=${view.viewer.key} data-channel=${view.channel.id}>
      ${standIn(view)}
      <div class="app">
        ${sidebar(view)}
        <main class="main">
          ${channelHead(view)}
          <div id="notice" role="status">${notice(view)}</div>
          <ol class="messages" id="messages" tabindex="0" aria-label="Messages">${timeline(view)}</ol>
          ${composer(view, undefined)}
        </main>
        ${threadPanel(view)}
      </div>
      <div id="views">
        ${[...view.state.views.values()]
          .filter(({ user }) => user === view.viewer.id)
          .map((open) => modal(open, view))}
      </div>
      <dialog class="lightbox" id="lightbox" aria-label="Image">
        <form method="dialog"><button class="button" aria-label="Close image">Close</button></form>
        <img alt="" />
      </dialog>
      <div id="toasts" aria-live="polite"></div>
    </body>
  </html>`
  return `<!doctype html>${render(page)}`
}

function standIn(view: InboxView): Children {
  return html`<div class="stand-in">
    <p role="note"><b>Local stand-in for Slack.</b> <span>Nothing leaves this machine.</span></p>
    <label>
      Viewing as
      <select id="viewing-as">
        ${view.viewers.map(
          (person) =>
            html`<option value=${person.key} selected=${person.id === view.viewer.id}>${person.name}</option>`,
        )}
      </select>
    </label>
  </div>`
}

function sidebar(view: InboxView): Children {
  const list = (title: string, channels: readonly Channel[]) =>
    channels.length === 0
      ? null
      : html`<h2>${title}</h2>
          <ul>
            ${channels.map(
              (channel) => html`<li>
                <a
                  href=${pageAddress(view, { channel: channel.id })}
                  data-nav=""
                  aria-current=${channel.id === view.channel.id ? 'page' : undefined}
                >${channelName(view, channel)}</a>
              </li>`,
            )}
          </ul>`
  return html`<nav class="sidebar" id="sidebar" aria-label="Channels">
    <p class="workspace-name">${view.state.teamName}</p>
    ${list(
      'Channels',
      view.channels.filter(({ kind }) => kind !== 'im'),
    )}
    ${list(
      'Apps',
      view.channels.filter(({ kind }) => kind === 'im'),
    )}
  </nav>`
}

function channelName(view: InboxView, channel: Channel): Children {
  if (channel.kind === 'im') return view.state.appName
  const sign =
    channel.kind === 'private' ? lock : html`<span class="sign" aria-hidden="true">#</span>`
  return html`${sign}<span>${channel.name}</span>`
}

const lock = html`<svg class="sign" viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
  <path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" stroke-width="1.6" />
  <rect x="3" y="7" width="10" height="7" rx="1.6" fill="currentColor" />
</svg>`

function channelHead(view: InboxView): Children {
  return html`<header class="head" id="head">
    <button type="button" class="head-menu" data-sidebar="" aria-expanded="false" aria-controls="sidebar" aria-label="Channels">☰</button>
    <h1>${channelName(view, view.channel)}</h1>
    <p class="quiet">${view.channel.topic}</p>
  </header>`
}

function notice(view: InboxView): Children {
  if (view.awaited === undefined) return null
  return html`<p class="notice">No message about <b>${view.awaited}</b> yet. It will be shown here when it comes.</p>`
}

/** Messages, divided by day, with the viewer's ephemeral messages where they belong in time. */
function timeline(view: InboxView): Children {
  const entries = [
    ...view.messages.map((message) => ({
      ts: message.ts,
      item: messageItem(message, view, 'channel'),
    })),
    ...view.ephemerals
      .filter(({ threadTs }) => threadTs === undefined)
      .map((ephemeral) => ({ ts: ephemeral.ts, item: ephemeralItem(ephemeral, view) })),
  ].toSorted((left, right) => Number(left.ts) - Number(right.ts))
  let day = ''
  return entries.flatMap(({ ts, item }) => {
    const today = new Date(Number(ts) * 1000).toDateString()
    if (today === day) return [item]
    day = today
    const label = dateElement(Math.floor(Number(ts)), '{day_divider_pretty}', '', view.reader)
    return [html`<li class="day" id=${`day-${ts}`}><span>${label}</span></li>`, item]
  })
}

function threadPanel(view: InboxView): Children {
  const head = view.thread
  if (!head) return html`<aside id="thread" data-thread="" hidden></aside>`
  const items = [
    ...view.threadReplies.map((reply) => ({
      ts: reply.ts,
      item: messageItem(reply, view, 'thread'),
    })),
    ...view.ephemerals
      .filter(({ threadTs }) => threadTs === head.ts)
      .map((ephemeral) => ({ ts: ephemeral.ts, item: ephemeralItem(ephemeral, view) })),
  ].toSorted((left, right) => Number(left.ts) - Number(right.ts))
  return html`<aside class="thread" id="thread" data-thread=${head.ts} aria-label="Thread">
    <header class="head">
      <h2>Thread</h2>
      <a
        class="thread-close"
        href=${pageAddress(view, { channel: head.channel })}
        data-nav=""
        data-close-thread=""
        aria-label="Close thread"
      >✕</a>
    </header>
    <ol class="messages" id="thread-messages" tabindex="0" aria-label="Thread messages">
      ${messageItem(head, view, 'thread-head')}
      ${repliesRule(view.threadReplies)}
      ${items.map(({ item }) => item)}
    </ol>
    ${composer(view, head.ts)}
  </aside>`
}

function repliesRule(replies: readonly MessageRecord[]): Children {
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`
  return html`<li class="replies-rule quiet" id="replies-rule">${replies.length > 0 ? count : ''}</li>`
}

function composer(view: InboxView, threadTs: string | undefined): Children {
  const label =
    threadTs === undefined
      ? `Message ${view.channel.kind === 'im' ? view.state.appName : `#${view.channel.name}`}`
      : 'Reply…'
  return html`<form class="composer" data-say="" data-thread=${threadTs}>
    <input type="text" name="text" aria-label=${label} placeholder=${label} autocomplete="off" />
    <button class="button button-primary" aria-label="Send message">➤</button>
  </form>`
}

function modal(open: OpenView, view: InboxView): Children {
  const place = {
    state: view.state,
    reader: view.reader,
    target: open.id,
    spot: 'view',
    interactive: true,
  }
  const label = (key: string, otherwise: string) =>
    open.view[key] ? textObject(open.view[key] as Record<string, unknown>, place) : otherwise
  return html`<dialog
    class="dialog modal"
    id=${`view-${open.id}`}
    data-view=${open.id}
    data-hash=${open.hash}
    aria-labelledby=${`title-${open.id}`}
  >
    <form data-submit-view=${open.id} novalidate>
      <header class="dialog-head">
        <h2 id=${`title-${open.id}`}>${label('title', view.state.appName)}</h2>
        <button type="button" class="dialog-close" data-close-view=${open.id} aria-label="Close dialog">✕</button>
      </header>
      <div class="dialog-body">
        <div class="form-error" role="alert" data-error=""></div>
        ${blocks(open.view.blocks, place)}
      </div>
      <div class="dialog-foot">
        <button type="button" class="button" data-close-view=${open.id}>${label('close', 'Cancel')}</button>
        ${open.view.submit ? html`<button class="button button-primary">${label('submit', 'Submit')}</button>` : null}
      </div>
    </form>
  </dialog>`
}
