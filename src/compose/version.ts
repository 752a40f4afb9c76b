import { createRequire } from 'node:module'

/** The version of this package, as npm knows it. */
export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)('holdpoint/package.json') as {
    readonly version: string
  }
  return version
}
