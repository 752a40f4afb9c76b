import type { PageSummary } from 'holdpoint/guard'
import { CHARGE_NOTES, CLICK_ORDERS_NOTES, STORED_PAYMENT_NOTES } from '../words/charge-words.ts'
import {
  BINDING_NOTES,
  CART_HEADINGS,
  CHECKOUT_HEADINGS,
  EARLIER_STEP_HEADINGS,
  PAYMENT_HEADINGS,
  REVIEW_HEADINGS,
  REVIEW_LATER_NOTES,
} from '../words/page-words.ts'
import { PAYMENT_FRAME_HOSTS } from '../words/request-words.ts'
import { type Intent, intentOfPath } from './address-words.ts'
import { type FieldKind, fieldsOf, isShown, kindOf } from './fields.ts'
import { identifierWords, matcher, wordSet } from './words.ts'

/** What the page around the target says about an order, each kind of evidence by itself. */
export interface OrderEvidence {
  /** The page shows a sum to be paid. */
  readonly payable: boolean
  /** Visible card, account or payment-method fields that go with the target. */
  readonly paymentFields: boolean
  /** A payment provider's frame is on the page. */
  readonly paymentFrame: boolean
  readonly paymentStep: boolean
  readonly reviewStep: boolean
  /** The target stands in an earlier step: address, delivery, sign-in, coupon. */
  readonly earlierStep: boolean
  readonly cartPage: boolean
  readonly checkoutPage: boolean
  /** Terms of sale to tick, or small print that binds. */
  readonly binding: boolean
  /** Small print says that nothing is charged yet. */
  readonly reviewLater: boolean
  /** What the form's address says. */
  readonly formIntent: Intent
  /** The form has nothing but everyday fields: search, coupon, quantity, newsletter, sign-in. */
  readonly everydayForm: boolean
  /** A field that takes a sum: gift, bid, tip. */
  readonly amountField: boolean
  /** Right beside the target: that a click orders, or that something stored is charged, and how much. */
  readonly chargesAtOnce: boolean
}

const isPayment = matcher(PAYMENT_HEADINGS)
const isReview = matcher(REVIEW_HEADINGS)
const isEarlier = matcher(EARLIER_STEP_HEADINGS)
const isCart = matcher(CART_HEADINGS)
const isCheckout = matcher(CHECKOUT_HEADINGS)
const binds = matcher(BINDING_NOTES)
const reviewsLater = matcher(REVIEW_LATER_NOTES)
const clickOrders = matcher(CLICK_ORDERS_NOTES)
const charges = matcher(CHARGE_NOTES)
const isStored = matcher(STORED_PAYMENT_NOTES)
// "•••• 4242", "**** 4242": a number of which only the end is shown.
const MASKED_NUMBER = /[•*·xX.…]{2,}\s?\d{2,4}(?!\d)/u

const PAYMENT_KINDS: ReadonlySet<FieldKind> = new Set([
  'cardNumber',
  'bankAccount',
  'paymentChoice',
])
const EVERYDAY_KINDS: ReadonlySet<FieldKind> = new Set([
  'coupon',
  'search',
  'quantity',
  'newsletter',
  'locale',
  'password',
  'oneTimeCode',
  'token',
])
const PERSON_KINDS: ReadonlySet<FieldKind> = new Set(['address', 'postcode', 'place'])
const FRAME_WORDS = wordSet(PAYMENT_FRAME_HOSTS)
const PAYMENT_PATH = wordSet(
  'payment payments pay paiement pago pagamento zahlung betaling betalning billing',
)
const REVIEW_PATH = wordSet(
  'review confirm confirmation overview summary place onestep onepage placeorder',
)
const CART_PATH = wordSet(
  'cart basket bag warenkorb panier carrito carrello winkelwagen carrinho koszyk varukorg',
)
const CHECKOUT_PATH = wordSet(
  'checkout checkouts order orders kasse caisse commande booking book reservation donate donation purchase buy bid',
)

