import type { Attempt, PageSummary } from 'holdpoint/guard'
import { intentOfPath } from './address-words.ts'
import { type Act, actOf, isButton, isEntry, labelOf } from './attempt-label.ts'
import { type FieldKind, kindOfEntry } from './fields.ts'
import { isIdLike, navigationBuys } from './navigation.ts'
import { type OrderEvidence, orderEvidence } from './order-evidence.ts'
import { type OrderLabel, readOrderLabel } from './order-label.ts'

const ASIDE_FIELDS: ReadonlySet<FieldKind> = new Set(['coupon', 'search', 'newsletter'])

/** Why an act or a request is an order: how sure, and the facts in words. */
export interface Judgement {
  /** 0 to 1. */
  readonly confidence: number
  readonly facts: readonly string[]
}

/** A site's own words, added to the stock ones. */
export interface OwnWords {
  readonly isFinal: (text: string) => boolean
}

/**
 * Judges a click, press or submit. No single word decides but a final label on a button: the others
 * need the page to show a total, a way to pay, a last look or binding small print as well.
 */
export function judgeOrderAct(
  attempt: Attempt,
  page: PageSummary,
  own?: OwnWords,
): Judgement | undefined {
  const act = actOf(attempt)
  if (act === 'nothing' || isAside(attempt, page)) return undefined
  const text = labelOf(attempt)
  const label = readOrderLabel(text, isButton(page.target), own?.isFinal)
  const evidence = orderEvidence(page)
  const confidence =
    act === 'follows-link' ? judgeLink(page, label, evidence) : judgeControl(act, label, evidence)
  if (confidence === undefined) return undefined
  return { confidence, facts: factsOf(text, label, evidence) }
}

/**
 * Enter in a coupon or search field that stands in the order's form: pages answer it themselves as often
 * as it orders. The call passes, and what it sends is judged at the gate, submit and all.
 */
function isAside(attempt: Attempt, page: PageSummary): boolean {
  const { target } = page
  if (attempt.via !== 'call' || attempt.method !== 'press' || target === undefined) return false
  return isEntry(target) && ASIDE_FIELDS.has(kindOfEntry(target))
}

function judgeControl(act: Act, label: OrderLabel, page: OrderEvidence): number | undefined {
  const shown = supports(page)
  switch (label.says) {
    case 'final':
      return surely(0.75, shown)
    case 'retreat':
    case 'everyday':
    case 'next-step':
      return undefined
    case 'lead':
      return judgeLead(page) ? surely(0.55, shown) : undefined
    default:
      return page.chargesAtOnce && !page.everydayForm
        ? surely(0.6, shown)
        : judgeUnclear(act, label, page)
  }
}

/** Labels that order here and lead on there: what else the page shows decides. */
function judgeUnclear(act: Act, label: OrderLabel, page: OrderEvidence): number | undefined {
  const shown = supports(page)
  switch (label.says) {
    case 'wallet':
      return page.payable ? surely(0.5, shown) : undefined
    case 'one-click':
      // Opens the checkout rather than ordering, if that is where its form goes or the cart is.
      if (leads(page) && !paysHere(page)) return undefined
      return surely(0.55, shown)
    case 'maybe':
      return judgeMaybe(label, page) ? surely(0.6, shown) : undefined
    case 'generic':
      return judgeGeneric(act, page) ? surely(0.5, shown) : undefined
    default:
      // Words of no list, or none: only a form that pays by what it holds and where it goes.
      return act === 'submits' && judgeByForm(page) ? surely(0.45, shown) : undefined
  }
}

/** "Checkout" where the card is already on the page is the last click, not the first. */
function judgeLead(page: OrderEvidence): boolean {
  if (page.cartPage || page.everydayForm || page.reviewLater || page.earlierStep) return false
  return (
    page.payable &&
    (page.paymentFields ||
      (page.paymentFrame && page.paymentStep) ||
      (page.binding && page.reviewStep))
  )
}

function judgeMaybe(label: OrderLabel, page: OrderEvidence): boolean {
  if (page.everydayForm || page.earlierStep) return false
  if (page.formIntent === 'commits') return true
  if (leads(page) && !paysHere(page)) return false
  return (
    paysHere(page) ||
    label.amount ||
    page.paymentStep ||
    page.reviewStep ||
    page.binding ||
    page.amountField ||
    (page.payable && page.checkoutPage)
  )
}

