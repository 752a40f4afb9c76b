/** Where Holdpoint tells operators what goes on. Never secrets, never page text at length. */
export interface Logger {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void
  error(message: string, facts?: Readonly<Record<string, unknown>>): void
}

export const silentLogger: Logger = { info() {}, warn() {}, error() {} }
