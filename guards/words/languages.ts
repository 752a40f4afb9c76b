/** Languages that the lists cover, as ISO 639-1. A new language is a key here and a line in every list. */
export const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pt',
  'pl',
  'sv',
  'da',
  'nb',
  'fi',
  'ja',
  'zh',
  'ko',
] as const
export type Language = (typeof LANGUAGES)[number]

/**
 * Phrases by language, parted by `|` or line ends. Case and accents on Latin letters do not matter.
 * `=buy` is the whole label and nothing else (amounts and punctuation aside); `bestell*` also matches
 * longer words. Without a mark a phrase matches anywhere, at word boundaries. Japanese, Chinese and
 * Korean phrases match anywhere, as there are no reliable spaces to go by.
 */
export type WordsByLanguage = Readonly<Partial<Record<Language, string>>>
