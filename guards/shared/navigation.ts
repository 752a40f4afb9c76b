import type { RequestField } from 'holdpoint/guard'
import { hasSequence, isActionKey, isSide, NOUNS, PREPARING, safeDecode } from './address-words.ts'
import { identifierWords, wordSet } from './words.ts'

const INSTANT = wordSet(
  'buynow oneclick 1click onetap 1tap quickbuy instantbuy ordernow paynow placeorder',
)
/** Done to a past order, it is made once more. */
const REPEATS = wordSet(
  'again reorder rebuy repurchase reorderall repeat nachkauf nachbestellen nachbestellung wiederholen recommander racheter repetir recomprar riordina opnieuw herhalen',
)
/** Names whose long values only say who looks, and change nothing. */
const TRACKING =
  /^(?:utm|gclid|dclid|fbclid|msclkid|yclid|mc|igshid|ref|ga|gl|sid|session|sessionid|cid|click|clickid)$/
const NAVIGATION_VERBS = wordSet('place submit process execute finalize finalise')
const ID_QUERY = wordSet('id sku product item qty quantity variant article pid productid itemid')

/**
 * Whether following an address (GET) orders: `/order/place`, `/buy/42`. Far stricter than for a POST, as
 * `/buy/houses`, `/orders/new` and `/checkout/complete` are pages that people only look at.
 */
export function navigationBuys(path: string, query: readonly RequestField[]): boolean {
  const raw = path
    .slice(0, 2_000)
    .split('/')
    .filter((segment) => segment !== '')
  const words = raw.map((segment) => identifierWords(safeDecode(segment)))
  if (words.some((segment) => INSTANT.has(segment.join('')))) return true
  const tail = words.slice(-2).flat()
  const placed =
    tail.some((word) => NAVIGATION_VERBS.has(word)) &&
    tail.some((word) => NOUNS.has(word)) &&
    !tail.some((word) => isSide(word) || PREPARING.has(word))
  if (placed) return true
  const repeated = words
    .slice(0, -1)
    .flat()
    .some((word) => NOUNS.has(word))
  if (repeated && words.at(-1)?.some((word) => REPEATS.has(word)) && carriesToken(query))
    return true
  const buy = raw.findIndex((segment) => /^(?:buy|purchase)$/i.test(segment))
  const asksOne = query.some(
    ({ name, value }) => value !== '' && ID_QUERY.has(identifierWords(name).join('')),
  )
  if (
    buy >= 0 &&
    ((buy === raw.length - 2 && isIdLike(path)) || (buy === raw.length - 1 && asksOne))
  ) {
    return true
  }
  return query.some(
    ({ name, value }) =>
      (isActionKey(name) && namesPlacing(value)) ||
      (INSTANT.has(identifierWords(name).join('')) && value !== '' && value !== '0'),
  )
}

/**
 * Whether an address carries a secret that a site checks, as only what changes something needs one: a
 * long value of letters and digits that no tracking name explains.
 */
export function carriesToken(query: readonly RequestField[]): boolean {
  return query.some(
    ({ name, value }) =>
      /^[\w-]{16,}$/.test(value) &&
      /\d/.test(value) &&
      /[a-z]/i.test(value) &&
      !identifierWords(name).some((word) => TRACKING.test(word)),
  )
}

function namesPlacing(value: string): boolean {
  const words = identifierWords(value)
  return (
    INSTANT.has(words.join('')) ||
    words.join(' ') === 'buy' ||
    (hasSequence(words, ['place', 'order']) && words.length <= 3)
  )
}

/** Whether the last segment names one thing: it holds a digit. */
export function isIdLike(path: string): boolean {
  const last =
    path
      .split('/')
      .filter((segment) => segment !== '')
      .at(-1) ?? ''
  return /\d/.test(last)
}
