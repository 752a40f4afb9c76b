import type { Attempt } from 'holdpoint/guard'
import { actOf, isButton, labelOf } from './attempt-label.ts'
import { readOrderLabel } from './order-label.ts'
import {
  carriesPayment,
  changesState,
  intentOfRequest,
  leadsOn,
  onlyLeads,
  onlyTokenises,
} from './order-request.ts'
import { identifierMatcher, identifierWords } from './words.ts'

const isSecretKey = identifierMatcher('password | passwd | pwd')
const isSearchKey = identifierMatcher('q | query | search | keyword | term | page | sort | filter')

/**
 * Whether a state-changing request is known to be harmless: validation, quotes and shipping rates,
 * coupons, the cart, search, log-in, drafts, wish lists, newsletters, analytics and logs, consent
 * banners, read-only operations, and steps of a checkout before the last one. Only by what the request
 * itself names and carries, never by the page's words alone; anything that carries a way to pay is not.
 */
export function isHarmlessRequest(attempt: Attempt): boolean {
  const request = attempt.request
  if (request === undefined) return false
  const url = URL.parse(request.url)
  if (url === null) return false
  if (!changesState(request)) return request.method.toUpperCase() !== 'DELETE'
  if (request.operation?.readOnly === true) return true
  const intent = intentOfRequest(request, url)
  if (intent !== 'commits' && (leadsOn(attempt) || onlyTokenises(request, url))) return true
  if (carriesPayment(request)) return false
  if (intent === 'harmless') return true
  if (intent === 'commits' || intent === 'order') return false
  // A step that a final button sends is not a step.
  if (onlyLeads(request, url, attempt.page)) return !ordersByLabel(attempt)
  return isLoginBody(attempt) || isSearchBody(attempt)
}

function ordersByLabel(attempt: Attempt): boolean {
  if (attempt.page?.target === undefined || actOf(attempt) === 'nothing') return false
  return readOrderLabel(labelOf(attempt), isButton(attempt.page.target)).says === 'final'
}

// A log-in is a user's name, a password, and little more.
function isLoginBody(attempt: Attempt): boolean {
  const fields = attempt.request?.fields ?? []
  const secrets = fields.filter(({ name }) => isSecretKey(identifierWords(name)))
  return secrets.length === 1 && fields.length <= 6
}

function isSearchBody(attempt: Attempt): boolean {
  const fields = attempt.request?.fields ?? []
  return (
    fields.length > 0 &&
    fields.length <= 8 &&
    fields.every(({ name }) => isSearchKey(identifierWords(name)))
  )
}