function judgeGeneric(act: Act, page: OrderEvidence): boolean {
  if (page.everydayForm || page.earlierStep || page.reviewLater) return false
  if (act === 'submits' && page.formIntent === 'commits') return true
  if (leads(page) && !paysHere(page)) return false
  return (
    page.payable &&
    (page.paymentFields ||
      page.reviewStep ||
      page.paymentStep ||
      (page.binding && (page.checkoutPage || page.formIntent === 'order')) ||
      (page.formIntent === 'order' && page.checkoutPage))
  )
}

function judgeByForm(page: OrderEvidence): boolean {
  if (page.everydayForm || page.earlierStep || page.reviewLater) return false
  if (page.formIntent === 'harmless' || page.formIntent === 'step') return false
  if (page.formIntent === 'commits') return page.payable || page.paymentFields || page.binding
  return page.payable && (page.paymentFields || (page.binding && page.reviewStep))
}

function judgeLink(
  page: PageSummary,
  label: OrderLabel,
  evidence: OrderEvidence,
): number | undefined {
  if (label.says === 'retreat' || label.says === 'everyday' || label.says === 'next-step') {
    return undefined
  }
  const url = URL.parse(page.target?.href ?? '')
  if (url === null) return undefined
  const shown = supports(evidence)
  if (evidence.chargesAtOnce && label.says !== 'lead') return surely(0.6, shown)
  if (navigationBuys(url.pathname, [])) return surely(0.7, shown)
  const intent = intentOfPath(url.pathname)
  const buysOne = /(?:^|\/)(?:buy|purchase)\/[^/]+\/?$/i.test(url.pathname)
  if (label.says === 'one-click' && (buysOne || intent === 'commits')) return surely(0.6, shown)
  if (label.says === 'maybe' && buysOne && isIdLike(url.pathname)) return surely(0.5, shown)
  const pays = evidence.payable && (paysHere(evidence) || evidence.reviewStep || evidence.binding)
  // The address may say nothing (a redirect behind it orders); the words and the page around them do.
  if (label.says === 'final' && pays) {
    return surely(intent === 'commits' || intent === 'order' ? 0.6 : 0.5, shown)
  }
  return undefined
}

function paysHere(page: OrderEvidence): boolean {
  return (
    page.paymentFields ||
    (page.paymentFrame && (page.payable || page.checkoutPage) && !page.cartPage)
  )
}

/** The control goes to the cart or the checkout. */
function leads(page: OrderEvidence): boolean {
  return (
    page.formIntent === 'harmless' ||
    page.formIntent === 'checkout' ||
    page.formIntent === 'step' ||
    (page.cartPage && page.formIntent !== 'order')
  )
}

function supports(page: OrderEvidence): number {
  return [
    page.payable,
    page.paymentFields || page.paymentFrame,
    page.paymentStep || page.reviewStep,
    page.binding,
    page.formIntent === 'commits' || page.formIntent === 'order',
  ].filter(Boolean).length
}

function surely(base: number, supporting: number): number {
  return Math.min(0.98, Math.round((base + supporting * 0.08) * 100) / 100)
}

function factsOf(text: string, label: OrderLabel, page: OrderEvidence): readonly string[] {
  const quoted = text === '' ? 'a control without a readable label' : `"${text.slice(0, 60)}"`
  const place = [
    page.payable ? 'a total to pay' : '',
    page.paymentFields ? 'payment fields' : page.paymentFrame ? "a payment provider's frame" : '',
    page.reviewStep ? 'a last look at the order' : page.paymentStep ? 'the payment step' : '',
    page.binding ? 'binding small print' : '',
    page.chargesAtOnce ? 'beside it that a click charges' : '',
  ].filter((fact) => fact !== '')
  const form = page.formIntent === 'commits' ? ['its address places an order'] : []
  const said = label.says === 'final' ? `${quoted} says so` : `${quoted} is what it says`
  return [said, ...(place.length === 0 ? [] : [`the page shows ${place.join(', ')}`]), ...form]
}
