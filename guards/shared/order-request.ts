import {
  type Attempt,
  type PageSummary,
  type RequestFacts,
  type RequestField,
  siteOf,
} from 'holdpoint/guard'
import { PAYMENT_KEYS, SETTLEMENT_HOSTS } from '../words/request-words.ts'
import {
  type Intent,
  inCommerce,
  intentOfName,
  intentOfPath,
  isActionKey,
  isTelemetry,
  keyCommits,
} from './address-words.ts'
import { actOf, isButton, labelOf } from './attempt-label.ts'
import { carriesToken, navigationBuys } from './navigation.ts'
import { type Judgement, judgeOrderAct, type OwnWords } from './order-act.ts'
import { type OrderEvidence, orderEvidence } from './order-evidence.ts'
import { readOrderLabel } from './order-label.ts'
import { identifierMatcher, identifierWords } from './words.ts'

const MAX_FIELDS = 300
const isPaymentKey = identifierMatcher(PAYMENT_KEYS)
const SETTLEMENT: ReadonlySet<string> = new Set(SETTLEMENT_HOSTS)

/** Whether a request can change something at all. */
export function changesState(request: RequestFacts): boolean {
  return ['POST', 'PUT', 'PATCH'].includes(request.method.toUpperCase())
}

/** Whether the host settles payments for shops. */
export function isSettlementHost(url: URL): boolean {
  return SETTLEMENT.has(url.hostname.toLowerCase())
}

/**
 * Judges a request at the gate: by what it names (path, operation, body keys), by what its body carries,
 * and by the act that the page shows behind it. What it names as harmless never holds.
 */
export function judgeOrderRequest(
  attempt: Attempt,
  request: RequestFacts,
  own?: OwnWords & { readonly isCommitPath: (path: string) => boolean },
): Judgement | undefined {
  const url = URL.parse(request.url)
  if (url === null) return undefined
  if (own?.isCommitPath(url.pathname) === true) {
    return {
      confidence: 0.9,
      facts: [`${request.method} ${url.pathname} is on this site's own list`],
    }
  }
  const named = `${request.method.toUpperCase()} ${url.pathname.slice(0, 120)}`
  if (!changesState(request)) {
    const reads = request.resourceType === 'document' || request.resourceType === 'fetch'
    if (request.method.toUpperCase() !== 'GET' || !reads) return undefined
    if (navigationBuys(url.pathname, request.query)) {
      return { confidence: 0.7, facts: [`${named} orders by its address alone`] }
    }
    return judgeFollowedLink(attempt, url, own)
  }
  if (request.resourceType === 'subresource' || request.resourceType === 'websocket')
    return undefined
  const intent = intentOfRequest(request, url)
  if (intent === 'harmless') return undefined
  if (intent === 'commits')
    return { confidence: 0.85, facts: [`${named} places an order`, ...bodyFacts(request)] }
  if (onlyTokenises(request, url)) return undefined
  // Beacons are too small a thing to guess about: only one that names an order or a card is held.
  if (request.resourceType === 'beacon' && intent !== 'order' && !carriesPayment(request)) {
    return undefined
  }
  return judgeByContext(attempt, request, url, intent, named, own)
}

/** A link whose own words order, followed by whatever means: the address need not say so. */
function judgeFollowedLink(
  attempt: Attempt,
  url: URL,
  own: OwnWords | undefined,
): Judgement | undefined {
  const { page } = attempt
  if (attempt.method !== 'navigate' || page?.target?.href === undefined) return undefined
  if (page.target.href !== url.origin + url.pathname) return undefined
  const act = judgeOrderAct(attempt, page, own) ?? judgeSecretLink(attempt, page)
  return act === undefined
    ? undefined
    : {
        confidence: Math.min(act.confidence, 0.8),
        facts: [...act.facts, `it leads to ${url.pathname.slice(0, 120)}`],
      }
}

/** "Buy again" on a link with a secret in its query, beside a sum: a page to look at needs no secret. */
function judgeSecretLink(attempt: Attempt, page: PageSummary): Judgement | undefined {
  if (!carriesToken(attempt.request?.query ?? [])) return undefined
  if ((page.payable ?? page.beside) === undefined) return undefined
  const text = labelOf(attempt)
  const { says } = readOrderLabel(text, isButton(page.target))
  if (says !== 'maybe' && says !== 'one-click' && says !== 'final') return undefined
  return { confidence: 0.6, facts: [`"${text.slice(0, 60)}" is a link with a secret of its own`] }
}

