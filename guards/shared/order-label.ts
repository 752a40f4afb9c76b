import { readMoney } from 'holdpoint/guard'
import {
  CART_LABELS,
  EVERYDAY_LABELS,
  GENERIC_LABELS,
  WALLET_NAMES,
} from '../words/everyday-labels.ts'
import { FINAL_LABELS, MAYBE_FINAL_LABELS, ONE_CLICK_LABELS } from '../words/final-labels.ts'
import {
  ABOUT_ORDERS_LABELS,
  LEAD_LABELS,
  NEXT_STEP_LABELS,
  RETREAT_LABELS,
} from '../words/step-labels.ts'
import { bareLabel, matcher } from './words.ts'

/**
 * What a label says about an order.
 *
 * - `final`: that it is made now ("Place order"). `one-click`: that it may be ("Buy it now").
 * - `maybe`: a word that orders here and leads there ("Order", "Commander"). `wallet`: "PayPal".
 * - `generic`: nothing ("Continue"). `unreadable`: no text. `other`: words of no list.
 * - `lead`, `next-step`, `retreat`, `everyday`: something else than an order.
 */
export type LabelSays =
  | 'final'
  | 'one-click'
  | 'maybe'
  | 'wallet'
  | 'generic'
  | 'unreadable'
  | 'other'
  | 'lead'
  | 'next-step'
  | 'retreat'
  | 'everyday'

export interface OrderLabel {
  readonly says: LabelSays
  /** The label names a sum: "Pay $20.00". */
  readonly amount: boolean
}

const isFinal = matcher(FINAL_LABELS)
const isOneClick = matcher(ONE_CLICK_LABELS)
const isMaybe = matcher(MAYBE_FINAL_LABELS)
const isLead = matcher(LEAD_LABELS)
const isNextStep = matcher(NEXT_STEP_LABELS)
const isRetreat = matcher(RETREAT_LABELS)
const isAbout = matcher(ABOUT_ORDERS_LABELS)
const isGeneric = matcher(GENERIC_LABELS)
const isCart = matcher(CART_LABELS)
const isEveryday = matcher(EVERYDAY_LABELS)
const wallets = (WALLET_NAMES.en ?? '').split('|').map((name) => name.trim())
// A longer text on something that is no button is a card or a row that happens to hold such words.
const MAX_LABEL_CHARS = 80

/** Reads a label. `isButton`: its whole text is the label, however long. */
export function readOrderLabel(
  text: string,
  isButton: boolean,
  alsoFinal: (text: string) => boolean = () => false,
): OrderLabel {
  const amount = readMoney(text).length > 0
  const tooLong = !isButton && text.length > MAX_LABEL_CHARS
  return { says: tooLong ? 'other' : says(text, amount, alsoFinal), amount }
}

function says(text: string, amount: boolean, alsoFinal: (text: string) => boolean): LabelSays {
  if (alsoFinal(text)) return 'final'
  const bare = bareLabel(text)
  if (bare === '') return amount ? 'maybe' : 'unreadable'
  if (wallets.includes(bare)) return 'wallet'
  if (isFinal(text)) {
    // "Review and pay" names the step it opens, unless the card is already on this page.
    if (isNextStep(text)) return 'lead'
    return isHowTo(text) ? 'everyday' : 'final'
  }
  if (isRetreat(text)) return 'retreat'
  if (isCart(text)) return 'everyday'
  if (isOneClick(text)) return 'one-click'
  if (isGeneric(text)) return 'generic'
  if (isNextStep(text)) return 'next-step'
  if (isAbout(text) || isEveryday(text)) return 'everyday'
  if (isLead(text)) return 'lead'
  if (isMaybe(text)) return 'maybe'
  if (namesWallet(bare)) return 'wallet'
  return 'other'
}

// "Kaufen mit PayPal", "Google Pay express"; a longer text tells about the wallet.
function namesWallet(bare: string): boolean {
  const words = bare.split(' ')
  return (
    words.length <= 4 && !isHowTo(bare) && wallets.some((name) => ` ${bare} `.includes(` ${name} `))
  )
}

// "Payment methods" and "How to pay with …" speak of paying; they begin so, a button that pays does not.
function isHowTo(text: string): boolean {
  return /^(?:how|what|why|ways|learn|more|see|read|view|about|where|wie|was|mehr)\b/iu.test(text)
}
