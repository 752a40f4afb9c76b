import {
  ACTION_KEYS,
  ASIDE_WORDS,
  ASKING_VERBS,
  CART_NOUNS,
  COMMIT_SEGMENTS,
  COMMIT_VERBS,
  HARMLESS_ANYWHERE,
  HARMLESS_LAST,
  ORDER_NOUNS,
  PREPARING_VERBS,
  SIDE_WORDS,
  STEP_SEGMENTS,
  VENDOR_PREFIXES,
} from '../words/request-words.ts'
import { identifierWords, wordSet } from './words.ts'

/**
 * What an address, a body key or an operation's name says about the request:
 * `commits` an order by its own words; `order` only names one (`POST /orders`); `checkout` is the
 * checkout without saying which step; `step` and `harmless` are what they say.
 */
export type Intent = 'commits' | 'order' | 'checkout' | 'step' | 'harmless' | 'unknown'

const VERBS = wordSet(COMMIT_VERBS)
/** Words for an order, a payment, a booking. */
export const NOUNS = wordSet(ORDER_NOUNS)
const CARTS = wordSet(CART_NOUNS)
const SEGMENTS = wordSet(COMMIT_SEGMENTS)
const SIDE = wordSet(SIDE_WORDS)
const ASIDE = wordSet(ASIDE_WORDS)
/** Whether the word makes an order noun a side issue: `order-status`. */
export const isSide = (word: string): boolean => SIDE.has(word) || ASIDE.has(word)
const ANYWHERE = wordSet(HARMLESS_ANYWHERE)
const LAST = wordSet(HARMLESS_LAST)
const STEPS = wordSet(STEP_SEGMENTS)
/** First words of what only prepares. */
export const PREPARING = wordSet(PREPARING_VERBS)
const ASKING = wordSet(ASKING_VERBS)
const CHECKING = wordSet('verify verification lookup normalize normalise suggest')
const VENDORS = wordSet(VENDOR_PREFIXES)
const ACTIONS = wordSet(ACTION_KEYS)
// Verbs that complete a cart; "create cart" and "submit cart form" do not.
const CART_VERBS = wordSet('complete completed finalize finalise finish buy pay purchase charge')
const UNDOING = wordSet('cancel cancels refund refunds delete deletes destroy void revoke withdraw')
const CHOOSING = wordSet('set update select apply assign change save')
const KEY_VERBS = wordSet('place submit confirm complete finalize finalise process pay buy')
const KEY_NOUNS = wordSet('order purchase payment booking checkout reservation now')
const CHECKOUT_WORDS = wordSet('checkout kasse caisse caja cassa kassa')
// A checkout is created, begun and sent in steps long before it is an order.
const NO_CHECKOUT_VERBS = wordSet('create make send book bid reserve commit')
// Business programs create invoices and transactions all day; these verbs only count for the nouns below.
const OPENING_VERBS = wordSet('create make send')
const OPENED_NOUNS = wordSet(
  'order orders purchase purchases payment payments booking bookings reservation reservations donation donations bid bids charge charges',
)
// `POST /events/12/book` books, `POST /library/book` stores a book: the page has to tell.
const MAYBE_SEGMENTS = wordSet('book reserve')
const NOISE =
  /^(?:v\d+|api|rest|ajax|index|json|html?|php|aspx?|jsp|do|web|public|store|shop|[a-z]{2}|[a-z]{2}[-_][a-z]{2}|\d+|default|frontend|wc|wp)$/i

/** The segments of a path that carry meaning: no ids, versions, languages or file endings. */
export function meaningfulSegments(path: string): readonly string[] {
  return path
    .slice(0, 2_000)
    .split('/')
    .map((segment) => safeDecode(segment).replace(/\.(?:json|html?|php|aspx?|jsp|do|xml)$/i, ''))
    .filter((segment) => segment !== '' && !NOISE.test(segment) && !isId(segment))
}

/** What a path says for a state-changing request. */
export function intentOfPath(path: string): Intent {
  const segments = meaningfulSegments(path).map(identifierWords)
  const last = segments.at(-1)
  if (last === undefined) return 'unknown'
  if (isTelemetry(path)) return 'harmless'
  // Magento's `payment-information` places the order; `set-payment-information` does not.
  if (last.join('') === 'paymentinformation') return 'commits'
  const own = intentOfWords(last)
  if (own !== 'unknown') return own
  const before = segments.at(-2)
  if (last.every((word) => SIDE.has(word)) && before?.some((word) => NOUNS.has(word)) === true) {
    return 'harmless'
  }
  // The verb and its noun often stand in two segments: /orders/place, /checkout/complete.
  if (before !== undefined && pairCommits([...before, ...last], before, last)) return 'commits'
  const earlier = segments.slice(0, -1).map(intentOfWords)
  if (earlier.includes('commits')) return 'commits'
  // `address/verify` only asks about a step; `payment/verify` may settle one.
  if (earlier.at(-1) === 'step' && last.every((word) => CHECKING.has(word))) return 'harmless'
  // `cart/add`, `search/7`; `cart/submit` may be anything.
  return earlier.at(-1) === 'harmless' && !last.some((word) => VERBS.has(word) || UNDOING.has(word))
    ? 'harmless'
    : 'unknown'
}

/** Whether the address belongs to analytics, logging or another side channel of the page. */
export function isTelemetry(path: string): boolean {
  const segments = meaningfulSegments(path).map(identifierWords)
  if (segments.flat().some((word) => ANYWHERE.has(word))) return true
  // Analytics collect events; `payments/collect` collects money.
  return segments.at(-1)?.join('') === 'collect' && !segments.flat().some((word) => NOUNS.has(word))
}

