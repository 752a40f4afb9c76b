import type { MrkdwnElement, PlainTextElement } from '@slack/types'
import { plainLine } from '../../core/text.ts'

// Marks that format at the edge of a word, and the first colon of an emoji code: a page's own would
// look like ours. Slack has no escape for them, and invisible characters beside them make some work.
const MARKS = /[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=[\w+'-]{1,100}:)/gu
const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '∗',
  '~': '∼',
  '`': 'ˋ',
  _: 'ˍ',
  ':': '∶',
}

/**
 * Untrusted text as part of a `mrkdwn` object: on one line, marks replaced by look-alikes, `&`, `<` and
 * `>` escaped, then cut. Unescaped, `<!channel>` or `<https://evil.example|Approve>` would render. What a
 * page wrote goes into `plain` instead wherever it can.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function mrkdwn(text: string, maxChars: number): string {
  const marked = plainLine(text, maxChars).replace(MARKS, (mark) => LOOKALIKES[mark] ?? '')
  return cut(escapeText(marked), maxChars * 2)
}

/** Text in which Slack sees no markup that mentions or links. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Untrusted text on one line, for a `plain_text` object: nothing in it is ever markup. */
export function plain(text: string, maxChars: number): PlainTextElement & { emoji: false } {
  return plainLines([plainLine(text, maxChars)], maxChars)
}

/** Lines that each went through `plainLine`, for a `plain_text` object. */
export function plainLines(
  lines: readonly string[],
  maxChars = 3_000,
): PlainTextElement & { emoji: false } {
  const text = cut(lines.join('\n'), maxChars)
  // Slack refuses an empty text.
  return { type: 'plain_text', text: text === '' ? '(empty)' : text, emoji: false }
}

/**
 * Our own `mrkdwn`, made of parts that are escaped already. `verbatim`: Slack would otherwise make
 * links of bare addresses and mentions of names.
 */
export function markdown(text: string, maxChars = 3_000): MrkdwnElement & { verbatim: true } {
  return { type: 'mrkdwn', text: cut(text, maxChars), verbatim: true }
}

/** Cuts to at most `maxChars` UTF-16 units, never inside an entity or a surrogate pair. */
export function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  let end = maxChars - 1
  const entity = /&[a-z]{0,3}$/.exec(text.slice(0, end))
  if (entity !== null && /^&(?:amp|lt|gt);/.test(text.slice(entity.index))) end = entity.index
  if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1
  return `${text.slice(0, end)}…`
}

const SAME_DAY_MS = 12 * 3_600_000

/** A time in the reader's own zone, with its day when that is not plain from `asked`. */
export function timeToken(date: Date, asked: Date): string {
  const format = isSoon(date, asked) ? '{time}' : '{date_short_pretty} {time}'
  return `<!date^${Math.floor(date.getTime() / 1000)}^${format}|${clockTime(date, asked)}>`
}

/** `16:30`, or `22 Nov 16:30`, in this machine's zone. */
export function clockTime(date: Date, asked: Date): string {
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  if (isSoon(date, asked)) return time
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}`
}

function isSoon(date: Date, asked: Date): boolean {
  return Math.abs(date.getTime() - asked.getTime()) < SAME_DAY_MS
}