function judgeByContext(
  attempt: Attempt,
  request: RequestFacts,
  url: URL,
  intent: Intent,
  named: string,
  own: OwnWords | undefined,
): Judgement | undefined {
  const page = attempt.page
  const pays = carriesPayment(request)
  const evidence = page === undefined ? undefined : orderEvidence(page)
  const act = page === undefined ? undefined : judgeOrderAct(attempt, page, own)
  const sameSite = page === undefined || isSameSite(url, page.origin)
  if (leadsOn(attempt)) return undefined
  const supported =
    pays || evidence?.payable === true || evidence?.paymentFields === true || carriesItems(request)
  if (intent === 'order' && supported && (sameSite || isSettlementHost(url))) {
    return { confidence: 0.75, facts: [`${named} names an order`, ...bodyFacts(request)] }
  }
  if (intent === 'checkout' && (pays || (evidence?.binding === true && evidence.paymentFields))) {
    return { confidence: 0.75, facts: [`${named} sends the checkout with a way to pay`] }
  }
  if (act !== undefined && attempt.cause === 'agent') {
    const final =
      page !== undefined && readOrderLabel(labelOf(attempt), true, own?.isFinal).says === 'final'
    const document = request.resourceType === 'document'
    if ((sameSite || document) && (intent !== 'step' || final)) {
      return {
        confidence: Math.min(act.confidence, 0.8),
        facts: [...act.facts, `it sends ${named}`],
      }
    }
  }
  if (pays && evidence?.payable === true && sameSite && !savesOnly(url) && intent !== 'step') {
    return { confidence: 0.65, facts: [`${named} sends a way to pay while the page shows a total`] }
  }
  return undefined
}

/**
 * Whether the act behind a request is a button that says it leads on ("Weiter zur Übersicht"), on a page
 * that is not itself the last look at the order. A payment step sends the card before anything is ordered.
 */
export function leadsOn(attempt: Attempt): boolean {
  const { page } = attempt
  if (page?.target === undefined || actOf(attempt) === 'nothing') return false
  if (readOrderLabel(labelOf(attempt), isButton(page.target)).says !== 'next-step') return false
  const evidence = orderEvidence(page)
  return !(evidence.binding && evidence.reviewStep)
}

/** What the request says by operation, action key, body keys and path, the most telling first. */
export function intentOfRequest(request: RequestFacts, url: URL): Intent {
  const operation = request.operation
  if (operation !== undefined) {
    if (operation.readOnly) return 'harmless'
    const said = intentOfName(operation.name)
    if (said !== 'unknown') return said
  }
  const fields = [...request.fields, ...request.query].slice(0, MAX_FIELDS)
  const path = intentOfPath(url.pathname)
  // Analytics repeat the shop's own words ("purchase", "order_complete") in their bodies.
  if (isTelemetry(url.pathname)) return 'harmless'
  const actions = fields
    .filter(({ name }) => isActionKey(name))
    .map(({ value }) => intentOfName(value.slice(0, 100)))
  if (actions.includes('commits')) return 'commits'
  if (path === 'commits') return 'commits'
  if (fields.some(namesCommit)) return 'commits'
  if (path !== 'unknown' && path !== 'checkout') return path
  return actions.find((intent) => intent !== 'unknown') ?? path
}

/** Whether the request carries a card, an account or a payment token. */
export function carriesPayment(request: RequestFacts): boolean {
  return request.fields
    .slice(0, MAX_FIELDS)
    .some(({ name, value }) => value !== '' && isPaymentKey(identifierWords(name)))
}

/** Whether a request leads on in a checkout without committing: `POST /cart/checkout`, an address. */
export function onlyLeads(request: RequestFacts, url: URL, page: PageSummary | undefined): boolean {
  if (carriesPayment(request)) return false
  const intent = intentOfRequest(request, url)
  const evidence: OrderEvidence | undefined = page && orderEvidence(page)
  // `POST /account/email` changes a log-in; only in a shop's checkout is an e-mail address a step.
  const inShop = evidence?.checkoutPage === true || evidence?.cartPage === true
  if (intent === 'step') return inShop || inCommerce(url.pathname)
  if (intent !== 'checkout') return false
  return (
    evidence === undefined || !(evidence.paymentFields || evidence.paymentFrame || evidence.binding)
  )
}

/** Same host, one a sub-domain of the other, or both sub-domains of one name. */
export function isSameSite(url: URL, origin: string): boolean {
  const other = URL.parse(origin)?.hostname
  if (other === undefined) return false
  const [a, b] = [url.hostname, other]
  if (a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`)) return true
  return a.includes('.') && siteOf(a) === siteOf(b)
}

function namesCommit(field: RequestField): boolean {
  if (field.value === '' || field.value === '0' || field.value === 'false') return false
  return keyCommits(field.name.split('.').at(-1) ?? '')
}

function carriesItems(request: RequestFacts): boolean {
  return request.fields
    .slice(0, MAX_FIELDS)
    .some(({ name }) =>
      /(?:^|[.[])(?:items?|line_?items|products?|cart|basket|amount|total)(?:[.\]]|$)/i.test(
        name.slice(0, 200),
      ),
    )
}

/**
 * Whether a request only turns a card into a token, the step before the order that names it: by its
 * address, and as it carries neither a sum nor items.
 */
export function onlyTokenises(request: RequestFacts, url: URL): boolean {
  return (
    /\/(?:tokeni[sz]e|tokeni[sz]ation|tokens?)\/?$/i.test(url.pathname.slice(-200)) &&
    request.fields.length <= 20 &&
    !carriesItems(request)
  )
}

function savesOnly(url: URL): boolean {
  return /(?:tokeni[sz]e|tokens?|payment[-_]?methods?|cards|wallet|vault|sources?|setup[-_]?intents?)(?:\/|$)/i.test(
    url.pathname.slice(-200),
  )
}

function bodyFacts(request: RequestFacts): readonly string[] {
  return carriesPayment(request) ? ['its body carries a way to pay'] : []
}
