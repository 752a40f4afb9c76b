/**
 * Flags that keep Chromium from talking to anybody but the page's own servers.
 *
 * A request that the browser makes for itself (updates, sync, reports) shows up at the network gate
 * as traffic nobody asked for, and changes the measurements. Playwright sets some of these too; they
 * are repeated since the gateway starts Chromium without Playwright's defaults.
 *
 * There is no `--disable-features` here: the last one given wins, so it would undo Playwright's.
 */
export const quietFlags: readonly string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  // QUIC runs over UDP, past the relay whose idle tunnels are closed before a committing request
  // is released: without this flag the browser could resend it out of the relay's sight.
  '--disable-quic',
]

/**
 * `--no-sandbox` for root on Linux, where Chromium refuses to start with its sandbox; nothing for
 * anybody else, as the sandbox is what keeps a hostile page away from this machine.
 *
 * @param platform `process.platform`
 * @param uid `process.getuid?.()`; undefined on Windows
 */
export function sandboxFlags(
  platform: NodeJS.Platform,
  uid: number | undefined,
): readonly string[] {
  return platform === 'linux' && uid === 0 ? ['--no-sandbox'] : []
}
