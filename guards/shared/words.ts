import type { WordsByLanguage } from '../words/languages.ts'
import { rememberText } from './remember.ts'

/** Whether a text of the page holds one of a list's phrases. */
export type Matcher = (text: string) => boolean

// Longer texts are cut: a page may put a megabyte into a label, and no rule needs more.
const MAX_TEXT_CHARS = 400
const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const WORD_CHAR = /[\p{L}\p{N}]/u
const AMOUNTS_AND_MARKS =
  /\p{Sc}|\d[\d.,'\s]*|(?<!\p{L})(?:eur|usd|gbp|chf|sek|nok|dkk|pln|jpy|cny|cad|aud|inr|brl|kr|zł)(?!\p{L})|[^\p{L}\p{N}'&]+/gu

/** One spelling for comparing: lower case, Latin accents and invisible characters removed, one line. */
export const fold = rememberText((text) =>
  text
    .slice(0, MAX_TEXT_CHARS)
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[’‘`´]/g, "'")
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim(),
)

/** A label without amounts and punctuation: `Pay $20.00 →` is `pay`. */
export const bareLabel = rememberText((text) =>
  fold(text).replace(AMOUNTS_AND_MARKS, ' ').replace(/\s+/g, ' ').trim(),
)

/**
 * Compiles lists of phrases, all languages together: a page's `lang` is often wrong or missing. Plain
 * searching and no expression: thousands of alternatives take V8 seconds to compile, and what is never
 * an expression can never run away on a hostile text.
 */
export function matcher(...lists: readonly WordsByLanguage[]): Matcher {
  const phrases = lists.flatMap((list) => Object.values(list)).flatMap(phrasesOf)
  const whole = new Set(phrases.filter((p) => p.startsWith('=')).map((p) => bareLabel(p.slice(1))))
  const parts = phrases.filter((phrase) => !phrase.startsWith('=')).map(partOf)
  return rememberText((text) => {
    if (text === '') return false
    if (whole.size > 0 && whole.has(bareLabel(text))) return true
    const folded = fold(text)
    return parts.some((part) => findPhrase(folded, part, 0) >= 0)
  })
}

/** A folded phrase and where it may stand. */
export interface Phrase {
  readonly text: string
  /** Longer words match too. */
  readonly open: boolean
  /** Written without spaces, so that word boundaries mean nothing. */
  readonly anywhere: boolean
}

/** The index of a phrase in a folded text from `from` on, or -1. */
export function findPhrase(folded: string, phrase: Phrase, from: number): number {
  const { text, open, anywhere } = phrase
  for (let at = folded.indexOf(text, from); at >= 0; at = folded.indexOf(text, at + 1)) {
    if (anywhere) return at
    const end = at + text.length
    if (!isWordChar(folded[at - 1]) && (open || !isWordChar(folded[end]))) return at
  }
  return -1
}

/** Phrases of lists, folded, the longest first. */
export function phrasesIn(list: WordsByLanguage): readonly Phrase[] {
  return Object.values(list)
    .flatMap(phrasesOf)
    .map(partOf)
    .sort((a, b) => b.text.length - a.text.length)
}

/** `place-order`, `placeOrder`, `order[place]` → `['place', 'order']` in any of these spellings. */
export const identifierWords = rememberText((name): readonly string[] => {
  const words = name
    .slice(0, MAX_TEXT_CHARS)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  // Given to everyone who asks about this name: nobody may change it.
  return Object.freeze(joinPairs(words))
})

/** A set of words from a space-separated list. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''))
}

/** Compiles `card number | iban` for identifiers: one line matches if each of its words is there. */
export function identifierMatcher(list: string): (words: readonly string[]) => boolean {
  const rules = phrasesOf(list).map((phrase) => phrase.split(' '))
  return (words) => rules.some((rule) => rule.every((word) => words.includes(word)))
}

function phrasesOf(list: string): readonly string[] {
  return list
    .split(/[|\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
}

function partOf(phrase: string): Phrase {
  const open = phrase.endsWith('*')
  const text = fold(open ? phrase.slice(0, -1) : phrase)
  return { text, open, anywhere: NO_SPACES.test(text) }
}

function isWordChar(char: string | undefined): boolean {
  return char !== undefined && WORD_CHAR.test(char)
}

const PAIRS: Readonly<Record<string, string>> = {
  'check out': 'checkout',
  'log in': 'login',
  'log out': 'logout',
  'sign in': 'signin',
  'sign out': 'signout',
  'sign up': 'signup',
  'wish list': 'wishlist',
  'thank you': 'thankyou',
  'gift card': 'giftcard',
  'page view': 'pageview',
}

function joinPairs(words: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const word of words) {
    const pair = PAIRS[`${joined.at(-1)} ${word}`]
    if (pair === undefined) joined.push(word)
    else joined[joined.length - 1] = pair
  }
  return joined
}
