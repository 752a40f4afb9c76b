import type { Attempt, FieldReading, PageSummary } from 'holdpoint/guard'
import { CART_LABELS, EVERYDAY_LABELS, GENERIC_LABELS } from '../words/everyday-labels.ts'
import { LABEL_WORDS } from '../words/field-labels.ts'
import { FORM_PURPOSES, PUBLISH_LABELS, SEND_LABELS, SETTINGS_WORDS } from '../words/form-words.ts'
import { RETREAT_LABELS } from '../words/step-labels.ts'
import { intentOfPath, meaningfulSegments } from './address-words.ts'
import { actOf, labelOf } from './attempt-label.ts'
import { type FieldKind, isShown, kindOf } from './fields.ts'
import { judgeOrderAct } from './order-act.ts'
import { isLogin, type OrderEvidence, orderEvidence } from './order-evidence.ts'
import { readOrderLabel } from './order-label.ts'
import { identifierWords, matcher } from './words.ts'

/** What a form would send, and why that matters to others or binds the sender. */
export interface FormJudgement {
  /** 0 to 1. */
  readonly confidence: number
  readonly facts: readonly string[]
}

const isPurpose = matcher(FORM_PURPOSES)
const sends = matcher(SEND_LABELS)
const isSettings = matcher(SETTINGS_WORDS)
const publishes = matcher(PUBLISH_LABELS)
const retreats = matcher(RETREAT_LABELS)
const isEveryday = matcher(CART_LABELS, EVERYDAY_LABELS)
const isGeneric = matcher(GENERIC_LABELS)
const isNewsletterText = matcher(LABEL_WORDS.newsletter ?? {})

const PERSONAL: ReadonlySet<FieldKind> = new Set([
  'name',
  'email',
  'phone',
  'birth',
  'address',
  'postcode',
  'place',
])

/** The fields that the form sends: its own, or the page's where there is no form element. */
export function formFields(page: PageSummary): readonly FieldReading[] {
  const own = page.form?.fields ?? []
  return own.some(isShown) ? own : page.otherFields
}

/**
 * Judges the sending of a form. It never judges an order: each guard decides for itself, so what the
 * checkout guard would hold, and every page of a cart or checkout, is left to it here.
 */
export function judgeFormAct(
  attempt: Attempt,
  page: PageSummary,
  always = false,
): FormJudgement | undefined {
  const act = actOf(attempt)
  if (act === 'nothing' || act === 'follows-link') return undefined
  const label = labelOf(attempt)
  if (always) return { confidence: 0.9, facts: ["the form is on this site's own list"] }
  if (retreats(label) || publishes(label)) return undefined
  const fields = formFields(page).filter(isShown)
  if (fields.length === 0 || belongsToOrder(attempt, page, fields)) return undefined
  return weigh(page, fields, label, act === 'submits')
}

