import { plainLine } from '../core/text.ts'

const SECRETS: ReadonlyArray<readonly [pattern: RegExp, shown: string]> = [
  // An address may carry a token in its query, its fragment, or (webhooks) its path.
  [/\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@]*@)?([^\s/?#"'<>]+)[^\s"'<>]*/gi, '$1$2/…'],
  [/\b(bearer|basic)\s+\S+/gi, '$1 …'],
  [/\b(?:xox[a-z]|xapp|xoxe|sk|pk|ghp|glpat)[-_][\w-]+/gi, '…'],
  [
    /\b(token|secret|password|passwd|api[_-]?key|signature)(["']?\s*[:=]\s*["']?)[^\s"',;]+/gi,
    '$1$2…',
  ],
  [/\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{24,}\b/gi, '…'],
]

/** An error in one line for a row, a log or an audit entry: name and message, without what may be a secret. */
export function safeError(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error'
  let message = plainLine(error.message, 1_000)
  for (const [pattern, shown] of SECRETS) message = message.replace(pattern, shown)
  return `${error.name}: ${plainLine(message, 200)}`
}
