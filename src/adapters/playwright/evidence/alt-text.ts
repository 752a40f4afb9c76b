import { formatMoney } from '../../../core/money.ts'
import type { PageSummary } from '../../../core/summary.ts'
import { plainLine } from '../../../core/text.ts'

/** What the picture shows, in words, for people who do not see it. Page texts are quoted. */
export function altTextOf(
  summary: PageSummary,
  picture: { readonly stale: boolean; readonly blackedOut: boolean; readonly blackParts: number },
): string {
  const host = summary.origin === 'null' ? 'a page without an origin' : hostOf(summary.origin)
  const name = summary.target?.name || summary.form?.submitter || ''
  const items = summary.items.length
  const parts = [
    picture.blackedOut
      ? `A black picture: the page at ${host} could not be redacted.`
      : `Screenshot of ${host}${summary.title === '' ? '' : `, "${plainLine(summary.title, 80)}"`}.`,
    name === '' ? '' : `The marked element is "${plainLine(name, 80)}".`,
    summary.payable === undefined ? '' : `Total ${formatMoney(summary.payable.total)}.`,
    items === 0 ? '' : `${items} ${items === 1 ? 'item' : 'items'} on the order.`,
    picture.blackParts === 0 || picture.blackedOut
      ? ''
      : `${picture.blackParts} ${picture.blackParts === 1 ? 'part is' : 'parts are'} blacked out.`,
    picture.stale ? 'It is an earlier frame: the page could not be captured just now.' : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).host
  } catch {
    return origin
  }
}