/** The purpose and contents of a set of fields, whoever sends them. */
function weigh(
  page: PageSummary,
  fields: readonly FieldReading[],
  label: string,
  submits: boolean,
): FormJudgement | undefined {
  const kinds = fields.map(kindOf)
  const has = (kind: FieldKind): boolean => kinds.includes(kind)
  const personal = new Set(kinds.filter((kind) => PERSONAL.has(kind))).size
  const passwords = kinds.filter((kind) => kind === 'password').length
  const others = kinds.filter((kind) => kind !== 'newsletter' && kind !== 'terms')
  const pagePurpose = purposeOf(page)
  const purpose = pagePurpose || isPurpose(label)
  const sending = sends(label)
  if (has('search') && others.every((kind) => kind === 'search' || kind === 'other'))
    return undefined
  if (isLogin(others) && !(purpose && sending)) return undefined
  // A new password for an account that exists is another guard's matter.
  if (passwords > 1 && personal === 0) return undefined
  if (isNewsletter(others) && (!pagePurpose || saysNewsletter(page, label))) return undefined
  if (isEveryday(label) && !sending) return undefined
  // "Save" on a registration page still opens an account.
  const registers =
    passwords > 0 &&
    personal > 0 &&
    (purpose || (!isSettings(label) && (passwords > 1 || personal > 1)))
  if (isSettings(label) && !sending && !registers) return undefined
  if (!(sending || isGeneric(label) || label === '' || (submits && purpose))) return undefined

  const message = has('message')
  const files = fields.some((field) => kindOf(field) === 'file' && (field.files ?? []).length > 0)
  const terms = fields.some((field) => kindOf(field) === 'terms' && field.checked !== false)
  const reasons = [
    message && (personal > 0 || purpose || isSend(label)) ? 'a message to somebody' : '',
    (files || has('file')) && (personal > 0 || purpose) ? 'files' : '',
    personal > 1 && (purpose || terms || sending) ? 'personal data' : '',
    registers ? 'a new account' : '',
    terms && (personal > 0 || purpose) ? 'agreement to terms' : '',
    purpose && sending && others.length > 1 ? 'an entry with a purpose' : '',
  ].filter((reason) => reason !== '')
  if (reasons.length === 0) return undefined
  const base = 0.5 + 0.08 * reasons.length + (purpose ? 0.12 : 0) + (sending ? 0.1 : 0)
  return {
    confidence: Math.min(0.95, Math.round(base * 100) / 100),
    facts: [
      `it sends ${reasons.join(', ')}`,
      ...(label === '' ? [] : [`by "${label.slice(0, 60)}"`]),
    ],
  }
}

function belongsToOrder(
  attempt: Attempt,
  page: PageSummary,
  fields: readonly FieldReading[],
): boolean {
  if (judgeOrderAct(attempt, page) !== undefined) return true
  const evidence = orderEvidence(page)
  const kinds = fields.map(kindOf)
  const says = readOrderLabel(labelOf(attempt), true).says
  return (
    evidence.paymentFields ||
    ['final', 'lead', 'wallet', 'one-click'].includes(says) ||
    inCommercePath(page, evidence) ||
    // An address form beside a sum is a step of an order, unless it also carries a message or files.
    (evidence.payable &&
      kinds.includes('address') &&
      !kinds.includes('message') &&
      !kinds.includes('file'))
  )
}

function inCommercePath(page: PageSummary, evidence: OrderEvidence): boolean {
  const action = page.form && URL.parse(page.form.action)?.pathname
  const intents = [
    intentOfPath(page.path),
    action === undefined || action === null ? 'unknown' : intentOfPath(action),
  ]
  const words = meaningfulSegments(page.path).flatMap(identifierWords)
  return (
    evidence.cartPage ||
    intents.some((intent) => intent === 'commits' || intent === 'checkout') ||
    words.some((word) =>
      ['checkout', 'checkouts', 'cart', 'basket', 'kasse', 'payment'].includes(word),
    ) ||
    (evidence.payable && intents.includes('order'))
  )
}

function purposeOf(page: PageSummary): boolean {
  const action = page.form ? (URL.parse(page.form.action)?.pathname ?? '') : ''
  const address = [page.path, action].flatMap((path) => meaningfulSegments(path))
  const texts = [
    page.target?.dialog ?? '',
    page.target?.heading ?? '',
    page.title,
    ...page.headings.slice(0, 5),
    ...address.map((segment) => identifierWords(segment).join(' ')),
  ]
  return texts.some((text) => text !== '' && isPurpose(text))
}

function saysNewsletter(page: PageSummary, label: string): boolean {
  const form = page.form
  const names = [form?.name ?? '', form?.id ?? '', form?.action ?? ''].map((name) =>
    identifierWords(name).join(' '),
  )
  return [label, page.target?.heading ?? '', ...names].some(isNewsletterText)
}

// One e-mail address and perhaps a name: a newsletter, whatever the button says.
function isNewsletter(kinds: readonly FieldKind[]): boolean {
  const rest = kinds.filter((kind) => kind !== 'name')
  return rest.length === 1 && rest[0] === 'email'
}

function isSend(label: string): boolean {
  return sends(label) && !isSettings(label)
}
