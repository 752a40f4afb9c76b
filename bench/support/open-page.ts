import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type GuardContextOptions, guardContext, type Holdpoint, launchOptions } from 'holdpoint'
import { type Browser, chromium, type Page } from 'playwright'
import { eventually } from './eventually.ts'

/** One way to drive the page, in a browser of its own. */
export interface Driven {
  readonly name: string
  readonly browser: Browser
  readonly page: Page
  /** Waits until nothing that the acts caused is still being done off the agent's path. */
  settled(): Promise<void>
}

/** Playwright as it is. */
export async function openBare(url: string): Promise<Driven> {
  const browser = await chromium.launch(await launchOptions())
  const page = await (await browser.newContext()).newPage()
  await page.goto(url)
  return { name: 'bare Playwright', browser, page, settled: async () => {} }
}

/** The same under guard. `dataDir` is the holdpoint's, where the recorder writes. */
export async function openGuarded(
  holdpoint: Holdpoint,
  options: { readonly url: string; readonly name: string; readonly dataDir: string } & Pick<
    GuardContextOptions,
    'record'
  >,
): Promise<Driven> {
  const { record = true } = options
  const browser = await chromium.launch(await launchOptions(holdpoint))
  const context = await browser.newContext()
  const { session } = await guardContext(holdpoint, context, { agent: 'bench', record })
  const page = await context.newPage()
  await page.goto(options.url)
  const file = join(options.dataDir, 'sessions', session, 'session.jsonl')
  return {
    name: options.name,
    browser,
    page,
    settled: async () => {
      if (record) await untilStill(file)
    },
  }
}

/** Pictures are painted behind the acts; they would slow down whatever is measured next. */
async function untilStill(file: string): Promise<void> {
  const STILL_MS = 300
  let size = -1
  let changedAtMs = performance.now()
  await eventually(async () => {
    const { length } = await readFile(file)
    if (length !== size) changedAtMs = performance.now()
    size = length
    return performance.now() - changedAtMs > STILL_MS
  })
}
