import { formatSlackDate } from './dates.ts'
import { withEmoji } from './emoji.ts'
import { type Children, html } from './html.ts'

/** What a text may refer to, and who reads it. */
export interface Reader {
  readonly viewer: string
  readonly nowMs: number
  userName(id: string): string | undefined
  channelName(id: string): string | undefined
}

/**
 * Slack's mrkdwn as elements. All text ends up as text nodes: `&lt;b&gt;` shows `<b>` and stays text,
 * and only `<…>` as sent by the app is a link, mention or date.
 */
export function mrkdwn(text: string, reader: Reader, autoLink = true): Children {
  // These two characters mark places inside this function; a text that brings its own loses them.
  const clean = text.replace(/[\uE000\uE001]/g, '')
  return clean.split(/```\n?([\s\S]+?)\n?```/).map((part, index) => {
    if (index % 2 === 1) return html`<pre>${decode(part)}</pre>`
    return quoted(part).map(({ isQuote, lines }) => {
      const content = inline(lines.join('\n'), reader, autoLink)
      return isQuote ? html`<blockquote>${content}</blockquote>` : content
    })
  })
}

/** The three entities Slack knows, and no others. */
export function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function quoted(text: string): { isQuote: boolean; lines: string[] }[] {
  const runs: { isQuote: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>) ?/.exec(line)
    const isQuote = quote !== null
    const rest = quote ? line.slice(quote[0].length) : line
    const last = runs.at(-1)
    if (last?.isQuote === isQuote) last.lines.push(rest)
    else runs.push({ isQuote, lines: [rest] })
  }
  return runs
}

const ATOM = /`([^`\n]+)`|<([^<>\n]+)>|(https?:\/\/[^\s<>|`]*[^\s<>|`.,;:!?"')\]])/g

/**
 * Code, tokens and addresses first, each set aside behind a mark, so that the `_` of an address is
 * not taken for italics; then bold, italic and strike in what is left.
 */
function inline(text: string, reader: Reader, autoLink: boolean): Children {
  const atoms: Children[] = []
  const marked = text.replace(ATOM, (whole, code?: string, token?: string, address?: string) => {
    const atom =
      code !== undefined
        ? html`<code>${decode(code)}</code>`
        : token !== undefined
          ? tokenOf(token, reader)
          : autoLink && address !== undefined
            ? link(decode(address), decode(address))
            : undefined
    if (atom === undefined) return whole
    atoms.push(atom)
    return `\uE000${atoms.length - 1}\uE001`
  })
  return emphasis(marked, atoms)
}

const STYLES = [
  { mark: '*', tag: 'strong' },
  { mark: '_', tag: 'em' },
  { mark: '~', tag: 'del' },
] as const

function emphasis(text: string, atoms: readonly Children[]): Children {
  for (const { mark, tag } of STYLES) {
    const sign = `\\${mark}`
    const span = new RegExp(
      `(^|[^\\w${sign}])${sign}(\\S|\\S[^\\n${sign}]*?\\S)${sign}(?=$|[^\\w${sign}])`,
    )
    const match = span.exec(text)
    if (!match) continue
    const start = match.index + (match[1]?.length ?? 0)
    const end = match.index + match[0].length
    return [
      emphasis(text.slice(0, start), atoms),
      html`<${tag}>${emphasis(match[2] ?? '', atoms)}<//>`,
      emphasis(text.slice(end), atoms),
    ]
  }
  return text
    .split(/\uE000(\d+)\uE001/)
    .map((part, index) => (index % 2 === 1 ? atoms[Number(part)] : withEmoji(decode(part))))
}

function tokenOf(token: string, reader: Reader): Children | undefined {
  const [target = '', ...labels] = token.split('|')
  const label = labels.length > 0 ? decode(labels.join('|')) : undefined
  if (target.startsWith('@')) return mention(target.slice(1), reader, label)
  if (target.startsWith('#')) {
    return html`<span class="mention">#${reader.channelName(target.slice(1)) ?? label ?? 'private-channel'}</span>`
  }
  if (target.startsWith('!date^')) return date(target, label, reader)
  if (target.startsWith('!subteam^')) {
    return html`<span class="mention">${label ?? '@group'}</span>`
  }
  if (/^!(here|channel|everyone)$/.test(target)) {
    return html`<span class="mention mention-you">@${target.slice(1)}</span>`
  }
  if (target.startsWith('!')) return html`<span class="mention">${label ?? target.slice(1)}</span>`
  if (/^(https?:|mailto:|tel:)/i.test(target)) return link(decode(target), label ?? decode(target))
  return undefined
}

export function mention(id: string, reader: Reader, label?: string): Children {
  const name = reader.userName(id) ?? label ?? id
  const you = id === reader.viewer ? ' mention-you' : ''
  return html`<span class=${`mention${you}`}>@${name}</span>`
}

/** Opens in a new tab and tells the page nothing. Other schemes stay text. */
export function link(address: string, label: string): Children {
  if (!/^(https?:|mailto:|tel:)/i.test(address)) return label
  return html`<a href=${address} target="_blank" rel="noopener noreferrer nofollow">${label}</a>`
}

/** Formatted again in the page, for the reader's own time zone. */
export function dateElement(
  timestampS: number,
  format: string,
  fallback: string,
  reader: Reader,
  address?: string,
): Children {
  const at = new Date(timestampS * 1000)
  if (Number.isNaN(at.getTime())) return fallback
  const time = html`<time
    datetime=${at.toISOString()}
    title=${fallback}
    data-at=${timestampS}
    data-format=${format}
  >${formatSlackDate(timestampS, format, reader.nowMs, undefined)}</time>`
  if (address === undefined || !/^https?:/i.test(address)) return time
  return html`<a href=${address} target="_blank" rel="noopener noreferrer nofollow">${time}</a>`
}

function date(target: string, fallback: string | undefined, reader: Reader): Children {
  const [, seconds = '', format = '', address] = target.split('^')
  if (!/^\d+$/.test(seconds) || fallback === undefined) return fallback ?? target
  return dateElement(Number(seconds), decode(format), fallback, reader, address)
}
