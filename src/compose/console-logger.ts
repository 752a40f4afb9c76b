import { plainLine } from '../core/text.ts'
import { safeError } from '../deciding/safe-error.ts'
import type { Logger } from '../ports/log.ts'

/** Lines for people on standard error, so that standard output stays the program's own. */
export const consoleLogger: Logger = {
  info() {
    // Quiet by default: what goes well needs no line.
  },
  warn: (message, facts) => write('warning', message, facts),
  error: (message, facts) => write('error', message, facts),
}

function write(
  level: string,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): void {
  const shown = Object.entries(facts).map(([key, value]) => `${key}=${safe(value)}`)
  process.stderr.write(`holdpoint ${level}: ${[plainLine(message), ...shown].join(' ')}\n`)
}

/** One line without secrets: callers hand in errors of drivers and providers as they come, often as text. */
function safe(value: unknown): string {
  if (value instanceof Error) return safeError(value)
  return safeError(new Error(String(value))).slice('Error: '.length)
}
