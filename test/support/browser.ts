import { launchOptions } from 'holdpoint'
import { type Browser, chromium } from 'playwright'

/** The browser that Holdpoint itself finds on this machine, without a guard. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await launchOptions())
}
