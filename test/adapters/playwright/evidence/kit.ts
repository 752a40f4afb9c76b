import type { Browser, BrowserContextOptions, Page } from 'playwright'
import {
  createPageReader,
  type PageReader,
  type PageReaderOptions,
  type ReadHow,
} from '../../../../src/adapters/playwright/evidence/index.ts'
import { launchBrowser } from '../../../support/browser.ts'
import { type PageServer, servePages } from './page-server.ts'

/** A page with its reader, read with a deadline that a busy machine keeps. */
export interface Visit {
  readonly page: Page
  readonly reader: PageReader
  /** Aims at the middle of the element that a selector finds; Playwright pierces open roots and frames. */
  at(selector: string): Promise<ReadHow>
  read(selector?: string): ReturnType<PageReader['read']>
}

export interface Kit {
  readonly browser: Browser
  readonly server: PageServer
  visit(
    html: string,
    options?: PageReaderOptions & { context?: BrowserContextOptions },
  ): Promise<Visit>
  close(): Promise<void>
}

/** One browser and one server for a test file. `extra` are further pages by path. */
export async function startKit(extra: Record<string, string> = {}): Promise<Kit> {
  const pages: Record<string, string> = { ...extra }
  const server = await servePages(pages)
  const browser = await launchBrowser()
  let count = 0
  const open = async (options: PageReaderOptions, contextOptions?: BrowserContextOptions) => {
    const context = await browser.newContext(contextOptions)
    const page = await context.newPage()
    const reader = createPageReader(context, { deadlineMs: 15_000, ...options })
    await reader.attach(page)
    return { page, reader }
  }
  // One tab serves all visits without options of their own: a new context costs the most.
  let shared: ReturnType<typeof open> | undefined
  return {
    browser,
    server,
    visit: async (html, { context: contextOptions, ...options } = {}) => {
      count += 1
      pages[`/page-${count}`] = html
      const own = contextOptions !== undefined || Object.keys(options).length > 0
      if (!own) shared ??= open({})
      const { page, reader } = await (own || shared === undefined
        ? open(options, contextOptions)
        : shared)
      await page.goto(`${server.origin}/page-${count}?token=in-the-query`)
      const at = async (selector: string): Promise<ReadHow> => {
        const box = await page.locator(selector).first().boundingBox()
        if (box === null) throw new Error(`${selector} is not on the page`)
        return {
          target: { kind: 'point', x: box.x + box.width / 2, y: box.y + box.height / 2 },
          budgetMs: 5_000,
        }
      }
      return {
        page,
        reader,
        at,
        read: async (selector) =>
          reader.read(
            page,
            selector === undefined
              ? { target: { kind: 'none' }, budgetMs: 5_000 }
              : await at(selector),
          ),
      }
    },
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}
