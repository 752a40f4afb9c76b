import {
  type Attempt,
  type LineItem,
  type Money,
  type PageSummary,
  plainLine,
  type RequestFacts,
  readMoney,
  type Terms,
} from 'holdpoint/guard'
import { fieldsOf, isShown, kindOf } from './fields.ts'
import { isSameSite, isSettlementHost } from './order-request.ts'
import { amountOf, higherAmount } from './request-amount.ts'
import { bodyFields, termsFields, withoutCountdown } from './terms-fields.ts'
import { identifierMatcher, identifierWords } from './words.ts'

const isRecurringKey = identifierMatcher(
  'recurring | auto renew | autorenew | subscribe save | recurrence',
)
const isQuantityKey = identifierMatcher('quantity | qty | menge | anzahl | quantite | cantidad')
const OFF = /^(?:0|false|no|off|none|never|once)?$/i

/**
 * The terms of an order. One builder for the call, the page event and the request: what was read before
 * the click equals what is read at the gate, as long as the page says the same.
 */
export function orderTerms(attempt: Attempt): Terms {
  const page = attempt.page
  const amount = page === undefined ? amountWithoutPage(attempt) : amountWithPage(attempt, page)
  const items = page === undefined ? [] : itemsOf(page)
  const quantity = highest(quantityOf(page, items), attempt.request && quantityIn(attempt.request))
  const fields =
    page === undefined ? bodyFields(attempt.request?.fields ?? []) : termsFields(fieldsOf(page))
  const recipient = recipientOf(attempt)
  return {
    v: 1,
    amount,
    ...(recipient === undefined ? {} : { recipient }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(items.length === 0 ? {} : { items }),
    ...(fields.length === 0 ? {} : { fields }),
    recurrence: isRecurring(attempt) ? 'recurring' : 'none',
  }
}

/** Who gets it, in the browser's words: the page's host, or the form's if it goes to another origin. */
export function recipientOf(attempt: Attempt): string | undefined {
  const page = attempt.page
  const elsewhere = attempt.request && otherSite(attempt.request.url, page)
  if (elsewhere !== undefined) return elsewhere
  const origin = page && URL.parse(page.origin)
  const form = page?.form
  const action = form && form.method.toLowerCase() === 'post' ? URL.parse(form.action) : null
  if (action?.protocol.startsWith('http') === true && action.origin !== page?.origin)
    return action.host
  if (origin?.host !== undefined && origin.host !== '') return origin.host
  const request = attempt.request && URL.parse(attempt.request.url)
  return request?.host === undefined || request.host === '' ? undefined : request.host
}

/** The host of a request that leaves the page's site for anybody but a payment service. */
function otherSite(address: string, page: PageSummary | undefined): string | undefined {
  const url = URL.parse(address)
  if (page === undefined || url === null || !url.protocol.startsWith('http')) return undefined
  if (URL.parse(page.origin)?.host === url.host || isSameSite(url, page.origin)) return undefined
  return isSettlementHost(url) ? undefined : url.host
}

function amountWithPage(attempt: Attempt, page: PageSummary): Money | 'unreadable' {
  const shown = page.payable?.total ?? labelAmount(page) ?? page.beside
  if (shown === undefined) return 'unreadable'
  const total = { amountMinor: shown.amountMinor, currency: shown.currency }
  // The body decides what is paid: where it asks for more than the page shows, that is the amount.
  return (attempt.request && higherAmount(attempt.request, total)) ?? total
}

function labelAmount(page: PageSummary): Money | undefined {
  const amounts = readMoney(`${page.target?.name ?? ''} ${page.form?.submitter ?? ''}`)
  return amounts.reduce<Money | undefined>(
    (best, money) => (best === undefined || money.amountMinor > best.amountMinor ? money : best),
    undefined,
  )
}

function amountWithoutPage(attempt: Attempt): Money | 'unreadable' {
  return attempt.request === undefined ? 'unreadable' : amountOf(attempt.request)
}

function itemsOf(page: PageSummary): readonly LineItem[] {
  return page.items.map((item) => ({
    name: withoutCountdown(plainLine(item.name, 120)),
    quantity: Number.isFinite(item.quantity) ? item.quantity : 1,
    ...(item.unitMinor === undefined ? {} : { unitMinor: item.unitMinor }),
    ...(item.totalMinor === undefined ? {} : { totalMinor: item.totalMinor }),
  }))
}

function quantityOf(page: PageSummary | undefined, items: readonly LineItem[]): number | undefined {
  if (items.length > 0) return items.reduce((sum, item) => sum + item.quantity, 0)
  if (page === undefined) return undefined
  const fields = fieldsOf(page).filter((field) => isShown(field) && kindOf(field) === 'quantity')
  const counts = fields
    .map((field) => field.value.trim())
    .filter((value) => /^\d{1,4}$/.test(value))
  return counts.length === 0 ? undefined : counts.reduce((sum, value) => sum + Number(value), 0)
}

/** A body that orders more pieces than the page shows is what counts. */
function highest(shown: number | undefined, sent: number | undefined): number | undefined {
  return shown !== undefined && sent !== undefined && sent > shown ? sent : shown
}

function quantityIn(request: RequestFacts): number | undefined {
  const counts = request.fields
    .slice(0, 300)
    .filter(({ name }) =>
      isQuantityKey(identifierWords(name.split(/[.[\]]+/).findLast((part) => part !== '') ?? '')),
    )
    .filter(({ value }) => /^\d{1,6}$/.test(value))
    .map(({ value }) => Number(value))
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0)
}

function isRecurring(attempt: Attempt): boolean {
  const page = attempt.page
  if (page?.recurring === true) return true
  const inForm = (page?.form?.fields ?? []).some(
    (field) =>
      isRecurringKey(identifierWords(field.name)) &&
      (field.checked === undefined ? !OFF.test(field.value) : field.checked),
  )
  if (inForm) return true
  // A body that asks for more than the page says is what counts.
  return (attempt.request?.fields ?? [])
    .slice(0, 300)
    .some(({ name, value }) => isRecurringKey(identifierWords(name)) && !OFF.test(value))
}
