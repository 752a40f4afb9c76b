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
  const shown = Object.entries(facts).map(([key, value]) => `${key}=${oneLine(value)}`)
  process.stderr.write(`holdpoint ${level}: ${[message, ...shown].join(' ')}\n`)
}

function oneLine(value: unknown): string {
  const text = value instanceof Error ? `${value.name}: ${value.message}` : String(value)
  return text.replace(/\s+/g, ' ').slice(0, 300)
}
