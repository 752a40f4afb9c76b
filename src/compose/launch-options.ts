import { findBrowser } from '../adapters/playwright/find-browser.ts'
import { quietFlags, sandboxFlags } from '../adapters/playwright/launch-flags.ts'
import type { BrowserLaunch } from '../adapters/playwright/playwright-types.ts'
import { HoldpointError } from '../core/errors.ts'
import type { Holdpoint } from './holdpoint.ts'

/**
 * Launch options for a browser as found on this machine: `CHROMIUM_PATH`, Playwright's own, Chrome,
 * Edge, Chromium. With quiet flags, and without the sandbox for root on Linux, where Chromium cannot
 * start with it. Installs nothing. Throws `HP_ERR_BROWSER_NOT_FOUND`.
 */
export async function launchOptions(_holdpoint?: Holdpoint): Promise<BrowserLaunch> {
  const found = await findBrowser()
  if (found === undefined) {
    throw new HoldpointError(
      'HP_ERR_BROWSER_NOT_FOUND',
      'no Chromium was found: set CHROMIUM_PATH to one, or run "npx playwright install chromium"',
    )
  }
  return {
    executablePath: found.executablePath,
    args: [...quietFlags, ...sandboxFlags(process.platform, process.getuid?.())],
  }
}