/** What an operation's or action's name says: `placeOrder`, `wc_update_order_review`. */
export function intentOfName(name: string): Intent {
  const all = identifierWords(name)
  const words = VENDORS.has(all[0] ?? '') ? all.slice(1) : all
  const intent = intentOfWords(words)
  const first = words[0] ?? ''
  const undoes = words.some((word) => UNDOING.has(word))
  if (intent !== 'unknown' || undoes || !PREPARING.has(first)) return intent
  const quiet =
    ASKING.has(first) ||
    words.some((word) => CARTS.has(word) || LAST.has(word)) ||
    // "update order review" prepares; "remove member e-mail" takes away.
    (CHOOSING.has(first) && words.some((word) => isSide(word) || STEPS.has(word)))
  return quiet ? 'harmless' : 'unknown'
}

/** Whether a body key names the action in its value. */
export function isActionKey(name: string): boolean {
  const words = identifierWords(name)
  return words.length <= 2 && ACTIONS.has(words.at(-1) ?? '')
}

/** Whether a path stands in the cart or the checkout, or names an order. */
export function inCommerce(path: string): boolean {
  return meaningfulSegments(path)
    .flatMap(identifierWords)
    .some((word) => CARTS.has(word) || CHECKOUT_WORDS.has(word) || NOUNS.has(word))
}

/** Whether a body key commits: verb, then noun, as in `woocommerce_checkout_place_order`. */
export function keyCommits(name: string): boolean {
  const words = identifierWords(name)
  return (
    words.length <= 5 &&
    !words.some((word) => isSide(word) || UNDOING.has(word)) &&
    words.some((word, i) => KEY_VERBS.has(word) && KEY_NOUNS.has(words[i + 1] ?? ''))
  )
}

function intentOfWords(words: readonly string[]): Intent {
  const joined = words.join('')
  if (words.some((word) => ANYWHERE.has(word)) || ANYWHERE.has(joined)) return 'harmless'
  if (SEGMENTS.has(joined)) return 'commits'
  const noun = words.some((word) => NOUNS.has(word))
  const placed = hasSequence(words, ['place', 'order'])
  // `setPaymentMethodAndPlaceOrder` prepares and places: placing wins over every side word.
  if (placed && !PREPARING.has(words[0] ?? '')) return 'commits'
  if (placed && words[0] === 'set') return 'commits'
  // Undoing is no order, and nothing to wave through either.
  if (words.some((word) => UNDOING.has(word))) return 'unknown'
  if (words.includes('remove') && !words.some((w) => CARTS.has(w) || LAST.has(w))) return 'unknown'
  const side = words.some(isSide)
  if (noun && !side && verbFor(words)) return 'commits'
  if (LAST.has(joined) || words.some((word) => LAST.has(word))) {
    return words.some((word) => CARTS.has(word)) && cartVerb(words) ? 'commits' : 'harmless'
  }
  if (STEPS.has(joined) || (words.length <= 4 && words.some((word) => STEPS.has(word))))
    return 'step'
  if (noun && side) return words.some((word) => ASIDE.has(word)) ? 'unknown' : 'harmless'
  if (words.some((word) => CHECKOUT_WORDS.has(word))) return 'checkout'
  if (MAYBE_SEGMENTS.has(joined)) return 'order'
  if (noun && !PREPARING.has(words[0] ?? '')) return 'order'
  return 'unknown'
}

function verbFor(words: readonly string[]): boolean {
  if (PREPARING.has(words[0] ?? '')) return false
  const verbs = words.filter((word) => VERBS.has(word))
  const nouns = words.filter((word) => NOUNS.has(word))
  // A purchase order is a thing, not an act.
  if (hasSequence(words, ['purchase', 'order']) && words.length === 2) return false
  // A checkout is opened before it is an order; "create checkout" starts one.
  if (nouns.every((word) => CHECKOUT_WORDS.has(word))) {
    return verbs.some((verb) => !NO_CHECKOUT_VERBS.has(verb))
  }
  return verbs.some((verb) =>
    OPENING_VERBS.has(verb)
      ? nouns.some((noun) => OPENED_NOUNS.has(noun))
      : !nouns.includes(verb) || nouns.length > 1,
  )
}

function cartVerb(words: readonly string[]): boolean {
  return words.some((word) => CART_VERBS.has(word))
}

function pairCommits(
  all: readonly string[],
  before: readonly string[],
  last: readonly string[],
): boolean {
  if (last.some((word) => isSide(word) || PREPARING.has(word)) && !hasSequence(last, ['place'])) {
    return false
  }
  const lastVerb = last.some((word) => VERBS.has(word))
  if (!lastVerb) return false
  if (before.some((word) => CARTS.has(word))) return cartVerb(last)
  return before.some((word) => NOUNS.has(word)) && verbFor(all)
}

/** Whether the words hold the sequence, endings aside: `placed order`. */
export function hasSequence(words: readonly string[], sequence: readonly string[]): boolean {
  return words.some((_, start) => sequence.every((word, i) => words[start + i]?.startsWith(word)))
}

function isId(segment: string): boolean {
  return (
    /^[\dA-F-]{8,}$/i.test(segment) ||
    /^\d+$/.test(segment) ||
    (segment.length >= 16 && /\d/.test(segment) && !/[-_]/.test(segment)) ||
    /^(?:pi|cs|pm|tok|ord|cart|cus|sub|gid)_[\w-]+$/i.test(segment) ||
    /^:/.test(segment)
  )
}

/** A path segment decoded, or as it is where it is malformed. */
export function safeDecode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
