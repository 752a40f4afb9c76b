import type { OutcomeReading, PageSummary } from 'holdpoint/guard'
import {
  BOOKING_NUMBER_NOUNS,
  FAILURE_WORDS,
  ORDER_NUMBER_NOUNS,
  REFERENCE_NOUNS,
} from '../words/outcome-words.ts'
import { fieldsOf, isShown, kindOf } from './fields.ts'
import { findPhrase, fold, type Matcher, matcher, type Phrase, phrasesIn } from './words.ts'

const failed = matcher(FAILURE_WORDS)
const MAX_TEXTS = 40

const NUMBERS: ReadonlyArray<readonly [label: string, nouns: readonly Phrase[]]> = [
  ['order', phrasesIn(ORDER_NUMBER_NOUNS)],
  ['booking', phrasesIn(BOOKING_NUMBER_NOUNS)],
  ['reference', phrasesIn(REFERENCE_NOUNS)],
]
// What may stand between the noun and its number, at most six of them.
const LINK =
  /(?:\s|[:#№(="«]|number|no\.?|nr\.?|n[°º.]{1,2}|num\.|is|lautet|est|es|è|ist|är|to|は){0,6}/iuy
const NUMBER = /[A-Z0-9][A-Z0-9_/-]{1,31}(?![\p{L}\p{N}]|[.,]\d)/iuy

/** The page after an action, as far as an outcome is read from it. */
export interface After {
  readonly page: PageSummary
  /** HTTP status of the answer, if one was seen. */
  readonly status?: number
}

/**
 * Reads what the page says happened. `succeeded` needs a number or, where `thanksSuffice`, the site's
 * thanks; `failed` needs the site to say so. A server error is `unknown`: it may have happened.
 */
export function readOutcome(after: After, thanks: Matcher, thanksSuffice: boolean): OutcomeReading {
  const { page, status } = after
  if (status !== undefined && status >= 500) return { result: 'unknown' }
  const titles = [page.title, ...page.headings].slice(0, MAX_TEXTS)
  const texts = [...titles, ...page.notes].slice(0, MAX_TEXTS)
  const thanked = texts.some(thanks)
  const label = numberIn(texts)
  // The words count where the site speaks of what just happened; "try again" in a footer does not.
  if (titles.some(failed) || (!titles.some(thanks) && page.notes.some(failed)))
    return { result: 'failed' }
  if (status !== undefined && status >= 400) return { result: 'unknown' }
  // The form is still there: whatever number it shows, this is the page that asks.
  if (asksForPayment(page) && !titles.some(thanks)) return { result: 'unknown' }
  if (label !== undefined && (thanked || label.explicit))
    return { result: 'succeeded', label: label.text }
  return thanked && thanksSuffice ? { result: 'succeeded' } : { result: 'unknown' }
}

interface FoundNumber {
  readonly text: string
  /** The page names it as a number: "Order number: 10042", not "Order 10042". */
  readonly explicit: boolean
}

function numberIn(texts: readonly string[]): FoundNumber | undefined {
  for (const [label, nouns] of NUMBERS) {
    for (const text of texts) {
      for (const noun of nouns) {
        const found = numberAfter(text, noun, label)
        if (found !== undefined) return found
      }
    }
  }
  return undefined
}

function numberAfter(text: string, noun: Phrase, label: string): FoundNumber | undefined {
  const folded = fold(text.slice(0, 300))
  // Folding may shorten the text; then the folded one is read, and the number loses its capitals.
  const written = text.slice(0, 300).normalize('NFKC').replace(/\s+/g, ' ').trim()
  const source = written.length === folded.length ? written : folded
  for (let at = findPhrase(folded, noun, 0); at >= 0; at = findPhrase(folded, noun, at + 1)) {
    const end = at + noun.text.length
    LINK.lastIndex = end
    const link = LINK.exec(source)?.[0] ?? ''
    NUMBER.lastIndex = end + link.length
    const number = NUMBER.exec(source)?.[0]?.replace(/[-_/]+$/, '') ?? ''
    if (isNumber(number)) {
      return {
        text: `${nameOf(label, noun.text)} ${number}`,
        explicit: isExplicit(link, noun.text),
      }
    }
  }
  return undefined
}

function nameOf(label: string, noun: string): string {
  return label === 'reference' && noun.startsWith('confirmation') ? 'confirmation' : label
}

function isExplicit(link: string, noun: string): boolean {
  return /[#№:]|n[°ºo.]|nr|number|num/iu.test(link) || /num|nr\b|code|番号|号|번호|編號/u.test(noun)
}

function isNumber(text: string): boolean {
  const date = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$|^\d{1,2}[-/]\d{1,2}[-/]\d{2,4}$/.test(text)
  return /\d/.test(text) && text.length >= 3 && !date
}

function asksForPayment(page: PageSummary): boolean {
  return fieldsOf(page).some(
    (field) => isShown(field) && ['cardNumber', 'bankAccount'].includes(kindOf(field)),
  )
}
