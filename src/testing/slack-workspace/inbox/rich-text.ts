import { withEmoji } from './emoji.ts'
import { type Children, html } from './html.ts'
import { dateElement, link, mention, type Reader } from './mrkdwn.ts'

type Part = Readonly<Record<string, unknown>>

const partsOf = (part: Part): readonly Part[] => (part.elements ?? []) as readonly Part[]

/** A `rich_text` block. Its text is text, whatever it contains. */
export function richText(block: Part, reader: Reader): Children {
  return html`<div class="rich-text">
    ${partsOf(block).map((part) => container(part, reader))}
  </div>`
}

function container(part: Part, reader: Reader): Children {
  const content = () => partsOf(part).map((inner) => inlinePart(inner, reader))
  switch (part.type) {
    case 'rich_text_preformatted':
      return html`<pre>${content()}</pre>`
    case 'rich_text_quote':
      return html`<blockquote>${content()}</blockquote>`
    case 'rich_text_list': {
      const items = partsOf(part).map(
        (item) => html`<li>${partsOf(item).map((inner) => inlinePart(inner, reader))}</li>`,
      )
      const start = Number(part.offset ?? 0) + 1
      return part.style === 'ordered'
        ? html`<ol start=${start}>${items}</ol>`
        : html`<ul>${items}</ul>`
    }
    default:
      return html`<div class="text">${content()}</div>`
  }
}

function inlinePart(part: Part, reader: Reader): Children {
  const text = (key: string) => String(part[key] ?? '')
  switch (part.type) {
    case 'text':
      return styled(part, text('text'))
    case 'link':
      return styled(part, link(text('url'), text('text') || text('url')))
    case 'emoji':
      return withEmoji(`:${text('name')}:`)
    case 'user':
      return mention(text('user_id'), reader)
    case 'channel':
      return html`<span class="mention">#${reader.channelName(text('channel_id')) ?? 'channel'}</span>`
    case 'usergroup':
      return html`<span class="mention">@group</span>`
    case 'broadcast':
      return html`<span class="mention mention-you">@${text('range')}</span>`
    case 'date': {
      const address = part.url === undefined ? undefined : text('url')
      return dateElement(
        Number(part.timestamp),
        text('format'),
        text('fallback') || text('timestamp'),
        reader,
        address,
      )
    }
    default:
      return null
  }
}

const TAGS = [
  ['bold', 'strong'],
  ['italic', 'em'],
  ['strike', 'del'],
  ['underline', 'u'],
  ['code', 'code'],
] as const

function styled(part: Part, content: Children): Children {
  const style = (part.style ?? {}) as Part
  return TAGS.reduce<Children>(
    (inner, [name, tag]) => (style[name] === true ? html`<${tag}>${inner}<//>` : inner),
    content,
  )
}
