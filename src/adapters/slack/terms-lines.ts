import { formatMoney } from '../../core/money.ts'
import type { ApprovalRequest } from '../../core/request.ts'
import {
  describeChanges,
  type FieldChange,
  type LineItem,
  showField,
  type TermsField,
} from '../../core/terms.ts'
import { plainLine } from '../../core/text.ts'

/** How much of a long order or form one message shows; the rest is counted, never left out silently. */
export interface Extent {
  readonly items: number
  readonly fields: number
  /** Warnings, and likewise changes. */
  readonly notes: number
  /** Of one line. */
  readonly lineChars: number
}

/** The terms, a line each. Plain text: most of it was written by a page. */
export function termsLines(request: ApprovalRequest, most: Extent): readonly string[] {
  const { terms, evidence, kind } = request
  const currency = typeof terms.amount === 'object' ? terms.amount.currency : undefined
  const itemLine = (item: LineItem): string => {
    const name = `${item.quantity} × ${plainLine(item.name, 120)}`
    if (item.unitMinor === undefined || currency === undefined) return name
    const price = formatMoney({ amountMinor: item.unitMinor, currency })
    return `${name}, ${price.replace(/ [A-Z]{3}$/, '')} each`
  }
  const fieldLine = (field: TermsField): string =>
    `${plainLine(field.label, 60)}: ${plainLine(showField(field), 160)}`
  const { payable, origin } = evidence.summary
  const lines = [
    ...shortened(terms.items ?? [], itemLine, most.items, 'item'),
    ...shortened(terms.fields ?? [], fieldLine, most.fields, 'field'),
    ...(kind === 'form-submission' ? [`To: ${destination(terms.recipient, origin)}`] : []),
    ...recurrenceLine(request),
    ...(terms.amount === 'unreadable' ? ['Total: ⚠ could not be read'] : []),
    ...(typeof terms.amount === 'object' && payable !== undefined ? [totalLine(payable)] : []),
  ]
  if (lines.length === 0) return ['No details could be read.']
  return lines.map((line) => plainLine(line, most.lineChars))
}

function shortened<T>(
  all: readonly T[],
  show: (one: T) => string,
  most: number,
  what: string,
): readonly string[] {
  // The line that counts a single one would take the place that it needs.
  const lines = all.slice(0, all.length === most + 1 ? all.length : most).map(show)
  const hidden = all.length - lines.length
  if (hidden === 0) return lines
  const count = `⚠ and ${hidden} more ${hidden === 1 ? what : `${what}s`}`
  return [...lines, `${count}: see the thread, or Open`]
}

/** A form that goes to another site than the page it stands on is worth a second look. */
function destination(recipient: string | undefined, origin: string): string {
  const to = plainLine(recipient ?? 'an unknown site', 100)
  const here = URL.parse(origin)?.host
  return here === undefined || recipient === undefined || recipient === here
    ? to
    : `${to} ⚠ the page is ${plainLine(here, 100)}`
}

function recurrenceLine({ kind, terms }: ApprovalRequest): readonly string[] {
  if (terms.recurrence === 'recurring') return ['Recurring: ⚠ yes']
  return kind === 'purchase' || kind === 'subscription' ? ['Recurring: no'] : []
}

function totalLine(
  payable: NonNullable<ApprovalRequest['evidence']['summary']['payable']>,
): string {
  if (payable.disagreeing.length > 0) {
    const others = payable.disagreeing.map((text) => plainLine(text, 40)).join(', ')
    return `Total: ⚠ the page also says ${plainLine(others, 160)}`
  }
  const doubt = payable.ambiguous ? ', ⚠ it can be read in two ways' : ''
  return payable.places === 1
    ? `Total: shown in 1 place${doubt}`
    : `Total: shown in ${payable.places} places, they agree${doubt}`
}

/** What the reviewer must not overlook, a line each. */
export function warningLines(request: ApprovalRequest, most: Extent): readonly string[] {
  const { evidence, policy, warnings = [] } = request
  const { summary, picture } = evidence
  const all = [
    ...warnings,
    ...(picture?.stale === true ? ['The picture is older than these terms.'] : []),
    ...(picture?.blackedOut === true && !policy.approveWithoutImage
      ? ['The picture is black, as not all secrets could be hidden; it cannot be approved.']
      : []),
    ...(summary.truncated ? ['The page was too long to be read in full.'] : []),
    ...summary.opaque.map((part) => `Not readable: ${plainLine(part, 80)}`),
  ]
  return shortened(all, (text) => `⚠ ${plainLine(text, most.lineChars)}`, most.notes, 'warning')
}

type Follows = NonNullable<ApprovalRequest['follows']>

/** The change of the total in our own words and figures; undefined when it did not rise. */
export function totalChange(follows: Follows): string | undefined {
  const change = changeOfTotal(follows)
  return change === undefined ? undefined : describeChanges([change])
}

/** The first of that name: a field of the page may be called `total` as well. */
function changeOfTotal({ changed }: Follows): FieldChange | undefined {
  return changed.find(({ field }) => field === 'total')
}

/** What else changed since people approved it, a line per change, and what did not. */
export function changeLines(
  follows: Follows,
  { terms }: ApprovalRequest,
  most: Extent,
): readonly string[] {
  const changed = new Set(follows.changed.map((change) => change.field))
  const compared = [
    ...(terms.recipient === undefined ? [] : ['recipient']),
    ...(terms.items === undefined ? [] : ['items']),
    ...new Set((terms.fields ?? []).map((field) => field.label)),
  ]
  const same = compared.filter((field) => !changed.has(field)).map((field) => plainLine(field, 40))
  const changeLine = (change: FieldChange): string => {
    const shown = { ...change, ...aroundDifference(change, most.lineChars / 2) }
    return plainLine(describeChanges([shown]), most.lineChars * 2)
  }
  const others = follows.changed.filter((change) => change !== changeOfTotal(follows))
  return [
    ...shortened(others, changeLine, most.notes, 'change'),
    ...(same.length === 0 ? [] : [plainLine(`unchanged: ${same.join(', ')}`, most.lineChars)]),
    // A cheaper total is no change that stops anything, so it may be lower.
    ...(typeof terms.amount === 'object' && !changed.has('total') ? ['total not higher'] : []),
  ]
}

const CONTEXT_CHARS = 20

/** Two long values are shown from shortly before they differ: cut at their ends they could look equal. */
function aroundDifference(
  change: FieldChange,
  maxChars: number,
): Pick<FieldChange, 'field' | 'approved' | 'now'> {
  const [approved, now] = [change.approved, change.now].map((text) => plainLine(text, 4_000)) as [
    string,
    string,
  ]
  const field = plainLine(change.field, 60)
  let start = 0
  while (start < approved.length && approved[start] === now[start]) start += 1
  start = Math.max(0, start - CONTEXT_CHARS)
  const part = (text: string): string =>
    start === 0 || text.length <= maxChars
      ? plainLine(text, maxChars)
      : plainLine(`…${text.slice(start)}`, maxChars)
  return { field, approved: part(approved), now: part(now) }
}
