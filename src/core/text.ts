// Control (Cc) and format (Cf) characters: zero-width and bidirectional ones let a page write text that
// reads otherwise than it is. Tab and newline are folded as white space.
const CONTROLS = /(?![\t\n\r])[\p{Cc}\p{Cf}]/gu

/** Untrusted text on one line: controls removed, white space folded, cut at `maxChars` with an ellipsis. */
export function plainLine(text: string, maxChars = 200): string {
  // A page can hold megabytes of text; cut roughly before the expressions run over it. Not close to
  // `maxChars`: a few thousand invisible characters in front would hide what follows.
  const folded = text
    .slice(0, 100_000)
    .toWellFormed()
    .replace(CONTROLS, '')
    .replace(/\s+/g, ' ')
    .trim()
  const letters = [...folded]
  return letters.length <= maxChars
    ? folded
    : `${letters
        .slice(0, maxChars - 1)
        .join('')
        .trimEnd()}…`
}
