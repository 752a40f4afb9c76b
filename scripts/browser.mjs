/** @file Run by Node 24: makes sure that there is a browser. Exit code 0: there is, 1: there is none. */

import { pathToFileURL } from 'node:url'
import { findBrowser } from '../src/adapters/playwright/find-browser.ts'
import { adviceFor, installers, thisSystem } from './browser-installers.mjs'
import { stoppedCode } from './children.mjs'
import { withLock } from './lock.mjs'
import { root } from './packages.mjs'
import { runMain, SetUpError, say } from './steps.mjs'

async function main() {
  if (await find()) return 0
  const found = await withLock(root, async () => (await find()) ?? obtain(find))
  say(` ✓ browser ${found.name} (${found.executablePath})`)
  return 0
}

/** Tries one way after the other to obtain a browser, each once, until one is there and starts. */
export async function obtain(look, system = thisSystem(), ways = installers) {
  for (const install of ways) {
    if (!(await install(system))) continue
    const found = await look()
    if (found) return found
    if (stoppedCode() !== undefined) throw new SetUpError('Stopped.')
  }
  throw new SetUpError(
    `No Chromium, Google Chrome or Microsoft Edge that starts was found. Run this, then start again:\n\n  ${adviceFor(system)}\n\nOr set CHROMIUM_PATH to the program of one that is elsewhere.`,
  )
}

async function find() {
  try {
    return await findBrowser()
  } catch (error) {
    throw error.code === 'HP_ERR_OPTION_INVALID' ? new SetUpError(error.message) : error
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main)