/** Reads the evidence of a page. Same page state, same evidence: button texts do not count. */
export function orderEvidence(page: PageSummary): OrderEvidence {
  const near = page.target?.dialog ?? page.target?.heading
  const path = identifierWords(page.path)
  const own = (page.form?.fields ?? []).filter(isShown).map(kindOf)
  const all = fieldsOf(page).filter(isShown).map(kindOf)
  const ownEntries = own.filter((kind) => kind !== 'terms')
  // A form of its own that takes an address is that step, whatever else the page shows.
  const addressForm = own.some((kind) => PERSON_KINDS.has(kind)) && !own.some(isPaymentKind)
  const formIntent = formIntentOf(page)
  const nearPayment = near !== undefined && isPayment(near)
  const nearReview = near !== undefined && isReview(near)
  // On a page of one form the nearest heading may be any section's: its own card fields decide.
  const paysItself = own.some(isPaymentKind)
  const nearEarlier =
    near !== undefined && isEarlier(near) && !nearPayment && !nearReview && !paysItself
  const elsewhere = page.target?.dialog !== undefined && !nearPayment && !nearReview
  const titles = [page.title, ...page.headings]
  // An accordion lists all steps as headings: only the nearest one says where the target stands.
  const manySteps = page.headings.some(isEarlier)
  return {
    payable: page.payable !== undefined,
    paymentFields: (addressForm ? own : all).some(isPaymentKind),
    paymentFrame: page.frames.some(isPaymentFrame),
    paymentStep:
      nearPayment ||
      (!nearEarlier && (path.some((word) => PAYMENT_PATH.has(word)) || isPayment(page.title))) ||
      (near === undefined && !manySteps && titles.some(isPayment)),
    reviewStep:
      nearReview ||
      (!nearEarlier && (path.some((word) => REVIEW_PATH.has(word)) || isReview(page.title))) ||
      (near === undefined && !manySteps && titles.some(isReview)),
    earlierStep:
      nearEarlier ||
      elsewhere ||
      (addressForm && !all.some(isPaymentKind)) ||
      (own.length > 0 && own.every((kind) => kind === 'delivery')),
    cartPage: path.some((word) => CART_PATH.has(word)) || titles.slice(0, 2).some(isCart),
    checkoutPage: path.some((word) => CHECKOUT_PATH.has(word)) || titles.some(isCheckout),
    binding:
      fieldsOf(page).some((field) => isShown(field) && kindOf(field) === 'terms') ||
      page.notes.some(binds),
    reviewLater: page.notes.some(reviewsLater),
    formIntent,
    everydayForm:
      formIntent !== 'commits' &&
      ownEntries.length > 0 &&
      (ownEntries.every((kind) => EVERYDAY_KINDS.has(kind)) || isLogin(ownEntries)),
    amountField: all.includes('amount'),
    chargesAtOnce: chargesAtOnce(page),
  }
}

function chargesAtOnce(page: PageSummary): boolean {
  const said = page.target?.around
  if (said === undefined || (page.payable ?? page.beside) === undefined) return false
  if (reviewsLater(said)) return false
  return clickOrders(said) || (charges(said) && (isStored(said) || MASKED_NUMBER.test(said)))
}

/** Log-in: one password and one thing that says who, perhaps a box to tick. */
export function isLogin(kinds: readonly FieldKind[]): boolean {
  const passwords = kinds.filter((kind) => kind === 'password').length
  const who = kinds.filter((kind) => kind === 'email' || kind === 'name' || kind === 'phone').length
  const rest = kinds.filter((kind) => kind === 'other').length
  return passwords === 1 && who <= 1 && rest <= 2 && passwords + who + rest === kinds.length
}

function isPaymentKind(kind: FieldKind): boolean {
  return PAYMENT_KINDS.has(kind)
}

function isPaymentFrame(frame: PageSummary['frames'][number]): boolean {
  if (!frame.crossOrigin) return false
  const host = URL.parse(frame.origin)?.hostname ?? frame.origin
  return host.split(/[.-]/).some((word) => FRAME_WORDS.has(word))
}

function formIntentOf(page: PageSummary): Intent {
  const form = page.form
  if (form === undefined || form.method.toLowerCase() === 'dialog') return 'unknown'
  const url = URL.parse(form.action)
  if (url === null) return 'unknown'
  const intent = intentOfPath(url.pathname)
  // A form that a script sends has the browser's default method, so GET proves little either way.
  return form.method.toLowerCase() === 'get' && intent !== 'commits' ? 'unknown' : intent
}
