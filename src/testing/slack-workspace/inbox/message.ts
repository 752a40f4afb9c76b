import type { MessageRecord } from '../state.ts'
import type { StoredEphemeral } from '../types.ts'
import { blocks, type Place } from './blocks.ts'
import { type Children, html } from './html.ts'
import { dateElement, mrkdwn } from './mrkdwn.ts'
import type { InboxView } from './view-model.ts'

/** Where a message is shown: in the channel, at the head of a thread, or as a reply in it. */
export type Spot = 'channel' | 'thread-head' | 'thread'

/** The address of an inbox page for this viewer. */
export function pageAddress(view: InboxView, query: Readonly<Record<string, string>>): string {
  return `/?${new URLSearchParams({ as: view.viewer.key, ...query })}`
}

export function messageItem(message: MessageRecord, view: InboxView, spot: Spot): Children {
  const { state } = view
  const author = state.people.find(({ id }) => id === message.user)
  const place: Place = {
    state,
    reader: view.reader,
    target: message.ts,
    spot,
    interactive: spot !== 'thread-head',
  }
  const highlighted = view.highlighted === message.ts && spot !== 'thread-head'
  const unanswered = state.unanswered.some(
    (entry) => entry.user === view.viewer.id && entry.messageTs === message.ts,
  )
  return html`<li
    id=${`${spot}-${message.ts}`}
    class=${highlighted ? 'message highlighted' : 'message'}
    tabindex="-1"
    aria-current=${highlighted ? 'true' : undefined}
    data-notify=${spot !== 'thread-head' && message.user !== view.viewer.id ? plain(message, view) : undefined}
    data-from=${author?.name}
  >
    ${avatar(author?.name ?? '?', message.byApp)}
    <article aria-label=${`${author?.name ?? 'Somebody'}: ${plain(message, view).slice(0, 80)}`}>
      ${byline(author?.name ?? 'Somebody', message.byApp, message.ts, view)}
      ${message.broadcast ? broadcastNote(message, view, spot) : null}
      ${body(message, place)}
      ${files(message, view)}
      ${message.editedTs ? html`<span class="quiet">(edited)</span>` : null}
      ${unanswered && spot !== 'thread-head' ? silence(state.appName) : null}
      ${spot === 'channel' && !message.broadcast ? threadLink(message, view) : null}
    </article>
  </li>`
}

export function ephemeralItem(ephemeral: StoredEphemeral, view: InboxView): Children {
  const { state } = view
  const place: Place = {
    state,
    reader: view.reader,
    target: ephemeral.ts,
    spot: 'only-you',
    interactive: true,
  }
  const unanswered = state.unanswered.some(({ messageTs }) => messageTs === ephemeral.ts)
  return html`<li id=${`only-you-${ephemeral.ts}`} class="message ephemeral" tabindex="-1">
    ${avatar(state.appName, true)}
    <article aria-label=${`${state.appName}, only visible to you`}>
      <p class="quiet only-you">Only visible to you</p>
      ${byline(state.appName, true, ephemeral.ts, view)}
      ${body(ephemeral, place)}
      ${unanswered ? silence(state.appName) : null}
    </article>
  </li>`
}

/** A message's `text` without markup, as a phone's lock screen shows it. */
function plain(message: { readonly text: string }, view: InboxView): string {
  return message.text
    .replace(/<([^<>\n]+)>/g, (_whole, token: string) => {
      const [target = '', label] = token.split('|')
      if (target.startsWith('@')) return `@${view.reader.userName(target.slice(1)) ?? label ?? ''}`
      return label ?? target
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function avatar(name: string, byApp: boolean): Children {
  const tone = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 5
  return html`<span class=${byApp ? 'avatar avatar-app' : `avatar avatar-${tone}`} aria-hidden="true">${name.slice(0, 1)}</span>`
}

function byline(name: string, byApp: boolean, ts: string, view: InboxView): Children {
  const seconds = Math.floor(Number(ts))
  return html`<p class="byline">
    <b>${name}</b>
    ${byApp ? html`<span class="app-tag">APP</span>` : null}
    <span class="quiet">${dateElement(seconds, '{time}', '', view.reader)}</span>
  </p>`
}

function body(content: Pick<MessageRecord, 'text' | 'blocks'>, place: Place): Children {
  if (content.blocks.length > 0) return blocks(content.blocks, place)
  if (content.text === '') return null
  return html`<div class="text">${mrkdwn(content.text, place.reader)}</div>`
}

function files(message: MessageRecord, view: InboxView): Children {
  return message.fileIds.map((id) => {
    const file = view.state.files.get(id)
    if (!file) return null
    const block = {
      type: 'image',
      block_id: id,
      slack_file: { id },
      alt_text: file.title,
      title: { type: 'plain_text', text: file.name },
    }
    return blocks([block], {
      state: view.state,
      reader: view.reader,
      target: message.ts,
      spot: 'file',
      interactive: false,
    })
  })
}

/** Slack's red warning after three seconds without an acknowledgement. */
function silence(appName: string): Children {
  return html`<p class="silence" role="alert">
    <span aria-hidden="true">⚠</span> ${appName} didn’t respond. You can try again.
  </p>`
}

const EXCERPT_LENGTH = 80

/** A reply that was also sent to the channel says so in both places. */
function broadcastNote(message: MessageRecord, view: InboxView, spot: Spot): Children {
  if (spot !== 'channel') return html`<p class="quiet">Also sent to the channel</p>`
  const { channel, threadTs = '' } = message
  const parent = view.messages.find(({ ts }) => ts === threadTs)
  const address = pageAddress(view, { channel, thread: threadTs })
  return html`<p class="quiet">
    replied to a thread: <a href=${address} data-nav="">${parent ? plain(parent, view).slice(0, EXCERPT_LENGTH) : 'a deleted message'}</a>
  </p>`
}

function threadLink(message: MessageRecord, view: InboxView): Children {
  const replies = view.state.messages.filter(
    ({ channel, threadTs, deleted }) =>
      channel === message.channel && threadTs === message.ts && !deleted,
  )
  const address = pageAddress(view, { channel: message.channel, thread: message.ts })
  const last = replies.at(-1)
  if (!last) {
    return html`<a class="reply-link" href=${address} data-nav="">Reply in thread</a>`
  }
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`
  const format = 'Last reply {date_short_pretty} at {time}'
  return html`<a class="thread-link" href=${address} data-nav="">
    <b>${count}</b> <span class="quiet">${dateElement(Math.floor(Number(last.ts)), format, '', view.reader)}</span>
  </a>`
}
